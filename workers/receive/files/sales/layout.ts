/** 销售表的版式: rows of one order number are one receipt, and what belongs to all of it may stand in any of them. */
import type { Layout } from '../layout.ts';
import { salesColumns } from './columns.ts';
import { lineKeys } from './line.ts';

export const salesLayout = {
  kind: 'sales',
  columns: salesColumns,
  together: 'orderNo',
  /** Rows with different values of these contradict each other. */
  headKeys: salesColumns.map(({ key, as }) => as ?? key).filter((key) => !lineKeys.has(key)),
  sameBy: ['orderNo'],
} as const satisfies Layout;
