/** 生日当天: told by the clock, once a year. */
import { defineTrigger, ofMember } from './define.ts';

export const birthdayCame = defineTrigger({
  kind: 'birthday.came',
  label: '会员生日当天（一年一次；2 月 29 日生的，平年 28 日送）',
  gift: '生日礼',
  brings: ofMember,
  word: 'birthday',
  which: ({ on }) => on.slice(0, 'YYYY'.length),
  once: 'given',
});
