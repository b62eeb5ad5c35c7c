/** 券的成绩 in a list: sent, revoked, used, and the rate of those that were used among all that were sent. */
import { effectiveRate, type Tally } from '../../../decide/coupons/tally.ts';
import { count, percent } from '../kit/format.ts';
import type { Figure } from '../kit/parts.tsx';

export const tallyFigures = (tally: Tally): Figure[] => {
  const rate = effectiveRate(tally);
  return [
    { label: '发出', value: count(tally.sent), unit: '张' },
    { label: '收回', value: count(tally.revoked), unit: '张' },
    { label: '用掉', value: count(tally.used), unit: '张' },
    ...(rate === null ? [] : [{ label: '有效率（用掉 ÷ 发出）', value: percent(rate) }]),
  ];
};

export const tallyColumns = <Row>(tallyOf: (row: Row) => Tally) =>
  [
    { label: '发出', show: (row: Row) => count(tallyOf(row).sent), isNumber: true },
    { label: '收回', show: (row: Row) => count(tallyOf(row).revoked), isNumber: true },
    { label: '用掉', show: (row: Row) => count(tallyOf(row).used), isNumber: true },
    {
      label: '有效率',
      show: (row: Row) => {
        const rate = effectiveRate(tallyOf(row));
        return rate === null ? '' : percent(rate);
      },
      isNumber: true,
    },
  ] as const;
