/** 抵扣: what one coupon takes off a cart, and off which lines, to the fen. */
import type { CouponTemplateDefinition } from '../../../../schema/index.ts';
import { allocate } from '../../plain/allocate.ts';
import { isInScope } from '../../sales/scope.ts';
import { couponKindOf } from '../kinds/index.ts';
import type { CartLine } from './cart.ts';

/** Why it takes nothing off these goods. */
export type OffMiss =
  | { readonly reason: 'EXCLUDED_ITEM' }
  | { readonly reason: 'BELOW_MIN'; readonly have: number; readonly need: number }
  /** Other coupons have taken everything already. */
  | { readonly reason: 'NOTHING_LEFT' };

export type Off = { readonly offFen: number; readonly shares: readonly number[] };

/**
 * The minimum is looked for in the prices of the goods in scope, whatever other coupons take off them. `left` is what is still to
 * be paid of each line: no coupon takes more, and none gives change.
 */
export function takesOff(
  definition: CouponTemplateDefinition,
  lines: readonly CartLine[],
  left: readonly number[],
): Off | OffMiss {
  const { minSpendFen: need } = definition;
  const { isIn, isAny, fen: have } = reachOf(definition, lines);
  if (!isAny) return { reason: 'EXCLUDED_ITEM' };
  if (have < need) return { reason: 'BELOW_MIN', have, need };
  const weights: number[] = [];
  let leftFen = 0;
  for (let place = 0; place < left.length; place += 1) {
    const fen = isIn[place] ? (left[place] ?? 0) : 0;
    weights.push(fen);
    leftFen += fen;
  }
  const { moneyOff } = couponKindOf(definition);
  if (moneyOff === null) return { offFen: 0, shares: weights.map(() => 0) };
  const offFen = Math.min(moneyOff.dueFen(definition, have, leftFen), leftFen);
  return offFen > 0 ? { offFen, shares: allocate(offFen, weights) } : { reason: 'NOTHING_LEFT' };
}

/** What it takes off a bill of which only the sum is known: whoever asks has looked at the goods. Null where that does not say it. */
export function takesOffBill(
  definition: CouponTemplateDefinition,
  payableFen: number | null,
): Omit<Off, 'shares'> | OffMiss | null {
  const { minSpendFen: need } = definition;
  const { moneyOff } = couponKindOf(definition);
  if (payableFen === null) {
    const sureFen = moneyOff ? moneyOff.sureFen(definition) : 0;
    return need === 0 && sureFen !== null ? { offFen: sureFen } : null;
  }
  if (payableFen < need) return { reason: 'BELOW_MIN', have: payableFen, need };
  if (moneyOff === null) return { offFen: 0 };
  const offFen = Math.min(moneyOff.dueFen(definition, payableFen, payableFen), payableFen);
  return offFen > 0 ? { offFen } : { reason: 'NOTHING_LEFT' };
}

export const isMiss = (off: object): off is OffMiss => 'reason' in off;

/** The price of the goods in scope. */
export const reachFen = (definition: CouponTemplateDefinition, lines: readonly CartLine[]): number =>
  reachOf(definition, lines).fen;

type Reach = { readonly isIn: readonly boolean[]; readonly isAny: boolean; readonly fen: number };

/** A quote tries the same templates on the same cart hundreds of times: which lines are in scope is found once for each. */
const reaches = new WeakMap<readonly CartLine[], Map<CouponTemplateDefinition, Reach>>();

function reachOf(definition: CouponTemplateDefinition, lines: readonly CartLine[]): Reach {
  const ofCart = reaches.get(lines) ?? new Map<CouponTemplateDefinition, Reach>();
  reaches.set(lines, ofCart);
  const known = ofCart.get(definition);
  if (known) return known;
  const isIn = lines.map((line) => isInScope(line, definition.scope));
  const fen = sumOf(lines.map(({ amountFen }, place) => (isIn[place] ? amountFen : 0)));
  const reach = { isIn, isAny: isIn.includes(true), fen };
  ofCart.set(definition, reach);
  return reach;
}

const sumOf = (fen: readonly number[]): number => fen.reduce((sum, one) => sum + one, 0);
