/** 生日当月: on the first day of the month, once a year; whoever was not known by then, on the day itself. */
import { defineTrigger, ofMember } from './define.ts';

export const birthdayMonth = defineTrigger({
  kind: 'birthday.month',
  label: '会员生日的那个月，1 日（一年一次）',
  gift: '生日礼',
  brings: ofMember,
  word: 'birthday-month',
  which: ({ on }) => on.slice(0, 'YYYY'.length),
  once: 'given',
});
