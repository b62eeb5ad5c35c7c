/** 等级的来历: one row of each member; two members who are one have the higher level, and what both bought. */
import type { DayTotal, MemberStanding } from '../../../schema/index.ts';
import { addDay, joinTops } from '../levels/day-totals.ts';
import { isSame } from '../plain/same.ts';
import { defineSlice, joinKey, untold } from './define.ts';

const keyOf = ({ memberId }: MemberStanding): string => memberId;

export const standings = defineSlice<MemberStanding>()({
  noun: 'standing',
  keyOf,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: joinKey(
    keyOf,
    (moved, known) => ({
      ...(isHigher(moved, known) ? moved : known),
      seenFen: moved.seenFen + known.seenFen,
      dayTotals: moved.dayTotals.reduce<readonly DayTotal[]>(addDay, known.dayTotals),
      tops: joinTops(known.tops, moved.tops),
    }),
    (now, { before, after }) => {
      if (isSame(now, after)) return before;
      if (before === null) return now;
      const held = isSame(heldOf(now), heldOf(after)) ? heldOf(before) : heldOf(now);
      const brought = after.dayTotals.reduce<readonly DayTotal[]>(
        addDay,
        before.dayTotals.map(([on, fen, orders]) => [on, -fen, -orders]),
      );
      return {
        ...now,
        ...held,
        seenFen: Math.max(0, now.seenFen - after.seenFen + before.seenFen),
        dayTotals: brought.reduce<readonly DayTotal[]>(
          (days, [on, fen, orders]) => addDay(days, [on, -fen, -orders]),
          now.dayTotals,
        ),
        tops: now.tops.filter(
          (top) => before.tops.some((own) => isSame(own, top)) || !after.tops.some((own) => isSame(own, top)),
        ),
      };
    },
  ),
  // Days and sums, as the ledgers keep them.
  forget: (row) => ({ ...row, dayTotals: [], tops: [] }),
  tell: untold,
});

const heldOf = ({ rank, isManual, sinceOn, lastOn }: MemberStanding) => ({ rank, isManual, sinceOn, lastOn });

/** Of two that are equal, the one that stands longer. */
export const isHigher = (one: MemberStanding, other: MemberStanding): boolean =>
  one.rank !== other.rank ? one.rank > other.rank : (one.lastOn ?? '9') > (other.lastOn ?? '9');
