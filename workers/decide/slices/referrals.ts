/** 邀请: the inviter's rows; what they hold of the friend are ids and sums. */
import type { Referral, ReferralId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const referrals = defineSlice<Referral, ReferralId>()({
  noun: 'referral',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'rev',
  merge: move(),
  // Digests of where somebody sat are gone within the minute in which they are looked at.
  forget: keep,
  tell: untold,
});
