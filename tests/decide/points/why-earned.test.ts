/** 为什么没积分: one reason for each sale that earned nothing, and none for one that did. */
import { expect, test } from 'vitest';
import type { MemberId } from '../../../schema/index.ts';
import { whyNothingEarned } from '../../../workers/decide/points/why-earned.ts';

const told = {
  memberId: 'm_1' as MemberId,
  isHistory: false,
  voidedAt: null,
  keptFen: 10_000,
  paidFen: 10_000,
  points: 0,
};
const usual = { earningFen: 10_000, pointsFactorMilli: 1000 };

test.each([
  ['nobody bought it', { memberId: null }, usual, 'nobody'],
  ['nobody bought it, and it came back as well', { memberId: null, keptFen: 0 }, usual, 'nobody'],
  ['it was told for the record', { isHistory: true }, usual, 'history'],
  ['the till took it back', { voidedAt: 1, keptFen: 0 }, usual, 'voided'],
  ['all came back', { keptFen: 0 }, usual, 'returned'],
  ['nothing was paid', { paidFen: 0, keptFen: 0 }, { ...usual, earningFen: 0 }, 'unpaid'],
  ['its line earns nothing', {}, { ...usual, earningFen: 0 }, 'excluded'],
  ['its product has no factor', {}, { ...usual, pointsFactorMilli: 0 }, 'excluded'],
  ['it is less than a point', { paidFen: 90, keptFen: 90 }, { ...usual, earningFen: 90 }, 'small'],
  ['it earned', { points: 98 }, usual, null],
] as const)('%s', (_, sale, line, why) => {
  expect(whyNothingEarned({ sale: { ...told, ...sale }, lines: [line] })).toBe(why);
});
