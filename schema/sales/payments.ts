/** 付款号: by which payment a sale was paid, where its system names a return by the payment alone. */
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { SaleId } from '../plain/ids.ts';

export const salePayments = sqliteTable('sale_payments', {
  /** As `ofPayment` writes it: an id that no sale can have. */
  payment: text().primaryKey().$type<SaleId>(),
  saleId: text().notNull().$type<SaleId>(),
});
export type SalePayment = typeof salePayments.$inferSelect;
