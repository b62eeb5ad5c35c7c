/** 出示一张券: a till locks it for a receipt, lets it go, uses it, or takes back what it did a moment ago. Each twice is the same as once. */
import type { Coupon, CouponPresented, SaleId } from '../../../../schema/index.ts';
import { askedPrice, cartLines } from '../../coupons/use/cart.ts';
import { couponCoded } from '../../coupons/codes.ts';
import { isLocked, type CouponStep } from '../../coupons/life.ts';
import { isUsedFor, useMiss, type CouponMiss, type Use } from '../../coupons/use/may-use.ts';
import { candidateOf, usedFor } from '../../coupons/use/receipt.ts';
import { priced, stackMiss } from '../../coupons/use/stacking.ts';
import { isMiss, reachFen, takesOffBill } from '../../coupons/use/takes-off.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

const minuteMs = 60_000;
/** What was done by mistake is noticed at once; later the goods come back, or the receipt is voided. */
const undoMinutesMax = 30;

export const couponPresented: On<CouponPresented> = {
  needs(event, ask) {
    ask.coupon(event.couponId);
    ask.couponsFor(event.ref);
    if (event.act === 'redeem') for (const { sku } of event.lines ?? []) ask.product(sku);
    const saleId = saleOfRef(event.ref);
    if (event.act === 'undo' && saleId !== null) ask.sale(saleId);
  },
  decide: onCouponPresented,
};

const saleOfRef = (ref: CouponPresented['ref']): SaleId | null =>
  ref.startsWith('sale:') ? (ref.slice('sale:'.length) as SaleId) : null;

const nothingNew = ignore({ code: 'NOTHING_NEW', about: 'coupon' });
const refused = (miss: CouponMiss): Decision => refuse({ code: 'COUPON', miss });

function onCouponPresented(world: World, event: CouponPresented): Decision {
  const coupon = couponCoded(world, event.couponId);
  if (!coupon) return refused({ reason: 'UNKNOWN_CODE' });
  switch (event.act) {
    case 'lock':
      return lock(world, event, coupon, event.minutes);
    case 'release':
      return release(world, event, coupon);
    case 'redeem':
      return redeem(world, event, coupon);
    case 'undo':
      return undo(world, event, coupon);
    default:
      return event satisfies never;
  }
}

function lock(world: World, event: CouponPresented, coupon: Coupon, minutes: number): Decision {
  if (isHeld(world, event, coupon)) return nothingNew;
  const miss = missOf(world, event, coupon);
  const until = event.occurredAt + minutes * minuteMs;
  return miss ? refused(miss) : step(event, coupon, { act: 'locked', ref: event.ref, until });
}

const isHeld = ({ now }: World, { ref }: CouponPresented, coupon: Coupon): boolean =>
  isLocked(coupon, now) && coupon.lockedFor === ref;

function release(world: World, event: CouponPresented, coupon: Coupon): Decision {
  if (isHeld(world, event, coupon)) return step(event, coupon, { act: 'released' });
  if (coupon.state === 'used') return refused({ reason: 'ALREADY_USED', at: coupon.endedAt ?? 0 });
  const { lockedUntil } = coupon;
  return isLocked(coupon, world.now) && lockedUntil !== null
    ? refused({ reason: 'LOCKED_BY_OTHER', until: lockedUntil })
    : nothingNew;
}

type Redeeming = Extract<CouponPresented, { act: 'redeem' }>;

function redeem(world: World, event: Redeeming, coupon: Coupon): Decision {
  if (isUsedFor(coupon, [event.ref])) return nothingNew;
  const miss = missOf(world, event, coupon);
  if (miss) return refused(miss);
  const off = offOf(world, event, coupon);
  return isMiss(off) || 'reason' in off
    ? refused(off as CouponMiss)
    : step(event, coupon, { act: 'used', ref: event.ref, ...off });
}

function missOf({ config, now }: World, event: CouponPresented, coupon: Coupon): CouponMiss | null {
  const use: Use = {
    refs: [event.ref],
    storeId: event.storeId,
    memberId: null,
    isPartner: event.act === 'redeem' && event.isPartner,
    at: event.occurredAt,
    now,
  };
  return useMiss(coupon, config.templates.get(coupon.templateId), use);
}

type Taken = { readonly offFen: number; readonly onFen: number | null };

/** Beside what the receipt used before. */
function offOf(world: World, { ref, lines, payableFen }: Redeeming, coupon: Coupon): Taken | CouponMiss {
  const [candidate] = candidateOf(world, coupon);
  if (!candidate) return { reason: 'UNKNOWN_CODE' };
  const standing = usedFor(world, [ref]);
  const against = stackMiss(candidate, standing);
  if (against) return against;
  if (lines === null) {
    const off = takesOffBill(candidate.definition, payableFen);
    if (off === null) return { reason: 'CART_NEEDED' };
    return isMiss(off) ? off : { offFen: off.offFen, onFen: payableFen };
  }
  const cart = cartLines(lines, world.products, askedPrice);
  const all = priced([...standing, candidate], cart);
  const miss = all.missed.find(({ code }) => code === candidate.code)?.miss;
  // All together take off what the quote said, in whatever order they are used.
  const offFen = all.offFen - priced(standing, cart).offFen;
  return miss ?? { offFen, onFen: reachFen(candidate.definition, cart) };
}

function undo(world: World, event: CouponPresented, coupon: Coupon): Decision {
  if (coupon.state !== 'used') return nothingNew;
  const at = coupon.endedAt ?? 0;
  if (!isUsedFor(coupon, [event.ref])) return refused({ reason: 'ALREADY_USED', at });
  const saleId = saleOfRef(event.ref);
  if (saleId !== null && world.sales.has(saleId)) return refused({ reason: 'SALE_KEPT' });
  if (event.occurredAt - at > undoMinutesMax * minuteMs) return refused({ reason: 'TOO_LATE', at });
  return step(event, coupon, { act: 'given-back' });
}

function step({ ref, occurredAt, storeId, by }: CouponPresented, { id }: Coupon, made: CouponStep): Decision {
  return accept([{ type: 'coupon.step', couponId: id, step: made, cause: ref, at: occurredAt, storeId, by }]);
}
