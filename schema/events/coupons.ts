/** 券的事件: of whoever waits at a till or in the office, and of vouchers that a till sells by itself. */
import type { EventLine } from '../canonical/events.ts';
import type { VoucherRefundedData, VoucherSoldData } from '../canonical/prepaid.ts';
import type { CouponRef } from '../promotions/coupons.ts';
import type { EventBase } from './base.ts';
import type { BatchId, CouponId, MemberId, StoreId, TemplateId, VoucherSaleId } from '../plain/ids.ts';

/** Somebody showed a coupon for a receipt. */
export type CouponPresented = EventBase & {
  readonly type: 'coupon.presented';
  readonly couponId: CouponId;
  readonly ref: CouponRef;
  readonly storeId: StoreId;
  /** The till or the colleague who did it. */
  readonly by: string | null;
} & CouponWish;

export type CouponWish =
  | { readonly act: 'lock'; readonly minutes: number }
  | { readonly act: 'release' }
  | {
      readonly act: 'redeem';
      readonly lines: readonly EventLine[] | null;
      readonly payableFen: number | null;
      /** It is a partner who takes it. */
      readonly isPartner: boolean;
    }
  | { readonly act: 'undo' };

/** The office gives a coupon by hand; by whom and why stands in its first move. */
export type CouponGranted = EventBase & {
  readonly type: 'coupon.granted';
  readonly memberId: MemberId;
  readonly templateId: TemplateId;
  readonly count: number;
  /** Where it was asked for, if in a store. */
  readonly storeId: StoreId | null;
  readonly by?: string;
  readonly reason?: string;
  /** When whoever got it is told; left out, they are not. */
  readonly tellAt?: number;
  /** 导购发券: the offer that it takes. */
  readonly pushId?: string;
};

/** The office takes a coupon back that nobody has used. */
export type CouponRevoked = EventBase & {
  readonly type: 'coupon.revoked';
  readonly couponId: CouponId;
  readonly by: string;
  readonly reason: string;
};

/** 转赠: a member lets go of a coupon for whoever opens a link, takes it back while nobody has, or is the one who opens it. */
export type CouponPassed = EventBase & {
  readonly type: 'coupon.passed';
  readonly couponId: CouponId;
  /** Of the member who acts. */
  readonly memberId: MemberId;
  /** What the link is known by. */
  readonly passId: string;
  readonly act: 'offer' | 'withdraw' | 'accept';
};

type OfVouchers = EventBase & {
  readonly voucherSaleId: VoucherSaleId;
  /** Somebody waits for the answer; where nobody does, what cannot be is left for a person to look at. */
  readonly isAsked?: true;
};
/** 卖出预售券: prepaid, at the counter or by a till. */
export type VoucherSold = OfVouchers & {
  readonly type: 'voucher.sold';
  /** Whom a colleague has before her; a till names the member in its data. */
  readonly memberId?: MemberId;
  readonly data: VoucherSoldData;
};
/** 退预付款. */
export type VoucherRefunded = OfVouchers & {
  readonly type: 'voucher.refunded';
  readonly data: VoucherRefundedData;
};

/** 过期不退: made by us when the books of a day are closed, for a voucher whose day went by. */
export type VoucherLapsed = EventBase & { readonly type: 'voucher.lapsed'; readonly couponId: CouponId };

/** A member comes for a coupon of a batch. */
export type CouponClaimed = EventBase & {
  readonly type: 'coupon.claimed';
  readonly memberId: MemberId;
  readonly batchId: BatchId;
  /** Of the printed code, which is known to be genuine; null at a link. */
  readonly number: number | null;
  /** Of the link's placements; null where it has none. */
  readonly placement: number | null;
  /** 导购发券: the offer that it takes. */
  readonly pushId?: string;
};
