/** 领券: a member comes for a coupon of a batch, by its link or with a printed code; each limit is looked at once more here. */
import type { CouponBatch, CouponClaimed, Member, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { codeKey } from '../../coupons/batch-codes.ts';
import { batchMiss, batchSubject, type ClaimMiss } from '../../coupons/batches.ts';
import { countTemplate, newCoupon, type GrantContext } from '../../coupons/issue-coupon.ts';
import { roomFor } from '../../coupons/room.ts';
import { accept, refuse, type Decision, type Effect } from '../../effects.ts';
import { localDate } from '../../plain/dates.ts';
import { pairKey, type World } from '../../world.ts';
import type { On } from '../define.ts';

export const couponClaimed: On<CouponClaimed> = {
  needs({ memberId, batchId, number }, ask) {
    ask.member(memberId);
    ask.batch(batchId);
    if (number !== null) ask.rows('couponCodes', codeKey(batchId, number));
  },
  decide: onCouponClaimed,
};

const refused = (miss: ClaimMiss): Decision => refuse({ code: 'CLAIM', miss });

function onCouponClaimed(world: World, event: CouponClaimed): Decision {
  const { memberId, batchId, number, occurredAt } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const batch = world.couponBatches.get(batchId);
  if (!batch) return refused({ reason: 'UNKNOWN_BATCH' });
  const taken = number === null ? undefined : world.couponCodes.get(codeKey(batchId, number));
  if (taken) return refused({ reason: 'CODE_TAKEN', at: taken.claimedAt });
  const used = world.memberCounters.get(pairKey(memberId, batchSubject(batchId)))?.used ?? 0;
  const miss = batchMiss(batch, { used, now: occurredAt });
  if (miss) return refused(miss);
  const context = contextOf(world, event, batch, member);
  const { templateId } = batch.definition;
  const { left, bar } = roomFor(world, context, templateId);
  if (left < 1) return refused({ reason: 'NO_COUPON', bar: bar ?? { limit: 'gone' } });
  const coupon = newCoupon(world, context, null, templateId, 0);
  const effects: Effect[] = [
    // Raises the member's version: of two claims at the same moment only one finds the limit unused.
    { type: 'member.put', member },
    { type: 'coupon.issue', coupon },
    ...countTemplate(world, context, templateId, 1),
    { type: 'member.count', memberId, subject: batchSubject(batchId), times: 1, on: context.on },
    { type: 'coupon-batch.count', batchId, count: 1 },
  ];
  if (number !== null) {
    const row = { id: codeKey(batchId, number), couponId: coupon.id, claimedAt: occurredAt };
    effects.push({ type: 'coupon-code.put', row });
  }
  return accept(effects);
}

function contextOf(
  world: World,
  event: CouponClaimed,
  { id, definition }: CouponBatch,
  member: Member,
): GrantContext {
  const { placement, occurredAt } = event;
  const placed = definition.kind === 'link' ? definition.placements[placement ?? -1] : undefined;
  const storeId = placed?.storeId ?? definition.storeId ?? member.storeId ?? ('' as StoreId);
  return {
    cause: claimCause(event),
    seedOf: event.id,
    memberId: member.id,
    saleId: null,
    storeId,
    occurredAt,
    on: localDate(occurredAt, timezoneOf(world.config, storeId)),
    batch: { id, placement: placed ? placement : null },
  };
}

/** With its seed it leads back to the coupon, for whoever asks the same again. */
export const claimCause = ({ id }: Pick<CouponClaimed, 'id'>): string => `claim:${id}`;
