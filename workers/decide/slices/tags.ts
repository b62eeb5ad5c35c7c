/** 会员标签: how many purchases and rules still support a tag, and what was done to it by hand. */
import type { MemberTag } from '../../../schema/index.ts';
import { pairKey } from '../plain/keys.ts';
import { defineSlice, joinKey, untold } from './define.ts';

const keyOf = ({ memberId, tag }: MemberTag): string => pairKey(memberId, tag);

export const tags = defineSlice<MemberTag>()({
  noun: 'tag',
  keyOf,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: joinKey(
    keyOf,
    (moved, known) => {
      // What was taken off one of them by hand stays off both.
      const off = moved.off ?? known.off ?? null;
      return {
        ...moved,
        support: moved.support + known.support,
        manual: (moved.manual || known.manual) && !off,
        off,
      };
    },
    (now, { before, after }) => {
      const support = Math.max(0, now.support - after.support + (before?.support ?? 0));
      const manual = now.manual === after.manual ? (before?.manual ?? false) : now.manual;
      const kept = (now.off ?? null) === (after.off ?? null) ? before?.off : now.off;
      const off = support > 0 ? (kept ?? null) : null;
      return before === null && support === 0 && !manual ? null : { ...now, support, manual, off };
    },
  ),
  // What somebody wrote about her is forgotten; what she bought still comes back as it was sold.
  forget: (row) => (row.manual || row.off ? { ...row, manual: false, off: null } : null),
  tell: untold,
});
