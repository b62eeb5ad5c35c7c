/** 签到: one row a member, with the streak that her last day ends. */
import type { CheckIn, MemberId } from '../../../schema/index.ts';
import { defineSlice, joinKey, keep, untold } from './define.ts';

const keyOf = ({ memberId }: CheckIn): MemberId => memberId;

export const checkIns = defineSlice<CheckIn, MemberId>()({
  noun: 'check-in',
  keyOf,
  ownerOf: keyOf,
  guardedBy: 'owner',
  // The later day goes on; of two streaks that end on the same day, the longer.
  merge: joinKey(keyOf, (moved, known) => {
    if (moved.lastOn !== known.lastOn) return moved.lastOn > known.lastOn ? moved : known;
    return moved.streakDays > known.streakDays ? moved : known;
  }),
  forget: keep,
  tell: untold,
});
