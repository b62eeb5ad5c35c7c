/** 抵扣: what each kind takes off which goods, to the fen. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CouponTemplateInput } from '../../../workers/decide/coupons/kinds/index.ts';
import type { CartLine } from '../../../workers/decide/coupons/use/cart.ts';
import { isMiss, takesOff, takesOffBill } from '../../../workers/decide/coupons/use/takes-off.ts';

const validity = { relative: { afterDays: 0, forDays: 7 } };
const drawn = (given: object) => CouponTemplateInput.parse({ name: '券', kind: 'cash', validity, ...given });
const only = (kind: string, ...ids: string[]) => ({ include: [{ kind, ids }] });
const but = (kind: string, ...ids: string[]) => ({ exclude: [{ kind, ids }] });

const line = (amountFen: number, given: Partial<CartLine> = {}): CartLine => ({
  lineNo: '1',
  sku: 'milk',
  categoryIds: ['奶粉'],
  brand: null,
  tags: [],
  quantityMilli: 1_000,
  amountFen,
  ...given,
});
const off = (given: object, ...lines: CartLine[]) =>
  takesOff(
    drawn(given),
    lines,
    lines.map(({ amountFen }) => amountFen),
  );

describe('K-53: every kind', () => {
  test.each<[string, object, unknown]>([
    ['9折 on 200 takes off 20.00', { kind: 'percent', payBps: 9000 }, { offFen: 2_000, shares: [2_000] }],
    [
      '9折 with an end of 15 takes off 15.00',
      { kind: 'percent', payBps: 9000, maxOffFen: 1_500 },
      { offFen: 1_500, shares: [1_500] },
    ],
    ['a cash coupon of 8 takes off 8.00', { valueFen: 800 }, { offFen: 800, shares: [800] }],
    ['a cash coupon of 300 gives no change', { valueFen: 30_000 }, { offFen: 20_000, shares: [20_000] }],
    ['a gift takes nothing off', { kind: 'gift' }, { offFen: 0, shares: [0] }],
    ['so do an experience', { kind: 'experience' }, { offFen: 0, shares: [0] }],
    ['and free postage', { kind: 'shipping' }, { offFen: 0, shares: [0] }],
  ])('%s', (_, given, expected) => expect(off(given, line(20_000))).toEqual(expected));

  test('8.5折 of 99.99 leaves 84.99 to be paid: half a fen goes up', () => {
    expect(off({ kind: 'percent', payBps: 8500 }, line(9_999))).toEqual({ offFen: 1_500, shares: [1_500] });
  });
});

test('K-48: a linseed-oil coupon of 80 works on linseed oil alone, and takes off no more than the oil costs', () => {
  const oil = { valueFen: 8_000, scope: only('sku', 'linseed') };
  expect(off(oil, line(9_900))).toEqual({ reason: 'EXCLUDED_ITEM' });
  expect(off(oil, line(9_900), line(3_800, { sku: 'linseed' }))).toEqual({
    offFen: 3_800,
    shares: [0, 3_800],
  });
});

test('K-07: 满80减8 on 79.99 is below the minimum, and says both numbers; only goods in scope count', () => {
  const eight = { valueFen: 800, minSpendFen: 8_000, scope: but('category', '特价') };
  expect(off(eight, line(7_999))).toEqual({ reason: 'BELOW_MIN', have: 7_999, need: 8_000 });
  const bargain = line(50_000, { categoryIds: ['特价'] });
  expect(off(eight, line(7_999), bargain)).toEqual({ reason: 'BELOW_MIN', have: 7_999, need: 8_000 });
  expect(off(eight, line(8_000), bargain)).toEqual({ offFen: 800, shares: [800, 0] });
});

describe('G-12: a presale voucher, 20 yuan and from 618 another 61.80, not on special prices', () => {
  const voucher = {
    valueFen: 2_000,
    furtherFromFen: 61_800,
    furtherOffFen: 6_180,
    scope: but('tag', '特价'),
  };
  test.each([
    [61_800, 8_180],
    [61_799, 2_000],
    [100_000, 8_180],
  ])('of %d fen it takes off %d', (paid, expected) => {
    expect(off(voucher, line(paid))).toEqual({ offFen: expected, shares: [expected] });
    const special = line(90_000, { tags: ['特价'] });
    expect(off(voucher, line(paid), special)).toEqual({ offFen: expected, shares: [expected, 0] });
  });
});

test('no fen is lost or made: the shares add up, and none is more than its line', () => {
  const lines = fc.array(fc.nat(2_000_000), { minLength: 1, maxLength: 30 });
  const kinds = fc.oneof(
    fc.record({ valueFen: fc.integer({ min: 1, max: 3_000_000 }) }),
    fc.record({ kind: fc.constant('percent'), payBps: fc.integer({ min: 1, max: 9_999 }) }),
  );
  fc.assert(
    fc.property(lines, kinds, (fen, given) => {
      const found = off(given, ...fen.map((one) => line(one)));
      if (isMiss(found)) return;
      expect(found.shares.reduce((sum, one) => sum + one, 0)).toBe(found.offFen);
      expect(found.shares.every((share, place) => share >= 0 && share <= (fen[place] ?? 0))).toBe(true);
    }),
  );
});

test('of a bill without its goods: a minimum needs the sum, and so does 折扣; cash from nothing on needs neither', () => {
  expect(takesOffBill(drawn({ valueFen: 800, minSpendFen: 8_000 }), null)).toBeNull();
  expect(takesOffBill(drawn({ kind: 'percent', payBps: 9000 }), null)).toBeNull();
  expect(takesOffBill(drawn({ valueFen: 800 }), null)).toEqual({ offFen: 800 });
  expect(takesOffBill(drawn({ valueFen: 800 }), 500)).toEqual({ offFen: 500 });
  expect(takesOffBill(drawn({ kind: 'percent', payBps: 9000 }), 20_000)).toEqual({ offFen: 2_000 });
});
