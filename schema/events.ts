/** 事件: what is decided on, whoever told it. */
import type {
  MemberProfile,
  MemberRef,
  ProductInput,
  RechargeData,
  RefundData,
  SaleData,
} from './canonical-events.ts';
import type { EventId, MemberId, PlanId, RechargeId, SaleId, Sku } from './ids.ts';
import type { TransferChanged, WithdrawalAsked } from './transfers.ts';
import type { WechatEvent } from './wechat-events.ts';

/** Who says so and when: `namespace` keeps two vendors' numbers apart. */
type Told = { readonly id: EventId; readonly namespace: string; readonly occurredAt: number };

export type SaleCompleted = Told & {
  readonly type: 'sale.completed';
  readonly saleId: SaleId;
  readonly data: SaleData;
};
export type RefundCompleted = Told & {
  readonly type: 'refund.completed';
  /** The sale that came back; null when the till cannot name it. */
  readonly saleId: SaleId | null;
  readonly data: RefundData;
};
export type SaleVoided = Told & { readonly type: 'sale.voided'; readonly saleId: SaleId };
export type StoredValueRecharged = Told & {
  readonly type: 'stored_value.recharged';
  readonly rechargeId: RechargeId;
  readonly data: RechargeData;
};
export type MemberTold = Told & {
  readonly type: 'member.created' | 'member.updated';
  readonly data: MemberProfile;
};
export type MemberMerged = Told & {
  readonly type: 'member.merged';
  readonly from: MemberRef;
  readonly into: MemberRef;
};
export type MemberDeleted = Told & { readonly type: 'member.deleted'; readonly data: MemberRef };
export type ProductUpserted = Told & { readonly type: 'product.upserted'; readonly data: ProductInput };
export type ProductRemoved = Told & { readonly type: 'product.removed'; readonly sku: Sku };
export type Ping = Told & { readonly type: 'ping' };
/** Our own: a member came to exist, whoever said so; or joined, which a person does once. */
export type MemberRegistered = Told & {
  readonly type: 'member.registered';
  readonly memberId: MemberId;
  readonly storeId: string | null;
  readonly trigger: 'member.created' | 'member.joined';
  /** Whose seed its gifts are drawn from. */
  readonly seedOf: string;
};
/** Our own: a reminder's time has come. */
export type ReminderDue = Told & {
  readonly type: 'reminder.due';
  readonly memberId: MemberId;
  readonly planId: PlanId;
  readonly subject: string;
  /** Of reminder: it says what has to be looked at. */
  readonly kind: string;
};

export type DomainEvent =
  | SaleCompleted
  | RefundCompleted
  | SaleVoided
  | StoredValueRecharged
  | MemberTold
  | MemberMerged
  | MemberDeleted
  | ProductUpserted
  | ProductRemoved
  | Ping
  | MemberRegistered
  | ReminderDue
  | WithdrawalAsked
  | TransferChanged
  | WechatEvent;
