/** 会员次数: how often a member took part, claimed or was paid, in all and on the latest day. */
import type { MemberCounter } from '../../../schema/index.ts';
import { pairKey } from '../plain/keys.ts';
import { defineSlice, joinKey, keep, untold } from './define.ts';

const keyOf = ({ memberId, subject }: MemberCounter): string => pairKey(memberId, subject);

export const memberCounters = defineSlice<MemberCounter>()({
  noun: 'member-counter',
  keyOf,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: joinKey(keyOf, add),
  forget: keep,
  tell: untold,
});

/** Counts add up, and the later day is the one that still matters. */
function add(moved: MemberCounter, known: MemberCounter): MemberCounter {
  const [late, early] = moved.usedOn >= known.usedOn ? [moved, known] : [known, moved];
  return {
    ...late,
    used: moved.used + known.used,
    usedThatDay: late.usedThatDay + (early.usedOn === late.usedOn ? early.usedThatDay : 0),
  };
}
