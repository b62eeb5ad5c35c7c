/** 叠加: which coupons stand together, and which of them take off most. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CouponId, TemplateId } from '../../../schema/index.ts';
import { CouponTemplateInput } from '../../../workers/decide/coupons/kinds/index.ts';
import type { CartLine } from '../../../workers/decide/coupons/use/cart.ts';
import { best, priced, stackMiss, type Candidate } from '../../../workers/decide/coupons/use/stacking.ts';

const validity = { relative: { afterDays: 0, forDays: 7 } };
/** `A1` and `A2` are two coupons of template A. */
function coupon(code: string, given: object = {}): Candidate {
  const kind = 'kind' in given ? {} : { kind: 'cash', valueFen: 1_000 };
  return {
    code: code as CouponId,
    templateId: code.slice(0, 1) as TemplateId,
    definition: CouponTemplateInput.parse({ name: '券', validity, ...kind, ...given }),
  };
}
const line = (amountFen: number, sku = 'milk'): CartLine => ({
  lineNo: sku,
  sku,
  categoryIds: [],
  brand: null,
  tags: [],
  quantityMilli: 1_000,
  amountFen,
});
const on = (...ids: string[]) => ({ scope: { include: [{ kind: 'sku', ids }] } });

describe('what may stand beside what', () => {
  test.each<[string, string, string, boolean]>([
    ['A1', 'none', 'any', false],
    ['A1', 'other-templates', 'none', false],
    ['A1', 'other-templates', 'other-templates', true],
    ['A1', 'any', 'other-templates', true],
  ])('%s of %s beside another template of %s: %s', (code, own, other, isLawful) => {
    const miss = stackMiss(coupon(code, { stacksWith: own }), [coupon('B1', { stacksWith: other })]);
    expect(miss).toEqual(isLawful ? null : { reason: 'DOES_NOT_STACK', with: 'B1' });
  });

  test('two of one template only where it says any, and no more than it says', () => {
    const two = (stacksWith: string, perSale: number | null = null) =>
      stackMiss(coupon('A2', { stacksWith, perSale }), [coupon('A1', { stacksWith, perSale })]);
    expect(two('other-templates')).toEqual({ reason: 'DOES_NOT_STACK', with: 'A1' });
    expect(two('any')).toBeNull();
    expect(two('any', 1)).toEqual({ reason: 'PER_SALE_LIMIT', need: 1 });
    expect(two('any', 2)).toBeNull();
  });
});

test('a coupon for the oil comes before one for everything, in whatever order they are named', () => {
  const cart = [line(5_000, 'oil'), line(5_000)];
  const all = coupon('A1', { valueFen: 5_000, stacksWith: 'any' });
  const oil = coupon('B1', { valueFen: 5_000, stacksWith: 'any', ...on('oil') });
  for (const named of [
    [all, oil],
    [oil, all],
  ])
    expect(priced(named, cart).offFen).toBe(10_000);
});

test('折扣 comes before 代金: 9折 of 200 and then 10 off is 30 off', () => {
  const tenth = coupon('A1', { kind: 'percent', payBps: 9000, stacksWith: 'any' });
  const ten = coupon('B1', { stacksWith: 'any' });
  expect(priced([ten, tenth], [line(20_000)]).offFen).toBe(3_000);
});

describe('the best of them', () => {
  test('one of 30 that stands alone beats two of 10 that stack, and three of 10 with another of 5 beat it', () => {
    const alone = coupon('A1', { valueFen: 3_000 });
    const tens = ['B1', 'B2', 'B3'].map((code) => coupon(code, { stacksWith: 'any' }));
    const five = coupon('C1', { valueFen: 500, stacksWith: 'any' });
    const codes = (...all: Candidate[]) => best(all, [line(20_000)]).applied.map(({ code }) => code);
    expect(codes(alone, ...tens.slice(0, 2))).toEqual(['A1']);
    expect(codes(alone, ...tens, five)).toEqual(['B1', 'B2', 'B3', 'C1']);
  });

  test('nothing is used up for nothing: for goods of 10 one coupon of 10 is enough', () => {
    const tens = ['A1', 'A2', 'A3'].map((code) => coupon(code, { stacksWith: 'any' }));
    expect(best(tens, [line(1_000)]).applied).toHaveLength(1);
  });

  test('what takes nothing off is not among them', () => {
    expect(best([coupon('A1', { kind: 'gift' })], [line(1_000)]).applied).toEqual([]);
  });

  test('is never less than any other lawful choice, but for the fen that rounding moves', () => {
    const one = fc.record({
      template: fc.constantFrom('A', 'B', 'C', 'D'),
      sku: fc.constantFrom('milk', 'oil', ''),
    });
    const drawn = fc.dictionary(
      fc.constantFrom('A', 'B', 'C', 'D'),
      fc.record({
        off: fc.oneof(
          fc.record({ valueFen: fc.integer({ min: 1, max: 9_000 }) }),
          fc.record({ kind: fc.constant('percent'), payBps: fc.integer({ min: 1_000, max: 9_999 }) }),
        ),
        minSpendFen: fc.nat(8_000),
        stacksWith: fc.constantFrom('none', 'other-templates', 'any'),
        perSale: fc.constantFrom(null, 1, 2),
        sku: fc.constantFrom('milk', 'oil', ''),
      }),
    );
    const carts = fc.record({ milk: fc.nat(9_000), oil: fc.nat(9_000) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), drawn, carts, (held, templates, cart) => {
        const lines = [line(cart.milk), line(cart.oil, 'oil')];
        const candidates = held.flatMap(({ template }, place) => {
          const given = templates[template];
          if (!given) return [];
          const { off, sku, ...more } = given;
          const scope = sku === '' ? {} : on(sku);
          return [coupon(`${template}${String(place)}`, { ...off, ...more, ...scope })];
        });
        const most = Math.max(0, ...lawful(candidates).map((some) => priced(some, lines).offFen));
        expect(best(candidates, lines).offFen).toBeGreaterThanOrEqual(most - candidates.length);
      }),
    );
  });
});

/** Every choice that may stand together. */
function lawful(all: readonly Candidate[]): Candidate[][] {
  const [first, ...others] = all;
  if (first === undefined) return [[]];
  const without = lawful(others);
  const withIt = without
    .filter((some) => some.every((one) => stackMiss(one, [first]) === null || isLimit(one, first)))
    .map((some) => [first, ...some])
    .filter((some) => some.every((one, place) => stackMiss(one, some.slice(0, place)) === null));
  return [...without, ...withIt];
}

const isLimit = (one: Candidate, other: Candidate): boolean =>
  stackMiss(one, [other])?.reason === 'PER_SALE_LIMIT';
