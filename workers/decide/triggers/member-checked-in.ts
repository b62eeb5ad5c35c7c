/** 签到: once a day of the shop, with the days in a row that it makes. */
import { defineTrigger, ofMember } from './define.ts';

export const memberCheckedIn = defineTrigger({
  kind: 'member.checked_in',
  label: '会员签到（连续第几天送，在条件里选；没有条件就每次签到都送）',
  gift: '签到礼',
  brings: [...ofMember, 'streakDays'],
  word: 'streak',
  which: ({ on }) => on,
});
