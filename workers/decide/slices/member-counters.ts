/** 会员次数: how often a member took part, claimed or was paid, in all and day by day. */
import type { MemberCounter } from '../../../schema/index.ts';
import { joinDays, partDays } from '../members/day-counts.ts';
import { pairKey } from '../plain/keys.ts';
import { defineSlice, joinKey, keep, untold } from './define.ts';

const keyOf = ({ memberId, subject }: MemberCounter): string => pairKey(memberId, subject);

export const memberCounters = defineSlice<MemberCounter>()({
  noun: 'member-counter',
  keyOf,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: joinKey(keyOf, add, part),
  forget: keep,
  tell: untold,
});

/** Counts add up day by day; a day that one of the two has forgotten is forgotten. */
function add(moved: MemberCounter, known: MemberCounter): MemberCounter {
  return { ...moved, used: moved.used + known.used, ...joinDays(moved, known) };
}

function part(
  now: MemberCounter,
  { before, after }: { before: MemberCounter | null; after: MemberCounter },
): MemberCounter | null {
  const used = Math.max(0, now.used - after.used + (before?.used ?? 0));
  const days = partDays(now, { before: before ?? noDays, after });
  const isNothing = used === 0 && days.forgottenTo === null && Object.keys(days.days).length === 0;
  return before === null && isNothing ? null : { ...now, used, ...days };
}

const noDays = { days: {}, forgottenTo: null };
