/** 套餐里还有什么: what is left of each item, what the shop owes for it, and how it stands at a moment. */
import type { Package, PackageItem } from '../../../schema/index.ts';

export const leftOf = ({ count, used }: Pick<PackageItem, 'count' | 'used'>): number => count - used;

/** By its id, else by its name: a counter knows the one, a person the other. */
export const itemNamed = ({ items }: Pick<Package, 'items'>, named: string): PackageItem | undefined =>
  items.find(({ id }) => id === named) ?? items.find(({ name }) => name === named);

type Priced = Pick<Package, 'items' | 'paidFen' | 'count' | 'used' | 'refundedAt'>;

/**
 * 退款 = 实付 − 已用 × 单次价, never below 0. Prices are whole fen and counts whole numbers, so that nothing is rounded. Of what is used
 * up, or was paid back, nothing is owed any more.
 */
export function refundOf({ items, paidFen, count, used, refundedAt }: Priced): number {
  if (refundedAt !== null || used >= count) return 0;
  const usedFen = items.reduce((sum, item) => sum + item.used * item.unitPriceFen, 0);
  return Math.max(0, paidFen - usedFen);
}

export const packageStandings = ['open', 'used-up', 'expired', 'refunded'] as const;
export type PackageStanding = (typeof packageStandings)[number];

/** Nothing has to run at night for a package to be over. */
export function packageStandingOf(held: Package, now: number): PackageStanding {
  if (held.refundedAt !== null) return 'refunded';
  if (held.used >= held.count) return 'used-up';
  return isOver(held, now) ? 'expired' : 'open';
}

export const isOver = ({ validUntil }: Pick<Package, 'validUntil'>, at: number): boolean =>
  validUntil !== null && at >= validUntil;
