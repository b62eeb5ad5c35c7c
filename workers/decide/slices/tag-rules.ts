/** 标签规则: what a member's purchases count for each rule. */
import type { DayTotal, MemberTagRule } from '../../../schema/index.ts';
import { addDay } from '../levels/day-totals.ts';
import { pairKey } from '../plain/keys.ts';
import { defineSlice, joinKey, keep, untold } from './define.ts';

const keyOf = ({ memberId, rule }: MemberTagRule): string => pairKey(memberId, rule);

export const tagRules = defineSlice<MemberTagRule>()({
  noun: 'tag-rule',
  keyOf,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  // Whether the two together meet it, the next purchase says: until then it vouches as often as it did.
  merge: joinKey(
    keyOf,
    (moved, known) => ({
      ...moved,
      dayTotals: moved.dayTotals.reduce<readonly DayTotal[]>(addDay, known.dayTotals),
      met: moved.met + known.met,
    }),
    (now, { before, after }) => {
      const without = after.dayTotals.reduce<readonly DayTotal[]>(
        (days, [on, fen, times]) => addDay(days, [on, -fen, -times]),
        now.dayTotals,
      );
      const dayTotals = (before?.dayTotals ?? []).reduce(addDay, without);
      const met = Math.max(0, now.met - after.met + (before?.met ?? 0));
      return before === null && dayTotals.length === 0 && met === 0 ? null : { ...now, dayTotals, met };
    },
  ),
  forget: keep,
  tell: untold,
});
