/** 复核: the office has looked at a friend whose phone or address had been seen with another member. */
import type { ReferralReviewed } from '../../../../schema/index.ts';
import { refuse, type Decision } from '../../effects.ts';
import { shopDay } from '../../money/lots.ts';
import { mayInvite } from '../../referral/bind.ts';
import { close, pay, postCommission } from '../../referral/pay.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';
import { isKept, standingOf, written } from './referral-due.ts';

export const referralReviewed: On<ReferralReviewed> = {
  needs({ referralId, inviteeId, inviterId }, ask) {
    ask.member(inviterId);
    ask.member(inviteeId);
    ask.rows('referrals', referralId);
  },
  decide: onReferralReviewed,
};

function onReferralReviewed(world: World, event: ReferralReviewed): Decision {
  const { id, isApproved, by, occurredAt: at, inviterId, inviteeId } = event;
  const found = standingOf(world, event);
  if (found?.referral.state !== 'review') return refuse({ code: 'NOT_IN_REVIEW' });
  const { referral } = found;
  if (!mayInvite(found.inviter) || inviterId === inviteeId)
    return written(close(world, found, { state: 'refused', why: 'GONE', by }));
  if (!isApproved) return written(close(world, found, { state: 'rejected', why: referral.why, by }));
  const approved = { ...found, referral: { ...referral, state: 'waiting', by } as const };
  if (!isKept(approved, shopDay(world.now))) return written(approved);
  const paid = pay(world, approved, { id, at });
  return written(paid.referral.state === 'paid' ? postCommission(world, paid, { at }) : paid);
}
