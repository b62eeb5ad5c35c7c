/** 效果: what follows from a decision, and the decision itself. evolve folds each effect, apply writes it. */
import type {
  Account,
  Alert,
  AwaitedId,
  Coupon,
  CouponId,
  DomainEvent,
  FanWindow,
  Grant,
  IdentityKey,
  LotKey,
  LotPoints,
  Member,
  MemberId,
  PointsDifference,
  Reason,
  Refund,
  Sale,
  SaleLine,
  StoreId,
  TemplateId,
} from '../../schema/index.ts';
import type { Count } from './counters/index.ts';
import type { CouponStepped } from './coupons/life.ts';
import type { Declined } from './coupons/use/may-use.ts';
import type { Note } from './notes/index.ts';
import type { Refusal } from './refusals.ts';
import type { Put } from './slices/index.ts';

/** Verbs that compute the new row: ledgers post, tags gain or lose a supporting purchase or rule, coupons are issued and step on. */
export type Verb =
  | { readonly type: 'member.put'; readonly member: Member }
  | { readonly type: 'member.merge'; readonly from: MemberId; readonly into: MemberId; readonly at: number }
  | { readonly type: 'member.split'; readonly from: MemberId; readonly into: MemberId; readonly at: number }
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
      /** Where its cause happened; left out where that is no store. */
      readonly storeId?: StoreId | null;
      /** Undoes an earlier loss. It is no income: first in, first spent counts as if neither had happened. */
      readonly isReversal?: boolean;
      /** 积分批次 that a gain goes into, and that a loss is taken from first. Without it a gain is the day's own. */
      readonly lot?: LotKey | null;
      /** Points that come back go where they were taken from. */
      readonly back?: readonly LotPoints[];
    }
  /** 到期提醒: the lots that end with this day are told of, whether or not there was anybody to tell. */
  | { readonly type: 'lot.tell'; readonly memberId: MemberId; readonly lastOn: string }
  | {
      readonly type: 'member.count';
      readonly memberId: MemberId;
      readonly subject: string;
      readonly times: number;
      readonly on: string;
    }
  | { readonly type: 'grant.put'; readonly grant: Grant }
  | { readonly type: 'coupon.issue'; readonly coupon: Coupon }
  | ({ readonly type: 'coupon.step' } & CouponStepped)
  /** 过期不退: its day went by, and what was paid for it stays with the shop. */
  | { readonly type: 'coupon.lapse'; readonly couponId: CouponId; readonly at: number }
  /** 同超级会员有效期: of these templates nothing of hers is good any longer than until then, read or not. */
  | {
      readonly type: 'coupons.end';
      readonly memberId: MemberId;
      readonly until: number;
      readonly templateIds: readonly TemplateId[];
    }
  | { readonly type: 'coupon.flag'; readonly couponId: CouponId; readonly flag: NonNullable<Coupon['flag']> }
  /** A receipt named a coupon that it could not use: nothing changes, and its event says why. */
  | { readonly type: 'coupon.decline'; readonly declined: Declined }
  /** What a receipt says was paid with points is not what was spent for it: its event says so. */
  | { readonly type: 'points.differ'; readonly difference: PointsDifference }
  | {
      readonly type: 'tag.support';
      readonly memberId: MemberId;
      readonly tag: string;
      readonly by: number;
      /** A rule that did not hold does now: what was taken off by hand is worn again. */
      readonly anew?: true;
    }
  /** Everything WeChat told us of one account, at once. */
  | { readonly type: 'fan.erase'; readonly openid: string; readonly memberId: MemberId | null }
  /** Only the raw bodies in the inbox that speak of the openid. */
  | { readonly type: 'copies.erase'; readonly openid: string }
  | { readonly type: 'window.open'; readonly window: FanWindow };

/** Everything that can follow from a decision: nouns are put, counters moved, notes added; the other verbs are named. */
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
  | { readonly verdict: 'waiting'; readonly saleId: AwaitedId }
  /** A command is waiting; this is its answer. */
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  /** A person has to look at it. */
  | { readonly verdict: 'parked'; readonly why: Reason; readonly alerts?: readonly Alert[] };

export const accept = (effects: readonly Effect[], followUps: readonly DomainEvent[] = []): Decision => ({
  verdict: 'accepted',
  effects,
  followUps,
});

export const ignore = (why: Reason): Decision => ({ verdict: 'ignored', why });
/** With alerts that tell the shop at once. */
export const park = (why: Reason, alerts?: readonly Alert[]): Decision =>
  alerts ? { verdict: 'parked', why, alerts } : { verdict: 'parked', why };
export const refuse = (refusal: Refusal): Decision => ({ verdict: 'refused', refusal });
