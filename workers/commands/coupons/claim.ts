/** 领券: for a member who waits, with the coupon. The same wish, however often, is one. */
import { EventId, type BatchId, type CouponClaimed, type MemberId } from '../../../schema/index.ts';
import { ownOfCode } from '../../db/coupons/batches.ts';
import { couponsWith, readCouponRow } from '../../db/coupons/coupons.ts';
import type { HeldCoupon } from '../../db/members/member-lists.ts';
import { codeKey } from '../../decide/coupons/batch-codes.ts';
import type { ClaimMiss } from '../../decide/coupons/batches.ts';
import { secretOf } from '../../decide/coupons/issue-coupon.ts';
import { claimCause } from '../../decide/on/coupons/coupon-claimed.ts';
import type { Engine } from '../../engine/engine.ts';
import { newId } from '../../platform/digest.ts';
import { resultOf, run } from '../run.ts';

export type Claiming = {
  /** Of the form that was sent: sent twice, it claims once. */
  readonly once: string | null;
  readonly memberId: MemberId;
  readonly batchId: BatchId;
  readonly number: number | null;
  readonly placement: number | null;
};

export type Claimed =
  | { readonly held: HeldCoupon }
  | { readonly miss: ClaimMiss }
  | { readonly isNobody: true }
  | { readonly undecided: true };

const onceShape = /^[0-9a-z]{16,64}$/;

export async function claimCoupon(
  engine: Engine,
  { once, ...claiming }: Claiming,
  now: number,
): Promise<Claimed> {
  const id = EventId.parse(once !== null && onceShape.test(once) ? `cl_${once}` : newId('cl'));
  const event: CouponClaimed = { ...claiming, type: 'coupon.claimed', id, namespace: '', occurredAt: now };
  const ran = await run(engine, event, now, () => claimedBy(engine, event));
  if (ran.verdict === 'refused') {
    const { refusal } = ran;
    if (refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (refusal.code !== 'CLAIM') throw new Error(`a claim was refused with ${refusal.code}`);
    const own = refusal.miss.reason === 'CODE_TAKEN' ? await ownBefore(engine, claiming) : null;
    return own ? { held: own } : { miss: refusal.miss };
  }
  const held = resultOf(ran);
  return held ? { held } : { undecided: true };
}

/** Its code follows from the claim, but for the minute of the first time. */
async function claimedBy({ db, seeds }: Engine, event: CouponClaimed): Promise<HeldCoupon | null> {
  const seed = (await seeds(new Set([event.id]))).get(event.id);
  if (!seed) return null;
  const [held] = await couponsWith(db, event.memberId, [secretOf(seed, claimCause(event), null, 0)]);
  return held ?? null;
}

/** Whoever types her own code again finds her coupon. */
async function ownBefore(
  { db }: Engine,
  { memberId, batchId, number }: Pick<Claiming, 'memberId' | 'batchId' | 'number'>,
): Promise<HeldCoupon | null> {
  const own = number === null ? null : await ownOfCode(db, codeKey(batchId, number), memberId);
  return own && readCouponRow(db, own.id);
}
