/** 手工发券: the office gives a member coupons of a template, within its limits; all of them or none. */
import type { CouponGranted, CouponId, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { countTemplate, newCoupon, windowOf, type GrantContext } from '../../coupons/issue-coupon.ts';
import { roomFor } from '../../coupons/room.ts';
import { accept, refuse, type Decision, type Effect } from '../../effects.ts';
import { localDate } from '../../plain/dates.ts';
import type { On } from '../define.ts';
import { openidOf, type World } from '../../world.ts';

export const couponGranted: On<CouponGranted> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onCouponGranted,
};

function onCouponGranted(world: World, event: CouponGranted): Decision {
  const { memberId, templateId, count, occurredAt } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const storeId = event.storeId ?? member.storeId ?? ('' as StoreId);
  const context: GrantContext = {
    cause: grantCause(event),
    seedOf: event.id,
    memberId,
    saleId: null,
    storeId,
    occurredAt,
    on: localDate(occurredAt, timezoneOf(world.config, storeId)),
  };
  const { left, bar } = roomFor(world, context, templateId);
  if (left < count) return refuse({ code: 'NO_COUPON', bar });
  const effects: Effect[] = [{ type: 'member.put', member }];
  const { pushId } = event;
  for (let place = 0; place < count; place += 1) {
    const coupon = newCoupon(world, context, null, templateId, place);
    effects.push({ type: 'coupon.issue', coupon }, firstMove(event, coupon.id));
    if (pushId !== undefined)
      effects.push({ type: 'push.claim', note: { pushId, memberId, couponId: coupon.id, at: occurredAt } });
  }
  return accept([
    ...effects,
    ...countTemplate(world, context, templateId, count),
    ...tell(world, event, context),
  ]);
}

/** 到账通知: one for all of them, to whoever can be written to. */
function tell(world: World, event: CouponGranted, context: GrantContext): Effect[] {
  const { memberId, templateId, count, tellAt } = event;
  const template = world.config.templates.get(templateId);
  if (tellAt === undefined || !template || openidOf(world, memberId) === null) return [];
  const { validTo } = windowOf(world, context, template);
  const lastOn = localDate(validTo - 1, timezoneOf(world.config, context.storeId));
  const note = {
    cause: `${grantCause(event)}/told`,
    kind: 'coupon-given',
    memberId,
    associateId: null,
    payload: { coupon: template.name, count, lastOn },
    dueAt: tellAt,
  };
  return [{ type: 'message.queue', note }];
}

/** Of no other coupon has to be said who gave it. */
function firstMove(event: CouponGranted, couponId: CouponId): Effect {
  const { occurredAt: at, storeId, by = null, reason = null } = event;
  const note = {
    couponId,
    act: 'granted',
    cause: grantCause(event),
    at,
    storeId,
    by,
    offFen: null,
    reason,
  } as const;
  return { type: 'coupon-move.add', note };
}

export const grantCause = ({ id }: Pick<CouponGranted, 'id'>): string => `grant:${id}`;
