/** 积分的事件: points that are given, taken, spent, exchanged and that end, apart from what sales earn. */
import type { CouponRef } from '../promotions/coupons.ts';
import type { EventBase } from './base.ts';
import type { CouponId, ExchangeId, ExchangeItemId, MemberId, StoreId } from '../plain/ids.ts';

/** Made by us: somebody of the office adds or takes points by hand; why, and who, stands in the audit. */
export type PointsCorrected = EventBase & {
  readonly type: 'points.corrected';
  readonly memberId: MemberId;
  /** Never 0. */
  readonly delta: number;
};
/** Made by us: points are spent at a counter. */
export type PointsSpent = EventBase & {
  readonly type: 'points.spent';
  readonly memberId: MemberId;
  /** At least 1. */
  readonly points: number;
};
/** Made by us: a day comes, or has come, on which points of a member end. */
export type PointsDue = EventBase & {
  readonly type: 'points.due';
  readonly memberId: MemberId;
  readonly lastOn: string;
};
/** 积分兑换: a member, or a colleague for her, exchanges points for one item. */
export type PointsExchanged = EventBase & {
  readonly type: 'points.exchanged';
  readonly memberId: MemberId;
  readonly itemId: ExchangeItemId;
  /** The price that was seen; null takes whatever it is. */
  readonly points: number | null;
  /** Where she stands, if in a store. */
  readonly storeId: StoreId | null;
  readonly by: string | null;
};
/** 撤销兑换 by the office. */
export type ExchangeUndone = EventBase & {
  readonly type: 'exchange.undone';
  readonly exchangeId: ExchangeId;
  readonly couponId: CouponId;
  readonly by: string;
  readonly reason: string;
};
/** 积分抵钱: a part of a receipt is paid with points, by whoever stands at a till. */
export type PointsPaid = EventBase & {
  readonly type: 'points.paid';
  readonly memberId: MemberId;
  readonly ref: CouponRef;
  readonly storeId: StoreId;
  /** At least 1. */
  readonly points: number;
  /** What is to be paid after coupons. */
  readonly payableFen: number;
  readonly by: string | null;
};
/** 撤销积分抵钱: the receipt is paid otherwise, or not at all. */
export type PointSpendUndone = EventBase & {
  readonly type: 'point_spend.undone';
  readonly memberId: MemberId;
  readonly ref: CouponRef;
};
/** 签到: a member comes by for the points of the day. */
export type MemberCheckedIn = EventBase & { readonly type: 'member.checked_in'; readonly memberId: MemberId };
