/** 手工收回: the office takes a coupon back that nobody has used; it goes back to the stock, and to the member's share. */
import type { CouponRevoked, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { couponCoded } from '../../coupons/codes.ts';
import { freed } from '../../coupons/freed.ts';
import { isLocked } from '../../coupons/life.ts';
import type { CouponMiss } from '../../coupons/use/may-use.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { localDate } from '../../plain/dates.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const couponRevoked: On<CouponRevoked> = {
  needs: ({ couponId }, ask) => ask.coupon(couponId),
  decide: onCouponRevoked,
};

const refused = (miss: CouponMiss): Decision => refuse({ code: 'COUPON', miss });

function onCouponRevoked(world: World, event: CouponRevoked): Decision {
  const { id, couponId, occurredAt: at, by, reason } = event;
  const coupon = couponCoded(world, couponId);
  if (!coupon) return refused({ reason: 'UNKNOWN_CODE' });
  const { memberId, lockedUntil, issuedAt } = coupon;
  if (coupon.state === 'revoked') return ignore({ code: 'NOTHING_NEW', about: 'coupon' });
  if (coupon.state === 'used') return refused({ reason: 'ALREADY_USED', at: coupon.endedAt ?? 0 });
  // A till has counted on it: its receipt is being paid right now.
  if (isLocked(coupon, world.now)) return refused({ reason: 'LOCKED_BY_OTHER', until: lockedUntil ?? 0 });
  const storeId = coupon.storeId ?? world.members.get(memberId)?.storeId ?? ('' as StoreId);
  const on = localDate(issuedAt, timezoneOf(world.config, storeId));
  return accept([
    {
      type: 'coupon.step',
      couponId: coupon.id,
      step: { act: 'revoked', flag: 'by-hand' },
      cause: `revoke:${id}`,
      at,
      by,
      reason,
    },
    ...freed(world, coupon, on),
  ]);
}
