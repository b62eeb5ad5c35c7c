/** 超级会员: what was sold, and how it ended. Of two who are one both rows stand, and the later end counts. */
import type { SuperMembership, SuperMembershipId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const superMemberships = defineSlice<SuperMembership, SuperMembershipId>()({
  noun: 'super-membership',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  tell: untold,
});
