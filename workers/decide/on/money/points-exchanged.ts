/** 积分兑换: points go and a coupon comes, both or neither; each limit is looked at once more here. */
import type { ExchangeId, Member, PointsExchanged, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { countTemplate, newCoupon, type GrantContext } from '../../coupons/issue-coupon.ts';
import { roomFor } from '../../coupons/room.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import { exchangeMiss, exchangeSubject, type ExchangeMiss } from '../../money/exchanges.ts';
import { spendPoints } from '../../money/spend.ts';
import { localDate } from '../../plain/dates.ts';
import { pairKey, type World } from '../../world.ts';
import type { On } from '../define.ts';

export const pointsExchanged: On<PointsExchanged> = {
  needs({ memberId, itemId }, ask) {
    ask.member(memberId);
    ask.exchangeItem(itemId);
  },
  decide: onPointsExchanged,
};

const refused = (miss: ExchangeMiss): Decision => refuse({ code: 'EXCHANGE', miss });

function onPointsExchanged(world: World, event: PointsExchanged): Decision {
  const { id, memberId, itemId, occurredAt: at, by } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const item = world.exchangeItems.get(itemId);
  if (!item) return refused({ reason: 'UNKNOWN_ITEM' });
  const { points, templateId } = item.definition;
  const subject = exchangeSubject(itemId);
  const used = world.memberCounters.get(pairKey(memberId, subject))?.used ?? 0;
  const miss = exchangeMiss(item, { used, now: at });
  if (miss) return refused(miss);
  if (event.points !== null && event.points !== points) return refused({ reason: 'PRICE_CHANGED', points });
  const cause = `exchange:${id}`;
  const spent = spendPoints(world, { memberId, points, cause, at, storeId: event.storeId });
  if ('refusal' in spent) return refuse(spent.refusal);
  const context = contextOf(world, event, member, cause);
  const { left, bar } = roomFor(world, context, templateId);
  if (left < 1) return refused({ reason: 'NO_COUPON', bar: bar ?? { limit: 'gone' } });
  const coupon = newCoupon(world, context, null, templateId, 0);
  const row = {
    id: id as string as ExchangeId,
    memberId,
    itemId,
    couponId: coupon.id,
    points,
    taken: spent.taken,
    at,
    by,
    undoneAt: null,
  };
  return accept([
    // Raises the member's version: of two exchanges at once the second looks at what the first has left.
    { type: 'member.put', member },
    ...spent.effects,
    { type: 'coupon.issue', coupon },
    ...countTemplate(world, context, templateId, 1),
    { type: 'member.count', memberId, subject, times: 1, on: context.on },
    { type: 'exchange-item.count', itemId, count: 1 },
    { type: 'exchange.put', row },
  ]);
}

function contextOf(world: World, event: PointsExchanged, member: Member, cause: string): GrantContext {
  const { id, occurredAt } = event;
  const storeId = event.storeId ?? member.storeId ?? ('' as StoreId);
  return {
    cause,
    seedOf: id,
    memberId: member.id,
    saleId: null,
    storeId,
    occurredAt,
    on: localDate(occurredAt, timezoneOf(world.config, storeId)),
  };
}
