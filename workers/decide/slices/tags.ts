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
  merge: joinKey(keyOf, (moved, known) => ({
    ...moved,
    support: moved.support + known.support,
    manual: moved.manual || known.manual,
  })),
  forget: keep,
  tell: untold,
});
