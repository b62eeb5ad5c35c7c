/** 会员次数: how often a member took part, claimed or was paid, in all and on the latest day. */
import type { MemberCounter } from '../../../schema/index.ts';
import { defineSlice, keep, untold } from './define.ts';
import { pairKey } from '../plain/keys.ts';

export const memberCounters = defineSlice<MemberCounter>()({
  noun: 'member-counter',
  keyOf: ({ memberId, subject }) => pairKey(memberId, subject),
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  // Counts add up, and the later day is the one that still matters.
  merge: {
    how: 'join',
    join: (mine, theirs, into) => {
      const [late, early] = !theirs || mine.usedOn >= theirs.usedOn ? [mine, theirs] : [theirs, mine];
      return {
        memberId: into,
        subject: mine.subject,
        used: mine.used + (theirs?.used ?? 0),
        usedOn: late.usedOn,
        usedThatDay: late.usedThatDay + (early?.usedOn === late.usedOn ? early.usedThatDay : 0),
      };
    },
  },
  forget: keep,
  tell: untold,
});
