/** 套餐单据: the domain events of packages. A package has one number in all stores; what is redeemed is numbered as receipts are. */
import type {
  CanonicalEvent,
  DomainEvent,
  PackageId,
  PackageUseId,
  Reason,
} from '../../../../../schema/index.ts';
import { ofMove, type Numbers } from '../numbers.ts';

type PackageTold = Extract<CanonicalEvent, { readonly type: 'package.sold' | 'package.redeemed' }>;
export const isPackage = (event: CanonicalEvent): event is PackageTold =>
  event.type === 'package.sold' || event.type === 'package.redeemed';
type Told = Pick<DomainEvent, 'id' | 'namespace' | 'occurredAt' | 'isHistory' | 'isFromFile'>;

export function toPackage(
  numbers: Numbers,
  told: Told,
  event: PackageTold,
): DomainEvent | { readonly parked: Reason } {
  const { namespace } = numbers;
  const packageId = `package:${namespace}:${event.data.packageNo}` as PackageId;
  if (event.type === 'package.sold') return { ...told, type: event.type, packageId, data: event.data };
  const { redeemNo } = event.data;
  // Without a number of its own it counts once for each event.
  const own =
    redeemNo == null
      ? { number: `\n${told.id}` }
      : ofMove(numbers, event.data, { number: redeemNo, at: told.occurredAt });
  if ('parked' in own) return own;
  const useId = `${namespace}:${own.number}` as PackageUseId;
  return { ...told, type: event.type, packageId, useId, data: event.data };
}
