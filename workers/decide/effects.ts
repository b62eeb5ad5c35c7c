/** 效果: what a decision brings about, and the decision itself. evolve and apply answer for each. */
import type {
  Account,
  Alert,
  Coupon,
  CouponId,
  DomainEvent,
  FanWindow,
  Grant,
  IdentityKey,
  Member,
  MemberId,
  Reason,
  Refund,
  Sale,
  SaleId,
  SaleLine,
} from '../../schema/index.ts';
import type { Count } from './counters/index.ts';
import type { Note } from './notes/index.ts';
import type { Refusal } from './refusals.ts';
import type { Put } from './slices/index.ts';

/** What is told of one noun, computed: ledgers post, tags are vouched for, coupons are issued and taken back. */
export type Verb =
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
      /** Undoes an earlier loss: no income, so first in, first spent goes on counting as if neither had been. */
      readonly isReversal?: boolean;
    }
  | {
      readonly type: 'member.count';
      readonly memberId: MemberId;
      readonly subject: string;
      readonly times: number;
      readonly on: string;
    }
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
  /** Everything WeChat told us of one account, at once. */
  | { readonly type: 'fan.erase'; readonly openid: string; readonly memberId: MemberId | null }
  /** The raw copies of what WeChat told of them, and nothing else. */
  | { readonly type: 'copies.erase'; readonly openid: string }
  | { readonly type: 'window.open'; readonly window: FanWindow };

/** Everything a decision can bring about: nouns are put, counters moved, notes added; the rest are verbs of their own. */
export type Effect = Verb | Put | Count | Note;

export type Decision =
  /** Follow-ups are decided in the same group, after these effects. */
  | {
      readonly verdict: 'accepted';
      readonly effects: readonly Effect[];
      readonly followUps: readonly DomainEvent[];
    }
  /** Nothing to do, and that is right: a ping, a second telling, an older version. */
  | { readonly verdict: 'ignored'; readonly why: Reason }
  /** What it refers to has not arrived yet. */
  | { readonly verdict: 'waiting'; readonly saleId: SaleId }
  /** Somebody is waiting for an answer, and this is it. */
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  /** A person has to look. */
  | { readonly verdict: 'parked'; readonly why: Reason; readonly alerts?: readonly Alert[] };

export const accept = (effects: readonly Effect[], followUps: readonly DomainEvent[] = []): Decision => ({
  verdict: 'accepted',
  effects,
  followUps,
});

export const ignore = (why: Reason): Decision => ({ verdict: 'ignored', why });
/** With alerts, the shop is told at once. */
export const park = (why: Reason, alerts?: readonly Alert[]): Decision =>
  alerts ? { verdict: 'parked', why, alerts } : { verdict: 'parked', why };
export const refuse = (refusal: Refusal): Decision => ({ verdict: 'refused', refusal });
