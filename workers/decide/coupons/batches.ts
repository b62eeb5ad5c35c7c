/** 领券: whether something of a batch is to be had, and why not, with its numbers. */
import type { BatchId, CouponBatch } from '../../../schema/index.ts';
import type { Bar } from './bar.ts';

export type ClaimMiss =
  | { readonly reason: 'UNKNOWN_BATCH' }
  | { readonly reason: 'NOT_YET'; readonly from: number }
  | { readonly reason: 'CLOSED'; readonly to: number }
  /** The shop called the rest off. */
  | { readonly reason: 'CALLED_OFF'; readonly at: number }
  | { readonly reason: 'ALL_CLAIMED'; readonly total: number }
  | { readonly reason: 'CLAIMED_BEFORE'; readonly used: number; readonly cap: number }
  /** The printed code was claimed already. */
  | { readonly reason: 'CODE_TAKEN'; readonly at: number }
  /** The template gives no more. */
  | { readonly reason: 'NO_COUPON'; readonly bar: Bar };

/** What a member's claims of a batch are counted under. */
export const batchSubject = (id: BatchId): string => `batch:${id}`;

/** `used` is how many of it this member has claimed. What the template itself says stands in room.ts. */
export function batchMiss(
  batch: CouponBatch,
  { used, now }: { used: number; now: number },
): ClaimMiss | null {
  const { definition, claimed, limitCount, endedAt } = batch;
  const { from, to, perMember } = definition;
  // Whoever has one already is told so, whatever has become of the batch.
  if (used >= perMember) return { reason: 'CLAIMED_BEFORE', used, cap: perMember };
  if (endedAt !== null) return { reason: 'CALLED_OFF', at: endedAt };
  if (from !== null && now < Date.parse(from)) return { reason: 'NOT_YET', from: Date.parse(from) };
  if (to !== null && now >= Date.parse(to)) return { reason: 'CLOSED', to: Date.parse(to) };
  return limitCount !== null && claimed >= limitCount ? { reason: 'ALL_CLAIMED', total: limitCount } : null;
}
