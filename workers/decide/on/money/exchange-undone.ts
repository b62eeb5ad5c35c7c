/** 撤销兑换: within a day the points go back to where they were taken from, and the coupon is taken back, unless it was used. */
import type { Coupon, Exchange, ExchangeUndone, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { countTemplate } from '../../coupons/issue-coupon.ts';
import { isLocked } from '../../coupons/life.ts';
import { accept, ignore, refuse, type Decision, type Effect } from '../../effects.ts';
import { exchangeSubject, undoMs, type ExchangeMiss } from '../../money/exchanges.ts';
import { giveBackPoints } from '../../money/spend.ts';
import { localDate } from '../../plain/dates.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const exchangeUndone: On<ExchangeUndone> = {
  needs({ exchangeId, couponId }, ask) {
    ask.rows('exchanges', exchangeId);
    ask.coupon(couponId);
  },
  decide: onExchangeUndone,
};

const refused = (miss: ExchangeMiss): Decision => refuse({ code: 'EXCHANGE', miss });

function onExchangeUndone(world: World, event: ExchangeUndone): Decision {
  const row = world.exchanges.get(event.exchangeId);
  const coupon = row && world.coupons.get(row.couponId);
  const member = coupon && world.members.get(coupon.memberId);
  if (!row || !coupon || !member) return refused({ reason: 'UNKNOWN_EXCHANGE' });
  if (member.deletedAt !== null) return refuse({ code: 'NO_MEMBER' });
  if (row.undoneAt !== null) return ignore({ code: 'NOTHING_NEW', about: 'coupon' });
  const { occurredAt: at } = event;
  const until = row.at + undoMs;
  if (at >= until) return refused({ reason: 'EXCHANGE_TOO_OLD', until });
  if (coupon.state === 'used') return refused({ reason: 'EXCHANGE_USED', at: coupon.endedAt ?? 0 });
  if (isLocked(coupon, world.now))
    return refused({ reason: 'EXCHANGE_LOCKED', until: coupon.lockedUntil ?? 0 });
  const cause = `exchange-undone:${row.id}`;
  return accept([
    { type: 'member.put', member },
    ...giveBackPoints(world, { memberId: member.id, taken: row.taken, cause, at }),
    ...takenBack(world, event, row, coupon),
    { type: 'exchange.put', row: { ...row, undoneAt: at } },
  ]);
}

/** What was free before is free again: the item's stock, the member's share, and the template's. */
function takenBack(world: World, event: ExchangeUndone, row: Exchange, coupon: Coupon): Effect[] {
  const { occurredAt: at, by, reason } = event;
  const { memberId, templateId } = coupon;
  const storeId = coupon.storeId ?? world.members.get(memberId)?.storeId ?? ('' as StoreId);
  const on = localDate(row.at, timezoneOf(world.config, storeId));
  const freed: Effect[] = [
    { type: 'member.count', memberId, subject: exchangeSubject(row.itemId), times: -1, on },
    { type: 'exchange-item.count', itemId: row.itemId, count: -1 },
  ];
  // Somebody of the office may have taken the coupon back already, which freed its own limits.
  if (coupon.state === 'revoked') return freed;
  const cause = `exchange-undone:${row.id}`;
  const step = { act: 'revoked', flag: 'by-hand' } as const;
  return [
    ...freed,
    { type: 'coupon.step', couponId: coupon.id, step, cause, at, by, reason },
    ...countTemplate(world, { memberId, on }, templateId, -1),
  ];
}
