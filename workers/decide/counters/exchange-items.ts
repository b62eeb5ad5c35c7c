/** 兑换品库存: how many of one were exchanged. */
import type { ExchangeItem, ExchangeItemId } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

type By = { readonly itemId: ExchangeItemId; readonly count: number };

export const exchangeItems = defineCounter<ExchangeItem, By, number>()({
  noun: 'exchange-item',
  keyOf: ({ itemId }) => itemId,
  moved: (row, { count }) => row && { ...row, exchanged: row.exchanged + count },
  sum: (before, { count }) => (before ?? 0) + count,
});
