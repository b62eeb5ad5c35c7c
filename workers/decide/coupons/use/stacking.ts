/** 叠加: which coupons may stand together on one receipt, what they take off one after the other, and which of them take off most. */
import type { CouponId, CouponTemplateDefinition, TemplateId } from '../../../../schema/index.ts';
import { couponKindOf } from '../kinds/index.ts';
import type { CartLine } from './cart.ts';
import { isMiss, reachFen, takesOff, type OffMiss } from './takes-off.ts';

export type Candidate = {
  readonly code: CouponId;
  readonly templateId: TemplateId;
  readonly definition: CouponTemplateDefinition;
};

export type Applied = Candidate & { readonly offFen: number; readonly shares: readonly number[] };

export type StackMiss =
  | { readonly reason: 'DOES_NOT_STACK'; readonly with: CouponId }
  | { readonly reason: 'PER_SALE_LIMIT'; readonly need: number };

type Standing = Pick<Candidate, 'code' | 'templateId' | 'definition'>;

/** Null when it may stand beside all of these. */
export function stackMiss(one: Standing, others: readonly Standing[]): StackMiss | null {
  const against = others.find((other) => !standTogether(one, other));
  if (against) return { reason: 'DOES_NOT_STACK', with: against.code };
  const { perSale } = one.definition;
  const same = others.filter(({ templateId }) => templateId === one.templateId).length;
  return perSale !== null && same >= perSale ? { reason: 'PER_SALE_LIMIT', need: perSale } : null;
}

const standTogether = (one: Standing, other: Standing): boolean =>
  one.templateId === other.templateId
    ? one.definition.stacksWith === 'any'
    : one.definition.stacksWith !== 'none' && other.definition.stacksWith !== 'none';

export type Priced = {
  readonly applied: readonly Applied[];
  readonly missed: readonly (Candidate & { readonly miss: OffMiss })[];
  readonly offFen: number;
};

/**
 * One after the other, whatever order they are named in: first those for fewer goods, then 折扣 before 代金, so that what a coupon can
 * only take off certain goods is not taken off them by another.
 */
export function priced(chosen: readonly Candidate[], lines: readonly CartLine[]): Priced {
  let left = lines.map(({ amountFen }) => amountFen);
  const applied: Applied[] = [];
  const missed: (Candidate & { miss: OffMiss })[] = [];
  for (const one of inOrder(chosen, lines)) {
    const off = takesOff(one.definition, lines, left);
    if (isMiss(off)) {
      missed.push({ ...one, miss: off });
      continue;
    }
    left = left.map((fen, place) => fen - (off.shares[place] ?? 0));
    applied.push({ ...one, ...off });
  }
  return { applied, missed, offFen: applied.reduce((sum, { offFen }) => sum + offFen, 0) };
}

function inOrder(chosen: readonly Candidate[], lines: readonly CartLine[]): readonly Candidate[] {
  if (chosen.length < 2) return chosen;
  const reach = new Map<TemplateId, number>();
  for (const { templateId, definition } of chosen) {
    if (reach.has(templateId)) continue;
    reach.set(templateId, reachFen(definition, lines));
  }
  const turn = ({ definition }: Candidate): number => couponKindOf(definition).moneyOff?.turn ?? 0;
  const order = (one: Candidate, other: Candidate): number =>
    (reach.get(one.templateId) ?? 0) - (reach.get(other.templateId) ?? 0) ||
    turn(one) - turn(other) ||
    (one.code < other.code ? -1 : 1);
  return chosen.toSorted(order);
}

const isMoneyOff = ({ definition }: Candidate): boolean => couponKindOf(definition).moneyOff !== null;

/**
 * 最省的用法: of all that may stand together, those that take off most; of what takes off nothing more, nothing is used up. Another
 * coupon beside others never makes it less, so either one stands alone or all that stack do. What is handed over, done or sent takes
 * nothing off and is for the customer to choose. `known` is what some of them take off alone.
 */
export function best(
  candidates: readonly Candidate[],
  lines: readonly CartLine[],
  known: readonly Applied[] = [],
): Priced {
  const money = candidates.filter(isMoneyOff);
  let found = priced([], lines);
  const tried = new Map(known.map((one) => [one.code, { applied: [one], missed: [], offFen: one.offFen }]));
  const alone = new Map(money.map((one) => [one.code, tried.get(one.code) ?? priced([one], lines)]));
  for (const one of alone.values()) found = better(found, one);
  const together: Candidate[] = [];
  for (const one of money) {
    if (one.definition.stacksWith !== 'none' && stackMiss(one, together) === null) together.push(one);
  }
  return better(found, spared(priced(together, lines), lines, alone));
}

const better = (one: Priced, other: Priced): Priced => {
  const isMore = other.offFen > one.offFen;
  const isFewer = other.offFen === one.offFen && other.applied.length < one.applied.length;
  return isMore || (isFewer && other.offFen > 0) ? other : one;
};

type Alone = ReadonlyMap<CouponId, Pick<Priced, 'offFen'>>;

/** Without it those before it take off what they do, and those after it at most what they would alone: that has to be enough. */
function mayBeSpared({ code }: Candidate, { applied, offFen }: Priced, alone: Alone): boolean {
  const place = applied.findIndex((one) => one.code === code);
  const most = applied.map((one, at) => {
    if (at === place) return 0;
    return at < place ? one.offFen : (alone.get(one.code)?.offFen ?? 0);
  });
  return most.reduce((sum, fen) => sum + fen, 0) >= offFen;
}

/** Leaves out what is not needed for the same sum: only where goods run out does a coupon do less than it could. */
function spared(all: Priced, lines: readonly CartLine[], alone: Alone): Priced {
  const isWhole = all.applied.every(({ code, offFen }) => offFen === alone.get(code)?.offFen);
  if (isWhole) return { ...all, missed: [] };
  // What took nothing off took nothing from the others.
  let kept: Priced = { ...all, missed: [] };
  for (const one of all.applied.toSorted((a, b) => a.offFen - b.offFen)) {
    if (!mayBeSpared(one, kept, alone)) continue;
    const without = priced(
      kept.applied.filter(({ code }) => code !== one.code),
      lines,
    );
    if (without.offFen >= kept.offFen) kept = without;
  }
  return { ...kept, missed: [] };
}
