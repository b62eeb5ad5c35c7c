/** 对账: what a source says it sold in a day, store by store, beside what was received of it. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import * as z from 'zod';
import { StoreId } from '../plain/ids.ts';
import { Fen, wholeNumberMax } from '../plain/values.ts';

const reconciledStoresMax = 500;
/** Receipts of a store's day, and of all stores together: they stand in one row. */
const numbersMax = 3_000;
const numbersInAllMax = 20_000;
const Count = z.int().min(0).max(wholeNumberMax);

export const StoreTotals = z.strictObject({
  id: StoreId,
  orders: Count.meta({ description: 'Sales of the business day that were not voided.' }),
  refunds: Count.optional(),
  paidFen: Fen.meta({ description: 'What these sales were paid with, before refunds.' }),
  refundedFen: Fen.optional(),
  /** 单号: with them the missing receipt itself is named. */
  orderNos: z.array(z.string().trim().min(1).max(64)).max(numbersMax).optional(),
});
export type StoreTotals = z.infer<typeof StoreTotals>;

export const DayTotals = z.strictObject({
  stores: z
    .array(StoreTotals)
    .min(1)
    .max(reconciledStoresMax)
    .refine((stores) => new Set(stores.map(({ id }) => id)).size === stores.length, 'names a store twice')
    .refine(
      (stores) => stores.reduce((sum, { orderNos = [] }) => sum + orderNos.length, 0) <= numbersInAllMax,
      'lists more than 20,000 receipts',
    ),
});
export type DayTotals = z.infer<typeof DayTotals>;

/** What was received of a store's day. */
export const StoreReceived = z.strictObject({
  orders: z.int(),
  refunds: z.int(),
  paidFen: z.int(),
  refundedFen: z.int(),
});
export type StoreReceived = z.infer<typeof StoreReceived>;

export const totalNames = ['orders', 'refunds', 'paidFen', 'refundedFen'] as const;

export const StoreCompared = z.strictObject({
  id: z.string(),
  said: StoreTotals.omit({ id: true, orderNos: true })
    .nullable()
    .meta({ description: 'Null when the source did not name the store.' }),
  received: StoreReceived,
  differs: z.array(z.enum([...totalNames, 'orderNos'])),
  orderNos: z
    .array(z.string())
    .meta({ description: 'On our side, where the counts differ; the first few hundred.' }),
  refundNos: z.array(z.string()),
  missingNos: z
    .array(z.string())
    .optional()
    .meta({ description: 'Where the source listed its receipts: those that are not here. The first 200.' }),
  surplusNos: z
    .array(z.string())
    .optional()
    .meta({ description: 'Those that are here and not on its list. The first 200.' }),
});
export type StoreCompared = z.infer<typeof StoreCompared>;

/** One row per source and day. */
export const reconciliations = sqliteTable(
  'reconciliations',
  {
    sourceId: text().notNull(),
    /** The business day, YYYY-MM-DD. */
    date: text().notNull(),
    /** What the source reported; it is compared again when more has arrived. */
    said: text({ mode: 'json' }).notNull().$type<DayTotals>(),
    stores: text({ mode: 'json' }).notNull().$type<readonly StoreCompared[]>(),
    isEqual: integer({ mode: 'boolean' }).notNull(),
    saidAt: integer().notNull(),
    comparedAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.date] })],
);
export type Reconciliation = typeof reconciliations.$inferSelect;
