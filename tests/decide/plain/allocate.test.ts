/** 分摊: a discount shared out over the lines of a ticket, to the fen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from '../../../workers/decide/plain/allocate.ts';

test.each<[number, number[], number[]]>([
  [100, [1, 1, 1], [34, 33, 33]],
  [1, [5, 5], [1, 0]],
  [1000, [20_720, 0, 10_360], [667, 0, 333]],
  [7, [0, 0], [7, 0]],
  [0, [3, 4], [0, 0]],
  [5, [], []],
  [10_000_000_000, [9_999_999_999, 1], [9_999_999_999, 1]],
])('%d fen over %j are %j', (total, weights, shares) => {
  expect(allocate(total, weights)).toEqual(shares);
});

test('no fen is lost or made, and nobody is more than a fen away from the exact share', () => {
  // A cart's, and what no shop takes in a year: the one is divided as numbers, the other is too large for them.
  const cart = fc.tuple(
    fc.integer({ min: 0, max: 50_000 }),
    fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 40 }),
  );
  const year = fc.tuple(
    fc.integer({ min: 0, max: 10_000_000_000 }),
    fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.oneof(cart, year), ([total, given]) => {
      const shares = allocate(total, given);
      const whole = given.reduce((sum, weight) => sum + weight, 0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
      if (whole === 0) return;
      shares.forEach((share, place) => {
        const offBy = BigInt(share) * BigInt(whole) - BigInt(total) * BigInt(given[place] ?? 0);
        expect(offBy > -BigInt(whole) && offBy < BigInt(whole)).toBe(true);
      });
    }),
  );
});
