/** 退券: what becomes of the coupons of a receipt when its goods come back. */
import type { Coupon, CouponTemplateDefinition, Sale, SaleLine, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import type { Effect } from '../../effects.ts';
import { isInScope } from '../../sales/scope.ts';
import { isKept } from '../../sales/remaining.ts';
import { localDate } from '../../plain/dates.ts';
import type { World } from '../../world.ts';
import { freed } from '../freed.ts';

type Return = {
  readonly sale: Sale;
  /** What is left of it. */
  readonly left: readonly SaleLine[];
  readonly cause: string;
  readonly at: number;
  readonly storeId: StoreId;
};

/** After a void all of them, after a return as the template says. A coupon whose time is over is over all the same. */
export function giveBack(world: World, { sale, left, cause, at, storeId }: Return): Effect[] {
  const used = [...world.coupons.values()].filter(({ usedFor }) => usedFor === `sale:${sale.id}`);
  const sold = world.lines.get(sale.id) ?? [];
  return used
    .filter((coupon) => {
      const definition = world.config.templates.get(coupon.templateId);
      if (sale.voidedAt !== null || !definition) return sale.voidedAt !== null;
      if (!isKept(left)) return definition.giveBack;
      return definition.onPartialReturn === 'give-back' && !reaches(coupon, definition, sold, left);
    })
    .flatMap((coupon) => {
      const { id, flag, issuedAt } = coupon;
      const on = localDate(issuedAt, timezoneOf(world.config, sale.storeId));
      const back: Effect = {
        type: 'coupon.step',
        couponId: id,
        step: { act: 'given-back' },
        cause,
        at,
        storeId,
      };
      // What was earned by goods that came back goes back to the stock.
      return flag === null ? [back] : [back, ...freed(world, coupon, on)];
    });
}

/** Lines hold what was paid for them: the price they had before the coupon follows from what it was then taken off. */
function reaches(
  { onFen }: Coupon,
  { scope, minSpendFen }: CouponTemplateDefinition,
  sold: readonly SaleLine[],
  left: readonly SaleLine[],
): boolean {
  const inScope = left.filter((line) => line.quantityMilli > 0 && isInScope(line, scope));
  if (inScope.length === 0) return false;
  const keptFen = paidFor(inScope);
  const soldFen = paidFor(sold.filter((line) => isInScope(line, scope)));
  if (onFen === null || soldFen === 0) return keptFen >= minSpendFen;
  // Nobody loses a coupon by a fen of rounding.
  return Math.ceil((onFen * keptFen) / soldFen) >= minSpendFen;
}

const paidFor = (lines: readonly SaleLine[]): number =>
  lines.reduce((sum, { kind, paidFen }) => sum + (kind === 'exchange_in' ? 0 : paidFen), 0);
