/** 发券与收券: a grant's coupons follow what is due; what is already used cannot come back and is flagged. */
import type { Grant, GrantedCoupon, TemplateId } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { Due } from '../campaigns/entitlement.ts';
import { countTemplate, newCoupon, roomFor, type GrantContext } from './issue-coupon.ts';
import type { World } from '../world.ts';

export type Change = {
  readonly campaignId: Grant['campaignId'];
  /** What stands, if anything does. */
  readonly prior: Grant | undefined;
  readonly due: Due | undefined;
};

export type Settling = {
  readonly world: World;
  readonly context: GrantContext;
  readonly at: number;
  readonly isMoved: boolean;
  /** Coupons issued in this very decision: the world does not count them yet, and two campaigns may share a template. */
  readonly handedOut: Map<TemplateId, number>;
};

export type CouponsSettled = {
  readonly effects: readonly Effect[];
  /** Every coupon this grant ever issued, revoked ones included: the next code must not repeat one. */
  readonly all: readonly GrantedCoupon[];
  readonly issued: number;
  /** True when a coupon that should come back was already used. */
  readonly isShort: boolean;
};

export function settleCoupons(settling: Settling, change: Change): CouponsSettled {
  const { world, context, at, handedOut } = settling;
  const { prior, due } = change;
  const effects: Effect[] = [];
  const all = [...(prior?.coupons ?? [])];
  let issued = 0;
  let isShort = false;

  const wanted = new Map<TemplateId, number>();
  for (const { templateId, count } of due?.coupons ?? []) {
    wanted.set(templateId, (wanted.get(templateId) ?? 0) + count);
  }
  for (const { templateId } of all) if (!wanted.has(templateId)) wanted.set(templateId, 0);

  for (const [templateId, count] of wanted) {
    const standing = all.filter((granted) => {
      const coupon = world.coupons.get(granted.id);
      // A sale may have been told of another member before: what that one used up is not this one's.
      const isOwn = coupon?.memberId === context.memberId && coupon.state !== 'revoked';
      return isOwn && granted.templateId === templateId;
    });
    // Only a campaign that is met anew, or more often, gives coupons: a return never makes up for an empty stock.
    const mayIssue = (due?.times ?? 0) > (prior?.times ?? 0);
    if (mayIssue && count > standing.length) {
      const room = roomFor(settling, templateId, count - standing.length);
      for (let index = 0; index < room; index += 1) {
        const coupon = newCoupon(world, context, change.campaignId, templateId, all.length);
        all.push({ id: coupon.id, templateId });
        effects.push({ type: 'coupon.issue', coupon });
      }
      issued += room;
      handedOut.set(templateId, (handedOut.get(templateId) ?? 0) + room);
      if (room > 0) effects.push(...countTemplate(world, context, templateId, room));
    }

    let surplus = standing.length - count;
    let revoked = 0;
    for (const { id } of standing.toReversed()) {
      if (surplus <= 0) break;
      if (world.coupons.get(id)?.state !== 'issued') continue;
      effects.push({ type: 'coupon.revoke', couponId: id, at });
      revoked += 1;
      surplus -= 1;
    }
    if (revoked > 0) effects.push(...countTemplate(world, context, templateId, -revoked));
    if (surplus <= 0) continue;
    isShort = true;
    for (const { id } of standing.toReversed().slice(0, standing.length - count)) {
      const coupon = world.coupons.get(id);
      if (coupon?.state === 'used' && coupon.flag === null)
        effects.push({ type: 'coupon.flag', couponId: id });
    }
  }
  return { effects, all, issued, isShort };
}
