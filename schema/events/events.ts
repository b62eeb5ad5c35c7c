/** 事件: what is decided, whichever system sent it. */
import type { EventBase } from './base.ts';
import type { ProductInput, RefundData, SaleData } from '../canonical/events.ts';
import type {
  CouponClaimed,
  CouponGranted,
  CouponPassed,
  CouponPresented,
  CouponRevoked,
  VoucherLapsed,
  VoucherRefunded,
  VoucherSold,
} from './coupons.ts';
import type { LotteryDrawn, PrizeCollected } from '../points/draws.ts';
import type { MemberId, PlanId, SaleId, Sku } from '../plain/ids.ts';
import type {
  ExchangeUndone,
  MemberCheckedIn,
  PointsCorrected,
  PointsDue,
  PointsExchanged,
  PointsPaid,
  PointSpendUndone,
  PointsSpent,
} from './points.ts';
import type { PackageRedeemed, PackageRefunded, PackageSold, PackageUseUndone } from './packages.ts';
import type { Formerly, NumberPlace } from '../sources/numberings.ts';
import type {
  StoredValueCashedOut,
  StoredValueCorrected,
  StoredValueRecharged,
  StoredValueRefunded,
  StoredValueReversed,
  StoredValueSpent,
} from './stored.ts';
import type { SuperMembershipBought, SuperMembershipEnded } from './super.ts';
import type { ReferralDue, ReferralReviewed } from '../members/referrals.ts';
import type { GrantWithdrawn } from '../promotions/takebacks.ts';
import type { TriggerMet } from './triggers.ts';
import type { TransferChanged, WithdrawalAsked } from '../money/transfers.ts';
import type { WechatEvent } from './wechat.ts';
import type {
  MemberTold,
  MemberMerged,
  MemberUnited,
  MemberSplit,
  MemberDeleted,
  MemberRebound,
  MemberEdited,
  MemberTagged,
  MemberRecounted,
} from './members.ts';

export type SaleCompleted = EventBase & {
  readonly type: 'sale.completed';
  readonly saleId: SaleId;
  readonly formerly?: Formerly<SaleId>;
  /** The payments by which it may be named, as `ofPayment` writes them. */
  readonly payments?: readonly SaleId[];
  /** 会员码: whose it was; counts where nothing else names the buyer. */
  readonly shownBy?: MemberId;
  readonly data: SaleData;
};
export type RefundCompleted = EventBase & {
  readonly type: 'refund.completed';
  /** The sale that is refunded, or its payment; null when the till cannot name it. */
  readonly saleId: SaleId | null;
  readonly formerly?: Formerly<SaleId>;
  /** What the return itself may be known by. */
  readonly refundNosFormerly?: readonly string[];
  readonly data: RefundData;
};
export type SaleVoided = EventBase & {
  readonly type: 'sale.voided';
  readonly saleId: SaleId;
  readonly formerly?: Formerly<SaleId>;
  /** What is said of the sale besides its number. */
  readonly place?: NumberPlace;
};
/** 付款号: told apart from its sale. */
export type SalePaid = EventBase & {
  readonly type: 'sale.paid';
  readonly saleId: SaleId;
  readonly formerly?: Formerly<SaleId>;
  readonly payments: readonly SaleId[];
};
export type ProductUpserted = EventBase & { readonly type: 'product.upserted'; readonly data: ProductInput };
export type ProductRemoved = EventBase & { readonly type: 'product.removed'; readonly sku: Sku };
export type Ping = EventBase & { readonly type: 'ping' };
/** Made by us: a reminder is due. */
export type ReminderDue = EventBase & {
  readonly type: 'reminder.due';
  readonly memberId: MemberId;
  readonly planId: PlanId;
  readonly subject: string;
  /** The kind of the reminder: it says what has to be loaded. */
  readonly kind: string;
};

export type DomainEvent =
  | SaleCompleted
  | RefundCompleted
  | SaleVoided
  | SalePaid
  | StoredValueRecharged
  | StoredValueSpent
  | StoredValueRefunded
  | StoredValueReversed
  | StoredValueCashedOut
  | StoredValueCorrected
  | SuperMembershipBought
  | SuperMembershipEnded
  | MemberTold
  | MemberMerged
  | MemberUnited
  | MemberSplit
  | MemberDeleted
  | MemberRebound
  | MemberEdited
  | MemberTagged
  | MemberRecounted
  | ProductUpserted
  | ProductRemoved
  | Ping
  | TriggerMet
  | ReminderDue
  | PointsCorrected
  | PointsSpent
  | PointsDue
  | MemberCheckedIn
  | PointsExchanged
  | ExchangeUndone
  | LotteryDrawn
  | PrizeCollected
  | PointsPaid
  | PointSpendUndone
  | CouponPresented
  | CouponGranted
  | VoucherSold
  | VoucherRefunded
  | VoucherLapsed
  | PackageSold
  | PackageRedeemed
  | PackageUseUndone
  | PackageRefunded
  | CouponClaimed
  | GrantWithdrawn
  | CouponRevoked
  | CouponPassed
  | ReferralDue
  | ReferralReviewed
  | WithdrawalAsked
  | TransferChanged
  | WechatEvent;
