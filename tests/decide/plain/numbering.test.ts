import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberings, numberParts, type NumberPlace } from '../../../schema/index.ts';
import {
  isFiner,
  numbered,
  numberedFormerly,
  numberingOf,
  numberingWith,
} from '../../../workers/decide/plain/numbering.ts';

const place: NumberPlace = { store: '8005', terminal: '01', day: '2026-11-22' };

test.each([
  ['unique', '372'],
  ['per-store', '372@8005'],
  ['per-store-day', '372@8005/2026-11-22'],
  ['per-terminal-day', '372@8005/01/2026-11-22'],
] as const)('numbered %s, receipt 372 is known as %s', (numbering, number) => {
  expect(numbered(numbering, '372', () => place)).toEqual({ number });
});

test('the first part that is not said is named', () => {
  expect(numbered('per-terminal-day', '372', () => ({ ...place, terminal: '' }))).toEqual({
    missing: 'terminal',
  });
  expect(numbered('per-store-day', '372', () => ({ store: null }))).toEqual({ missing: 'store' });
});

test('unique until said otherwise', () => {
  expect([null, {}, { numbering: 'per-shop' }, { numbering: 'per-store' }].map(numberingOf)).toEqual([
    'unique',
    'unique',
    'unique',
    'per-store',
  ]);
});

test.each([
  ['per-store', { number: '1@A', store: 'B' }, { number: '1', store: 'A@B' }],
  ['per-store-day', { number: '1', store: 'A/B', day: 'C' }, { number: '1', store: 'A', day: 'B/C' }],
  ['per-store', { number: '1', store: '%40' }, { number: '1', store: '@' }],
] as const)(
  'numbered %s, what joins the parts and stands in them too makes no two receipts one: %j, %j',
  (numbering, one, other) => {
    expect(numbered(numbering, one.number, () => one)).not.toEqual(
      numbered(numbering, other.number, () => other),
    );
  },
);

test('two receipts are one only if their number and every part that counts agree, whatever characters stand in them', () => {
  const part = fc.string({
    unit: fc.constantFrom('1', '@', '/', '%', '4', '0', '2', 'F'),
    minLength: 1,
    maxLength: 5,
  });
  const receipt = fc.record({ number: part, store: part, terminal: part, day: part });
  fc.assert(
    fc.property(receipt, receipt, fc.constantFrom(...numberings), (one, other, numbering) => {
      const [a, b] = [one, other].map((each) => numbered(numbering, each.number, () => each));
      const counted = ['number', ...numberParts[numbering]] as const;
      expect(JSON.stringify(a) === JSON.stringify(b)).toBe(
        counted.every((name) => one[name] === other[name]),
      );
    }),
    { numRuns: 2000 },
  );
});

test('what is numbered by terminal and day was known by less before, the latest first', () => {
  expect(numberedFormerly('per-terminal-day', '372', place)).toEqual([
    '372@8005/2026-11-22',
    '372@8005',
    '372',
  ]);
  expect(numberedFormerly('unique', '372', place)).toEqual([]);
});

test('a rule is finer than those before it, and never than itself', () => {
  const finer = numberings.map((one) => numberings.filter((other) => isFiner(one, other)).length);
  expect(finer).toEqual([0, 1, 2, 3]);
});

test.each([
  [['store'], 'per-store'],
  [['day'], 'per-store-day'],
  [['store', 'day'], 'per-store-day'],
  [['terminal'], 'per-terminal-day'],
] as const)('receipts that differ in %j are told apart by %s', (parts, numbering) => {
  expect(numberingWith(parts)).toBe(numbering);
});
