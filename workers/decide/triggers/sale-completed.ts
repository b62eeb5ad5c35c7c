/** 买了东西: a sale that is kept. Its own settlement decides it, and every return again. */
import { defineTrigger, ofMember } from './define.ts';

export const saleCompleted = defineTrigger({
  kind: 'sale.completed',
  label: '买了东西（一笔销售）',
  gift: '消费',
  brings: [...ofMember, 'ordersBefore', 'basket'],
  word: 'sale',
  isNamed: true,
  reversedBy: 'sale.voided',
});
