/** The verbs: everything a decision can bring about. A closed set; evolve and apply answer for each. */
import type {
  Account,
  Associate,
  AssociateId,
  CampaignId,
  Coupon,
  CouponId,
  DomainEvent,
  Grant,
  IdentityKey,
  Member,
  MemberId,
  Product,
  Refund,
  Reminder,
  Sale,
  SaleId,
  SaleLine,
  Store,
  TemplateId,
} from '../../schema/index.ts';

export type QueuedMessage = {
  readonly cause: string;
  readonly kind: string;
  readonly memberId: MemberId | null;
  readonly associateId: AssociateId | null;
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
  | {
      readonly type: 'ledger.post';
      readonly memberId: MemberId;
      readonly account: Account;
      readonly delta: number;
      readonly cause: string;
      readonly at: number;
      readonly overdraft: boolean;
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
  | { readonly type: 'reminder.put'; readonly reminder: Reminder }
  | { readonly type: 'message.queue'; readonly message: QueuedMessage }
  | { readonly type: 'store.put'; readonly store: Store }
  | { readonly type: 'associate.put'; readonly associate: Associate }
  | { readonly type: 'product.put'; readonly product: Product };

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
  /** A person has to look. */
  | { readonly verdict: 'parked'; readonly why: string };

export const accept = (effects: readonly Effect[], followUps: readonly DomainEvent[] = []): Decision => ({
  verdict: 'accepted',
  effects,
  followUps,
});

export const ignore = (why: string): Decision => ({ verdict: 'ignored', why });
export const park = (why: string): Decision => ({ verdict: 'parked', why });
