/** 随机: fair, replayable, and telling nothing of one draw by another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf, drawBetween, drawCode, type Seed } from '../../../workers/decide/plain/random.ts';
import { seedMaker } from '../../../workers/engine/seeds.ts';

const seed: Seed = [1, 2, 3, 4, 5, 6, 7, 8];
const draws = (count: number, min: number, max: number, label = 'packet') =>
  Array.from({ length: count }, (_, index) => drawBetween(seed, `${label}/${String(index)}`, min, max));

/** Chi-squared over as many bins as there are values: about as large as the bins are many when all are equally likely. */
function unevenness(values: readonly number[], min: number, max: number): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const expected = values.length / (max - min + 1);
  let sum = 0;
  for (let value = min; value <= max; value += 1)
    sum += ((counts.get(value) ?? 0) - expected) ** 2 / expected;
  return sum;
}

test('every whole fen from 2.00 to 5.00 comes up, none markedly more often than the others', () => {
  const values = draws(60_000, 200, 500);
  expect([Math.min(...values), Math.max(...values)]).toEqual([200, 500]);
  // 300 degrees of freedom: one fair run in ten thousand is above 398.
  expect(unevenness(values, 200, 500)).toBeLessThan(398);
});

test('the same seed and label draw the same, another label or another seed something else', () => {
  const other: Seed = [1, 2, 3, 4, 5, 6, 7, 9];
  expect(draws(50, 0, 1_000_000)).toEqual(draws(50, 0, 1_000_000));
  expect(draws(50, 0, 1_000_000)).not.toEqual(draws(50, 0, 1_000_000, 'other'));
  expect(drawBetween(seed, 'x', 0, 1e9)).not.toBe(drawBetween(other, 'x', 0, 1e9));
});

test('neighbouring labels and neighbouring seeds do not move together', () => {
  const pairs = (draw: (index: number) => [number, number]): number => {
    const both = Array.from({ length: 8_000 }, (_, index) => draw(index));
    return unevenness(
      both.map(([a, b]) => a * 10 + b),
      0,
      99,
    );
  };
  const byLabel = pairs((index) => [
    drawBetween(seed, `c/packet/${String(index)}/0`, 0, 9),
    drawBetween(seed, `c/packet/${String(index)}/1`, 0, 9),
  ]);
  const bySeed = pairs((index) => [
    drawBetween([index, 2, 3, 4, 5, 6, 7, 8], 'c', 0, 9),
    drawBetween([index + 1, 2, 3, 4, 5, 6, 7, 8], 'c', 0, 9),
  ]);
  // 99 degrees of freedom: one fair run in ten thousand is above 158.
  expect([byLabel < 158, bySeed < 158]).toEqual([true, true]);
});

test('a draw never leaves its bounds, however wide they are', () => {
  const bound = fc.integer({ min: 0, max: 10_000_000_000 });
  fc.assert(
    fc.property(fc.string(), bound, bound, (label, one, other) => {
      const [min, max] = one < other ? [one, other] : [other, one];
      const drawn = drawBetween(seed, label, min, max);
      expect(Number.isSafeInteger(drawn) && drawn >= min && drawn <= max).toBe(true);
    }),
  );
});

test('a code has 14 characters that can be read out, and 20,000 of them are all different', () => {
  const codes = Array.from({ length: 20_000 }, (_, index) => drawCode(seed, String(index), 14));
  expect(codes.every((code) => /^[0-9A-HJKMNP-TV-Z]{14}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(codes.length);
});

test.each([
  [0, '000'],
  [31, '00Z'],
  [32, '010'],
  [32_767, 'ZZZ'],
  [32_768, '000'],
  [-1, '000'],
])('%d is written as %s in three characters, and begins again where they are used up', (number, code) => {
  expect(codeOf(number, 3)).toBe(code);
});

test('seeds follow from the merchant’s secret and the cause, and from nothing else', async () => {
  const causes = new Set(['sale-1', 'sale-2']);
  const [one, again, other] = await Promise.all(
    ['a secret', 'a secret', 'another'].map((secret) => seedMaker(secret)(causes)),
  );
  expect(again).toEqual(one);
  expect(one?.get('sale-1')).not.toEqual(one?.get('sale-2'));
  expect(other?.get('sale-1')).not.toEqual(one?.get('sale-1'));
});
