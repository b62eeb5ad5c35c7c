/** 会员标签: how many purchases still support a tag. */
import type { MemberTag } from '../../../schema/index.ts';
import { pairKey } from '../plain/keys.ts';
import { defineSlice, joinKey, keep, untold } from './define.ts';

const keyOf = ({ memberId, tag }: MemberTag): string => pairKey(memberId, tag);

export const tags = defineSlice<MemberTag>()({
  noun: 'tag',
  keyOf,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: joinKey(
    keyOf,
    (moved, known) => ({
      ...moved,
      support: moved.support + known.support,
      manual: moved.manual || known.manual,
    }),
    (now, { before, after }) => {
      const support = Math.max(0, now.support - after.support + (before?.support ?? 0));
      const manual = now.manual === after.manual ? (before?.manual ?? false) : now.manual;
      return before === null && support === 0 && !manual ? null : { ...now, support, manual };
    },
  ),
  forget: keep,
  tell: untold,
});
