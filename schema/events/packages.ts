/** 套餐的事件: of a till that tells what was done, and of whoever waits at a counter. */
import type { PackageRedeemedData, PackageSoldData } from '../canonical/packages.ts';
import type { EventBase } from './base.ts';
import type { MemberId, PackageId, PackageUseId, StoreId } from '../plain/ids.ts';

type OfPackage = EventBase & {
  readonly packageId: PackageId;
  /** Somebody waits for the answer; where nobody does, what cannot be is left for a person to look at. */
  readonly isAsked?: true;
};
export type PackageSold = OfPackage & {
  readonly type: 'package.sold';
  /** Whom a colleague has before her; a till names the member in its data. */
  readonly memberId?: MemberId;
  readonly data: PackageSoldData;
};
export type PackageRedeemed = OfPackage & {
  readonly type: 'package.redeemed';
  readonly useId: PackageUseId;
  readonly by?: string;
  readonly data: Pick<PackageRedeemedData, 'packageNo' | 'store' | 'item' | 'count'>;
};
/** 撤销核销: what was redeemed by mistake is there again. */
export type PackageUseUndone = EventBase & {
  readonly type: 'package_use.undone';
  readonly packageId: PackageId;
  readonly useId: PackageUseId;
  readonly storeId: StoreId;
  /** The office may do it later than a day. */
  readonly isOffice?: true;
};
/** 退套餐: what is left of it is paid back, and it is over. */
export type PackageRefunded = EventBase & {
  readonly type: 'package.refunded';
  readonly packageId: PackageId;
  readonly storeId: StoreId;
  /** What is paid back; where it is told, it has to be what is left. */
  readonly refundedFen: number | null;
};
