/** 核销套餐: pieces of one item, once for each number, never more than are left; refused once the package is over. */
import type {
  Package,
  PackageItem,
  PackageMiss,
  PackageRedeemed,
  PackageUse,
  StoreId,
} from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { isOver, itemNamed, leftOf } from '../../packages/held.ts';
import { becomes, holderOf, missedPackage, withUsed } from '../../packages/moves.ts';
import { newStore } from '../../sales/new-store.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const packageRedeemed: On<PackageRedeemed> = {
  needs({ packageId, useId }, ask) {
    ask.rows('packages', packageId);
    ask.rows('packageUses', useId);
  },
  decide: onPackageRedeemed,
};

function onPackageRedeemed(world: World, event: PackageRedeemed): Decision {
  const { data, packageId, useId, occurredAt: at } = event;
  const { packageNo, count } = data;
  const held = world.packages.get(packageId);
  // A till sends what it has in any order: an item may be redeemed here before its package is sold.
  if (!held && !event.isAsked) return { verdict: 'waiting', saleId: packageId };
  const member = held && holderOf(world, held);
  if (!held || !member) return missedPackage(event, packageNo, { reason: 'UNKNOWN_PACKAGE' });
  const item = itemNamed(held, data.item);
  const known = world.packageUses.get(useId);
  if (known) {
    const isSame = known.packageId === packageId && known.itemId === item?.id && known.count === count;
    // What was undone is not done again under its number: whoever sends an answer twice means the first.
    const isDone = isSame && (known.undoneAt === null || !event.isAsked);
    return isDone
      ? ignore({ code: 'PACKAGE_KNOWN', packageNo })
      : missedPackage(event, packageNo, { reason: 'NUMBER_TAKEN' });
  }
  const found = usableOf(held, { item, named: data.item, count, at });
  if ('reason' in found) return missedPackage(event, packageNo, found);
  const storeId = data.store.id as StoreId;
  const row: PackageUse = {
    id: useId,
    packageId,
    storeId,
    itemId: found.id,
    count,
    at,
    by: event.by ?? null,
    undoneAt: null,
  };
  return accept([
    ...newStore(world, data.store),
    // Raises the member's version: of two that redeem at once the second looks at what the first has left.
    { type: 'member.put', member },
    ...becomes(world, [held, withUsed(held, found, count)], {
      cause: `package-used:${useId}`,
      at,
      storeId,
    }),
    { type: 'package-use.put', row },
  ]);
}

type Wanted = {
  readonly item: PackageItem | undefined;
  readonly named: string;
  readonly count: number;
  readonly at: number;
};

function usableOf(held: Package, { item, named, count, at }: Wanted): PackageItem | PackageMiss {
  const { refundedAt, refundedFen, validUntil, items } = held;
  if (refundedAt !== null)
    return { reason: 'ALREADY_REFUNDED', refundedFen: refundedFen ?? 0, at: refundedAt };
  if (isOver(held, at) && validUntil !== null) return { reason: 'PACKAGE_EXPIRED', validUntil };
  if (!item) return { reason: 'UNKNOWN_ITEM', item: named, items: items.map(({ id }) => id) };
  const have = leftOf(item);
  return have < count ? { reason: 'NOTHING_LEFT', item: item.name, have, need: count } : item;
}
