/** 复核邀请: the office has looked at one that shares a phone or an address with somebody; approving pays, rejecting does not. */
import type { EventId, ReferralId, ReferralReviewed } from '../../../schema/index.ts';
import { findReferral } from '../../db/referrals/due.ts';
import { readReferral, type ReferralShown } from '../../db/referrals/lists.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Reviewing = {
  readonly id: EventId;
  readonly referralId: ReferralId;
  readonly isApproved: boolean;
  /** Who decided. */
  readonly by: string;
};

export type Reviewed =
  | { readonly shown: ReferralShown }
  | { readonly isUnknown: true }
  /** It does not wait in the queue, or not any more. */
  | { readonly isSettled: true }
  /** The outcome is unknown; asked again with the same id, it is decided once. */
  | { readonly undecided: true };

export async function review(
  engine: Engine,
  { referralId, ...asked }: Reviewing,
  now: number,
): Promise<Reviewed> {
  const found = await findReferral(engine.db, referralId);
  if (!found) return { isUnknown: true };
  const { inviterId, inviteeId } = found;
  const event: ReferralReviewed = {
    type: 'referral.reviewed',
    namespace: '',
    occurredAt: now,
    ...asked,
    referralId,
    inviterId,
    inviteeId,
  };
  const ran = await run(engine, event, now, () => readReferral(engine.db, referralId));
  if (ran.verdict === 'refused') return { isSettled: true };
  const shown = resultOf(ran);
  return shown ? { shown } : { undecided: true };
}
