/** 退预付款: what was paid for vouchers that are not used, each once; after their day only if the template says so. */
import type {
  Coupon,
  CouponId,
  VoucherMiss,
  VoucherRefunded,
  VoucherSale,
} from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { codeRead } from '../../coupons/codes.ts';
import { freeFriend } from '../../coupons/freed.ts';
import { countTemplate } from '../../coupons/issue-coupon.ts';
import { isKeptAfter } from '../../coupons/kinds/index.ts';
import { codeOfCoupon, isLocked } from '../../coupons/life.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { localDate } from '../../plain/dates.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';
import { missed, voucherCause } from './voucher-sold.ts';

export const voucherRefunded: On<VoucherRefunded> = {
  needs(event, ask) {
    ask.rows('voucherSales', event.voucherSaleId);
  },
  decide: onVoucherRefunded,
};

function onVoucherRefunded(world: World, event: VoucherRefunded): Decision {
  const { data, voucherSaleId } = event;
  const sold = world.voucherSales.get(voucherSaleId);
  if (!sold) return missed(event, { reason: 'UNKNOWN_SALE' });
  const named = namedOf(world, sold, data.codes ?? null);
  if ('reason' in named) return missed(event, named);
  const open = named.filter((id) => !sold.refundedIds.includes(id));
  const misses = open.map((id) => missOf(world, event, sold, id));
  const [first] = misses.filter((miss) => miss !== null);
  const back = open.filter((_, place) => misses[place] === null);
  // What is named comes back as a whole or not at all; without names, what is used already stays.
  if (first && (data.codes != null || back.length === 0)) return missed(event, first);
  if (back.length === 0) return ignore({ code: 'VOUCHER_KNOWN', saleNo: data.saleNo });
  const dueFen = (sold.paidFen / sold.couponIds.length) * back.length;
  const toldFen = data.refundedFen ?? dueFen;
  if (toldFen !== dueFen) return missed(event, { reason: 'AMOUNT_DIFFERS', toldFen, dueFen });
  return accept([
    ...back.flatMap((id) => paidBack(world, event, sold, id)),
    { type: 'voucher-sale.put', row: { ...sold, refundedIds: [...sold.refundedIds, ...back] } },
  ]);
}

function namedOf(
  world: World,
  sold: VoucherSale,
  codes: readonly string[] | null,
): readonly CouponId[] | VoucherMiss {
  if (codes === null) return sold.couponIds;
  const ids: CouponId[] = [];
  for (const typed of codes) {
    const id = sold.couponIds.find((one) => codeOfCoupon(couponOf(world, one)) === codeRead(typed));
    if (id === undefined) return { reason: 'NOT_OF_SALE', coupon: typed };
    if (!ids.includes(id)) ids.push(id);
  }
  return ids;
}

const couponOf = (world: World, id: CouponId): Coupon => {
  const coupon = world.coupons.get(id);
  if (!coupon) throw new Error(`voucher ${id} was sold and is gone`);
  return coupon;
};

function missOf(
  world: World,
  event: VoucherRefunded,
  { templateId }: VoucherSale,
  id: CouponId,
): VoucherMiss | null {
  const coupon = couponOf(world, id);
  const { state, endedAt, validTo, lockedUntil } = coupon;
  if (state === 'used') return { reason: 'ALREADY_USED', at: endedAt ?? 0 };
  if (state === 'revoked') return { reason: 'REVOKED' };
  if (isLocked(coupon, world.now) && lockedUntil !== null)
    return { reason: 'LOCKED_BY_OTHER', until: lockedUntil };
  const definition = world.config.templates.get(templateId);
  const isKept = definition ? isKeptAfter(definition) : true;
  return isKept && event.occurredAt >= validTo ? { reason: 'KEPT', to: validTo } : null;
}

function paidBack(world: World, event: VoucherRefunded, sold: VoucherSale, id: CouponId): Effect[] {
  const { memberId, storeId, templateId, soldAt } = sold;
  const on = localDate(soldAt, timezoneOf(world.config, storeId));
  return [
    {
      type: 'coupon.step',
      couponId: id,
      step: { act: 'refunded' },
      cause: voucherCause(event),
      at: event.occurredAt,
      storeId,
    },
    ...countTemplate(world, { memberId, on }, templateId, -1),
    ...freeFriend(world, couponOf(world, id)),
  ];
}
