/** 事件: what is decided, whichever system sent it. */
import type { EventBase } from './event-base.ts';
import type { ProductInput, RefundData, SaleData } from './canonical-events.ts';
import type {
  CouponClaimed,
  CouponGranted,
  CouponPassed,
  CouponPresented,
  CouponRevoked,
  VoucherLapsed,
  VoucherRefunded,
  VoucherSold,
} from './coupon-events.ts';
import type { LotteryDrawn, PrizeCollected } from './draws.ts';
import type { MemberProfile, MemberRef } from './canonical-members.ts';
import type { AssociateId, MemberId, PlanId, SaleId, Sku } from './ids.ts';
import type { FileWritten } from './member-files.ts';
import type { Child } from './members.ts';
import type { ChildUse, UsedGoods } from './use-stages.ts';
import type {
  ExchangeUndone,
  MemberCheckedIn,
  PointsCorrected,
  PointsDue,
  PointsExchanged,
  PointsPaid,
  PointSpendUndone,
  PointsSpent,
} from './points-events.ts';
import type { PackageRedeemed, PackageRefunded, PackageSold, PackageUseUndone } from './package-events.ts';
import type { Formerly, NumberPlace } from './numberings.ts';
import type { MovedIn } from './openings.ts';
import type { Tagging } from './tags.ts';
import type {
  StoredValueCashedOut,
  StoredValueCorrected,
  StoredValueRecharged,
  StoredValueRefunded,
  StoredValueReversed,
  StoredValueSpent,
} from './stored-events.ts';
import type { SuperMembershipBought, SuperMembershipEnded } from './super-events.ts';
import type { ReferralDue, ReferralReviewed } from './referrals.ts';
import type { GrantWithdrawn } from './takebacks.ts';
import type { TriggerMet } from './trigger-events.ts';
import type { TransferChanged, WithdrawalAsked } from './transfers.ts';
import type { WechatEvent } from './wechat-events.ts';

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
export type MemberTold = EventBase & {
  readonly type: 'member.created' | 'member.updated';
  readonly data: MemberProfile;
  /** 建档 by hand, and whose word it is; absent where a system told it. */
  readonly by?: 'office' | 'till';
  /** 搬来: of a file alone. */
  readonly movedIn?: MovedIn;
  /** As entered by hand; absent leaves what is known. */
  readonly children?: readonly Child[];
  readonly associateId?: AssociateId | null;
};
export type MemberMerged = EventBase & {
  readonly type: 'member.merged';
  readonly from: MemberRef;
  readonly into: MemberRef;
};
/** 合并 by the office: two members whom somebody has looked at. */
export type MemberUnited = EventBase & {
  readonly type: 'member.united';
  readonly fromId: MemberId;
  readonly intoId: MemberId;
};
/** 拆开: a merger undone. */
export type MemberSplit = EventBase & {
  readonly type: 'member.split';
  readonly fromId: MemberId;
  readonly intoId: MemberId;
  /** The survivor's version when it was looked at whether the two can be told apart. */
  readonly seenVersion: number;
};
export type MemberDeleted = EventBase & { readonly type: 'member.deleted'; readonly data: MemberRef };
/** 换绑 by the office: what is left out stays, null takes it away. */
export type MemberRebound = EventBase & {
  readonly type: 'member.rebound';
  readonly memberId: MemberId;
  readonly openid?: string | null;
  readonly phone?: string | null;
  readonly associateId?: AssociateId | null;
  /** 手工定级: stands until its last day (null: has none), or until a higher one is earned. */
  readonly level?: { readonly name: string | null; readonly lastOn: string | null };
  readonly reason: string;
  /** Who did it. */
  readonly by: string;
  /** Of the new phone and openid, as with registering. */
  readonly digests: readonly string[];
};
export type ProductUpserted = EventBase & { readonly type: 'product.upserted'; readonly data: ProductInput };
export type ProductRemoved = EventBase & { readonly type: 'product.removed'; readonly sku: Sku };
export type Ping = EventBase & { readonly type: 'ping' };
/** Made by us: the office corrects what is known of a member; what is left out stays. */
export type MemberEdited = EventBase & {
  readonly type: 'member.edited';
  readonly memberId: MemberId;
  readonly name?: string | null;
  readonly birthdayOn?: string | null;
  readonly children?: readonly Child[];
  /** 在用, of every child born that day; null is again as the table says. */
  readonly uses?: readonly ChildUseTold[];
  /** 档案; what is left out stays. */
  readonly file?: FileWritten;
};
export type ChildUseTold = {
  readonly born: string;
  readonly goods: UsedGoods;
  readonly use: ChildUse | null;
};
/** Made by us: somebody puts tags on a member, or takes them off. */
export type MemberTagged = EventBase & {
  readonly type: 'member.tagged';
  readonly memberId: MemberId;
} & Tagging;
/** Made by us: a rule has changed, and what a member bought is looked at anew. */
export type MemberRecounted = EventBase & {
  readonly type: 'member.recounted';
  readonly memberId: MemberId;
};
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
