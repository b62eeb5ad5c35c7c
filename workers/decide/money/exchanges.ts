/** 积分兑换: whether an item is to be had, and whether an exchange can be undone, and why not, with the numbers. */
import type { ExchangeItem, ExchangeItemId } from '../../../schema/index.ts';
import type { Bar } from '../coupons/bar.ts';
import { dayMs } from '../plain/dates.ts';

export type ExchangeMiss =
  | { readonly reason: 'UNKNOWN_ITEM' }
  /** 下架 */
  | { readonly reason: 'ITEM_OFF' }
  | { readonly reason: 'NOT_YET'; readonly from: number }
  | { readonly reason: 'CLOSED'; readonly to: number }
  /** It costs something else than what was seen. */
  | { readonly reason: 'PRICE_CHANGED'; readonly points: number }
  | { readonly reason: 'OUT_OF_STOCK'; readonly total: number }
  | { readonly reason: 'MEMBER_LIMIT'; readonly used: number; readonly cap: number }
  /** The template gives no more. */
  | { readonly reason: 'NO_COUPON'; readonly bar: Bar }
  /** Of undoing: nothing was exchanged under this id. */
  | { readonly reason: 'UNKNOWN_EXCHANGE' }
  | { readonly reason: 'EXCHANGE_TOO_OLD'; readonly until: number }
  | { readonly reason: 'EXCHANGE_USED'; readonly at: number }
  | { readonly reason: 'EXCHANGE_LOCKED'; readonly until: number };

/** Besides its own reasons: there are not enough points. */
export type ExchangeNot =
  | ExchangeMiss
  | { readonly code: 'POINTS_SHORT'; readonly have: number; readonly need: number };

/** How long the office may undo an exchange. */
export const undoMs = dayMs;

/** What a member's exchanges of an item are counted under. */
export const exchangeSubject = (id: ExchangeItemId): string => `exchange:${id}`;

/** `used` is how many of it this member has. What the template itself says stands in room.ts. */
export function exchangeMiss(
  { definition, exchanged, limitCount }: ExchangeItem,
  { used, now }: { readonly used: number; readonly now: number },
): ExchangeMiss | null {
  const { from, to, perMember, enabled } = definition;
  if (!enabled) return { reason: 'ITEM_OFF' };
  if (from !== null && now < Date.parse(from)) return { reason: 'NOT_YET', from: Date.parse(from) };
  if (to !== null && now >= Date.parse(to)) return { reason: 'CLOSED', to: Date.parse(to) };
  if (perMember !== null && used >= perMember) return { reason: 'MEMBER_LIMIT', used, cap: perMember };
  return limitCount !== null && exchanged >= limitCount
    ? { reason: 'OUT_OF_STOCK', total: limitCount }
    : null;
}
