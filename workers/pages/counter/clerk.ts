/** 站在柜台的人: a colleague in the console or an associate on the phone; the same pages work for both. */
import type {
  CouponId,
  DrawId,
  MemberId,
  Package,
  PointSpend,
  Store,
  StoreId,
} from '../../../schema/index.ts';
import type { PageContext, PageDeps } from '../ports.ts';

export type Clerk = {
  readonly deps: PageDeps;
  readonly context: PageContext;
  readonly now: number;
  /** `person:…` or `associate:…`. */
  readonly key: string;
  readonly name: string;
  /** Where the page is. */
  readonly path: string;
  /** Part of every form. */
  readonly token: string;
  /** Where they stand; with more than one they say in which. */
  readonly stores: readonly Store[];
  /** Of which stores they see what was used; null is all. */
  readonly sees: readonly StoreId[] | null;
  /** How the face calls the button that does what the page is for, and the others. */
  /** 积分兑换 for whoever was found; null where the face has no page for it. */
  readonly exchangeAt: ((memberId: MemberId) => string) | null;
  /** Where a package is sold to whoever was found; null where this face sells none. */
  readonly sellAt: ((memberId: MemberId) => string) | null;
  readonly looks: { readonly first: string; readonly other: string };
  /** Where stored value is spent; null where this face does not. */
  readonly spendPath: ((memberId: string) => string) | null;
  /** Where a super membership is sold; null where this face does not. */
  readonly superPath: ((memberId: string) => string) | null;
  readonly record: (act: 'coupon.redeem' | 'coupon.undo', done: Done) => Promise<void>;
  /** 领奖. */
  readonly recordPrize: (collected: Collected) => Promise<void>;
  readonly recordPackage: (act: 'package.redeem' | 'package.undo', done: PackageDone) => Promise<void>;
  /** 用积分抵; null where this face does not. */
  readonly recordPoints: ((act: 'points.pay' | 'points.pay-undo', spend: PointSpend) => Promise<void>) | null;
};

export type Collected = {
  readonly drawId: DrawId;
  readonly memberId: MemberId;
  readonly storeId: StoreId;
};

export type PackageDone = {
  /** As it was before. */
  readonly held: Package;
  readonly item: string;
  readonly count: number;
  readonly storeId: StoreId;
};

export type Done = {
  readonly couponId: CouponId;
  readonly storeId: StoreId | null;
  readonly offFen: number | null;
};
