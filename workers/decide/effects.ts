/** The verbs: everything a decision can bring about. A closed set; evolve and apply answer for each. */
import type {
  Account,
  Alert,
  Associate,
  AssociateId,
  Arrival,
  CampaignId,
  Contact,
  Coupon,
  CouponId,
  DomainEvent,
  Erasure,
  Fan,
  FanWindow,
  Grant,
  IdentityKey,
  MassCounts,
  Member,
  MemberId,
  Product,
  Recharge,
  Refund,
  Reminder,
  Sale,
  SaleId,
  SaleLine,
  Store,
  TemplateId,
  Transfer,
} from '../../schema/index.ts';
import type { Refusal } from './refusals.ts';

export type QueuedMessage = {
  readonly cause: string;
  readonly kind: string;
  readonly memberId: MemberId | null;
  readonly associateId: AssociateId | null;
  /** For somebody who is no member, or one account of theirs; usually left out. */
  readonly openid?: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly dueAt: number;
};

export type Effect =
  | { readonly type: 'member.put'; readonly member: Member }
  | { readonly type: 'member.merge'; readonly from: MemberId; readonly into: MemberId; readonly at: number }
  | { readonly type: 'identity.attach'; readonly key: IdentityKey; readonly memberId: MemberId }
  | { readonly type: 'identity.drop'; readonly key: IdentityKey }
  | { readonly type: 'sale.put'; readonly sale: Sale; readonly lines: readonly SaleLine[] | null }
  | { readonly type: 'refund.put'; readonly refund: Refund }
  | { readonly type: 'recharge.put'; readonly recharge: Recharge }
  | {
      readonly type: 'ledger.post';
      readonly memberId: MemberId;
      readonly account: Account;
      readonly delta: number;
      readonly cause: string;
      readonly at: number;
      readonly overdraft: boolean;
      /** Undoes an earlier loss: no income, so first in, first spent goes on counting as if neither had been. */
      readonly isReversal?: boolean;
    }
  | {
      readonly type: 'campaign.count';
      readonly campaignId: CampaignId;
      readonly times: number;
      readonly spentFen: number;
    }
  | {
      readonly type: 'member.count';
      readonly memberId: MemberId;
      readonly subject: string;
      readonly times: number;
      readonly on: string;
    }
  | { readonly type: 'template.count'; readonly templateId: TemplateId; readonly count: number }
  | { readonly type: 'grant.put'; readonly grant: Grant }
  | { readonly type: 'coupon.issue'; readonly coupon: Coupon }
  | { readonly type: 'coupon.revoke'; readonly couponId: CouponId; readonly at: number }
  | { readonly type: 'coupon.flag'; readonly couponId: CouponId }
  | {
      readonly type: 'tag.support';
      readonly memberId: MemberId;
      readonly tag: string;
      readonly by: number;
    }
  | { readonly type: 'reminder.put'; readonly row: Reminder }
  | { readonly type: 'message.queue'; readonly message: QueuedMessage }
  | { readonly type: 'store.put'; readonly store: Store }
  | { readonly type: 'associate.put'; readonly associate: Associate }
  | { readonly type: 'product.put'; readonly product: Product }
  | { readonly type: 'fan.put'; readonly fan: Fan }
  /** Everything WeChat told us of one account, at once. */
  | { readonly type: 'fan.erase'; readonly openid: string; readonly memberId: MemberId | null }
  /** The raw copies of what WeChat told of them, and nothing else. */
  | { readonly type: 'copies.erase'; readonly openid: string }
  /** Copies of what others told of a member are looked for afterwards. */
  | { readonly type: 'erasure.ask'; readonly erasure: Erasure }
  | { readonly type: 'window.open'; readonly window: FanWindow }
  | {
      readonly type: 'permission.change';
      readonly openid: string;
      readonly templateId: string;
      readonly by: number | 'none';
      readonly refusedAt: number | null;
    }
  | {
      readonly type: 'scene.count';
      readonly sceneId: string;
      readonly scans: number;
      readonly claims: number;
    }
  | { readonly type: 'contact.add'; readonly contact: Omit<Contact, 'seq'> }
  | {
      readonly type: 'message.arrive';
      readonly receipt: string;
      readonly arrival: Arrival;
      readonly why: string | null;
      readonly mass?: MassCounts;
    }
  | { readonly type: 'transfer.put'; readonly transfer: Transfer }
  /** Below zero gives room back, and leaves the limit alone. */
  | {
      readonly type: 'payout.count';
      readonly on: string;
      readonly fen: number;
      readonly limitFen: number | null;
    };

export type Decision =
  /** Follow-ups are decided in the same group, after these effects. */
  | {
      readonly verdict: 'accepted';
      readonly effects: readonly Effect[];
      readonly followUps: readonly DomainEvent[];
    }
  /** Nothing to do, and that is right: a ping, a second telling, an older version. */
  | { readonly verdict: 'ignored'; readonly why: string }
  /** What it refers to has not arrived yet. */
  | { readonly verdict: 'waiting'; readonly saleId: SaleId }
  /** Somebody is waiting for an answer, and this is it. */
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  /** A person has to look. */
  | { readonly verdict: 'parked'; readonly why: string; readonly alerts?: readonly Alert[] };

export const accept = (effects: readonly Effect[], followUps: readonly DomainEvent[] = []): Decision => ({
  verdict: 'accepted',
  effects,
  followUps,
});

export const ignore = (why: string): Decision => ({ verdict: 'ignored', why });
/** With alerts, the shop is told at once. */
export const park = (why: string, alerts?: readonly Alert[]): Decision =>
  alerts ? { verdict: 'parked', why, alerts } : { verdict: 'parked', why };
export const refuse = (refusal: Refusal): Decision => ({ verdict: 'refused', refusal });
