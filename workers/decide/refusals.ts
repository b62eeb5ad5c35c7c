/** 拒绝: what a command may be refused for, with its numbers. workers/words says it in Chinese. */
import type {
  Account,
  PackageMiss,
  PointSpendMiss,
  StoredMiss,
  SuperMiss,
  VoucherMiss,
} from '../../schema/index.ts';

import type { ClaimMiss } from './coupons/batches.ts';
import type { PassMiss } from './coupons/passing.ts';
import type { CouponMiss } from './coupons/use/may-use.ts';
import type { LotteryMiss, PrizeMiss } from './draws/lottery.ts';
import type { ExchangeMiss } from './money/exchanges.ts';
import type { Bar } from './coupons/bar.ts';

export type Refusal =
  | { readonly code: 'COUPON'; readonly miss: CouponMiss }
  /** 转赠 of a coupon. */
  | { readonly code: 'PASS'; readonly miss: PassMiss }
  | { readonly code: 'VOUCHER'; readonly miss: VoucherMiss }
  | { readonly code: 'PACKAGE'; readonly miss: PackageMiss }
  | { readonly code: 'STORED'; readonly miss: StoredMiss }
  | { readonly code: 'SUPER'; readonly miss: SuperMiss }
  | { readonly code: 'POINT_SPEND'; readonly miss: PointSpendMiss }
  /** No coupon of this template may be given to this member now. */
  | { readonly code: 'NO_COUPON'; readonly bar: Bar | null }
  /** 领不到: nothing of this batch is to be had by this member now. */
  | { readonly code: 'CLAIM'; readonly miss: ClaimMiss }
  /** 标签满了: of those that are put on by hand. */
  | { readonly code: 'TAGS_FULL'; readonly have: number; readonly more: number; readonly limit: number }
  /** Nobody has this id, or has any more. */
  | { readonly code: 'NO_MEMBER' }
  /** 换不了, or not to be undone. */
  | { readonly code: 'EXCHANGE'; readonly miss: ExchangeMiss }
  /** 抽不了. */
  | { readonly code: 'DRAW'; readonly miss: LotteryMiss }
  /** 领不了. */
  | { readonly code: 'PRIZE'; readonly miss: PrizeMiss }
  /** 签到 is switched off. */
  | { readonly code: 'CHECK_IN_OFF' }
  /** 邀请: it does not wait in the queue, or not any more. */
  | { readonly code: 'NOT_IN_REVIEW' }
  /** 今天签过了. */
  | { readonly code: 'CHECKED_IN'; readonly streakDays: number }
  | { readonly code: 'POINTS_SHORT'; readonly have: number; readonly need: number }
  /** The phone number belongs to somebody else. */
  | { readonly code: 'PHONE_TAKEN' }
  /** The WeChat account is another member's. */
  | { readonly code: 'WECHAT_TAKEN' }
  /** The phone number's member has another WeChat account; the same proof replaces it, if the person wants that. */
  | { readonly code: 'PHONE_BOUND' }
  /** It would let somebody's WeChat into another member's points; only the office may, or a proof by code. */
  | { readonly code: 'WOULD_LET_IN' }
  /** A birthday or due date that cannot be true; the first such child of the list. */
  | { readonly code: 'CHILD_IMPLAUSIBLE'; readonly place: number }
  /** Of undoing a merger: none is noted, or it is older than a day. */
  | { readonly code: 'NOT_MERGED' }
  | { readonly code: 'MERGED_LONG_AGO' }
  /** Another merger came after it: that one is undone first. */
  | { readonly code: 'MERGED_ON' }
  /** One of the sales or packages that went over was returned, corrected or used since. */
  | { readonly code: 'SALE_SINCE' }
  | { readonly code: 'SPENT_SINCE'; readonly account: Account; readonly have: number; readonly need: number }
  /** Somebody else acted between looking and asking; asked again, it is looked at anew. */
  | { readonly code: 'MOVED_MEANWHILE' }
  /** No fan has this openid, so nothing can be sent to it. */
  | { readonly code: 'NOT_REACHABLE' }
  /** The member has another associate (一对一专属). */
  | { readonly code: 'NOT_YOURS' }
  /** WeChat lets the account speak only while the member's own last act keeps the window open. */
  | { readonly code: 'WINDOW_CLOSED'; readonly alternatives: readonly ('sms' | 'phone')[] }
  /** 提现 is off, or there are no WeChat Pay keys. */
  | { readonly code: 'PAYOUT_OFF' }
  | { readonly code: 'BELOW_MIN'; readonly amountFen: number; readonly minFen: number }
  | { readonly code: 'ABOVE_MAX'; readonly amountFen: number; readonly maxFen: number }
  | { readonly code: 'INSUFFICIENT'; readonly amountFen: number; readonly balanceFen: number }
  | {
      readonly code: 'DAY_LIMIT';
      readonly whose: 'member' | 'shop';
      readonly amountFen: number;
      readonly limitFen: number;
      readonly usedFen: number;
    };
