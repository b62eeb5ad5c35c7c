/** 套餐的变化: the row as one step leaves it, with what is owed for it from then on; and what becomes of a step that cannot be. */
import type { Member, Package, PackageItem, PackageMiss, StoreId } from '../../../schema/index.ts';
import { park, refuse, type Decision, type Effect } from '../effects.ts';
import { headOf, type World } from '../world.ts';
import { refundOf } from './held.ts';

/** Whoever waits is told; otherwise it has happened already, and a person has to look. */
export const missedPackage = (
  { isAsked }: { readonly isAsked?: true },
  packageNo: string,
  miss: PackageMiss,
): Decision => (isAsked ? refuse({ code: 'PACKAGE', miss }) : park({ code: 'PACKAGE', packageNo, miss }));

/** Of whoever was forgotten nothing is redeemed. */
export function holderOf(world: World, { memberId }: Package): Member | null {
  const member = world.members.get(memberId);
  return member && member.deletedAt === null ? member : null;
}

export function withUsed(held: Package, item: PackageItem, count: number): Package {
  const items = held.items.map((one) => (one.id === item.id ? { ...one, used: one.used + count } : one));
  return { ...held, items, used: held.used + count };
}

type Why = { readonly cause: string; readonly at: number; readonly storeId: StoreId };

/** 预付: what is owed for it follows from its row; the account moves by the difference. */
export function becomes(
  world: World,
  [before, after]: readonly [Package | null, Package],
  why: Why,
): Effect[] {
  const { memberId } = after;
  const wanted = refundOf(after) - (before ? refundOf(before) : 0);
  const delta = Math.max(-headOf(world, memberId, 'prepaid').balance, wanted);
  const row = { ...after, changes: before ? before.changes + 1 : 0 };
  const put: Effect = { type: 'package.put', row };
  if (delta === 0) return [put];
  return [put, { type: 'ledger.post', memberId, account: 'prepaid', delta, overdraft: false, ...why }];
}
