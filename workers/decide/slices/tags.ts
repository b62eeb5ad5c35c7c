/** 会员标签: by how many purchases a tag is still vouched for. */
import type { MemberTag } from '../../../schema/index.ts';
import { defineSlice, keep, untold } from './define.ts';
import { pairKey } from '../plain/keys.ts';

export const tags = defineSlice<MemberTag>()({
  noun: 'tag',
  keyOf: ({ memberId, tag }) => pairKey(memberId, tag),
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: {
    how: 'join',
    join: (mine, theirs, into) => ({
      memberId: into,
      tag: mine.tag,
      support: mine.support + (theirs?.support ?? 0),
      manual: mine.manual || (theirs?.manual ?? false),
    }),
  },
  forget: keep,
  tell: untold,
});
