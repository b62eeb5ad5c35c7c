/** 办套餐: sold, redeemed, undone and paid back, for whoever waits. The same number, however often, is one. */
import {
  EventId,
  type MemberId,
  type PackageId,
  type PackageMiss,
  type PackageRedeemed,
  type PackageRefunded,
  type PackageSold,
  type PackageSoldData,
  type PackageTemplate,
  type PackageUseId,
  type PackageUseUndone,
  type Package,
  type StoreId,
} from '../../../schema/index.ts';
import { readPackage } from '../../db/packages/packages.ts';
import { timezoneOf, type Config } from '../../decide/config.ts';
import { addDays, localDate } from '../../decide/plain/dates.ts';
import type { Engine } from '../../engine/engine.ts';
import { newId } from '../../platform/digest.ts';
import { resultOf, run } from '../run.ts';

export type PackageAnswer =
  /** New is what was not done before. */
  | { readonly done: Package; readonly isNew: boolean }
  | { readonly miss: PackageMiss }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same again finds out. */
  | { readonly undecided: true };

export const packageIdOf = (namespace: string, packageNo: string): PackageId =>
  `package:${namespace}:${packageNo}` as PackageId;

/** 套餐单号, as whoever sold it numbered it. */
export const packageNoOf = (id: PackageId): string => id.split(':').slice(2).join(':');

/** A redemption without a number of its own is known by who asked: no number of a till holds a line break. */
export const useIdOf = (namespace: string, named: { readonly number: string } | { readonly asked: string }) =>
  `${namespace}:${'number' in named ? named.number : `\n${named.asked}`}` as PackageUseId;

const common = (now: number) =>
  ({ id: EventId.parse(newId('pk')), namespace: '', occurredAt: now, isAsked: true }) as const;

/** As it is sold today: its last day is counted from today on. */
export function contentOf(
  { id, definition }: PackageTemplate,
  config: Config,
  { storeId, now }: { readonly storeId: StoreId; readonly now: number },
): Pick<PackageSoldData, 'package' | 'paidFen' | 'validUntil'> {
  const { name, items, priceFen, validDays } = definition;
  const today = localDate(now, timezoneOf(config, storeId));
  return {
    package: { id, name, items: items.map((item) => ({ id: item.name, ...item })) },
    paidFen: priceFen,
    validUntil: validDays === null ? null : addDays(today, validDays - 1),
  };
}

export const sellPackage = (
  engine: Engine,
  asked: {
    readonly packageId: PackageId;
    readonly namespace: string;
    readonly memberId: MemberId;
    readonly data: PackageSoldData;
  },
  now: number,
): Promise<PackageAnswer> => settle(engine, { ...common(now), ...asked, type: 'package.sold' }, now);

export type Redeeming = {
  readonly packageId: PackageId;
  readonly useId: PackageUseId;
  readonly storeId: StoreId;
  readonly item: string;
  readonly count: number;
  readonly by: string;
};

export function redeemPackage(
  engine: Engine,
  { storeId, item, count, ...asked }: Redeeming,
  now: number,
): Promise<PackageAnswer> {
  const data = { packageNo: packageNoOf(asked.packageId), store: { id: storeId }, item, count };
  return settle(engine, { ...common(now), ...asked, data, type: 'package.redeemed' }, now);
}

export const undoPackageUse = (
  engine: Engine,
  asked: Pick<PackageUseUndone, 'packageId' | 'useId' | 'storeId' | 'isOffice'>,
  now: number,
): Promise<PackageAnswer> => settle(engine, { ...common(now), ...asked, type: 'package_use.undone' }, now);

export const refundPackage = (
  engine: Engine,
  asked: Pick<PackageRefunded, 'packageId' | 'storeId' | 'refundedFen'>,
  now: number,
): Promise<PackageAnswer> => settle(engine, { ...common(now), ...asked, type: 'package.refunded' }, now);

async function settle(
  engine: Engine,
  event: PackageSold | PackageRedeemed | PackageUseUndone | PackageRefunded,
  now: number,
): Promise<PackageAnswer> {
  const ran = await run(engine, event, now, () => readPackage(engine.db, event.packageId));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (ran.refusal.code === 'PACKAGE') return { miss: ran.refusal.miss };
    throw new Error(`a package was refused with ${ran.refusal.code}`);
  }
  const done = resultOf(ran);
  return done ? { done, isNew: ran.verdict === 'applied' } : { undecided: true };
}
