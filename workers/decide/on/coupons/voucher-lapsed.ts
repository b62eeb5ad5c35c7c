/** 过期不退: a voucher that nobody used, whose template keeps its price, is owed for no longer. */
import type { VoucherLapsed } from '../../../../schema/index.ts';
import { isKeptAfter } from '../../coupons/kinds/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const voucherLapsed: On<VoucherLapsed> = {
  needs: ({ couponId }, ask) => ask.coupon(couponId),
  decide: onVoucherLapsed,
};

/** Meanwhile it may have been used, or paid back. */
function onVoucherLapsed(world: World, { couponId }: VoucherLapsed): Decision {
  const coupon = world.coupons.get(couponId);
  const isOver = coupon?.state === 'issued' && (coupon.paidFen ?? 0) > 0 && coupon.validTo <= world.now;
  const definition = coupon && world.config.templates.get(coupon.templateId);
  if (!isOver || (definition && !isKeptAfter(definition)))
    return ignore({ code: 'NOTHING_NEW', about: 'coupon' });
  const member = world.members.get(coupon.memberId);
  return accept([
    // Raises the member's version: whoever is paid for it at this moment looks again.
    ...(member ? [{ type: 'member.put', member } as const] : []),
    { type: 'coupon.lapse', couponId, at: coupon.validTo },
  ]);
}
