/** 商品消耗提醒: the merchant's plans, and for each member and product when it runs out. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { MemberId, PlanId, SaleId, Sku, StoreId } from './ids.ts';

export const reminderPlans = sqliteTable('reminder_plans', {
  id: text().primaryKey().$type<PlanId>(),
  enabled: integer({ mode: 'boolean' }).notNull(),
  /** As the kind's own schema in decide/reminders parsed it. */
  definition: text({ mode: 'json' }).notNull().$type<Readonly<Record<string, unknown>>>(),
  createdAt: integer().notNull(),
});
export type ReminderPlan = typeof reminderPlans.$inferSelect;

/** One purchase that is still being used up. */
export type Lot = {
  readonly saleId: SaleId;
  readonly boughtOn: string;
  readonly boughtAt: number;
  readonly quantityMilli: number;
};

export const reminders = sqliteTable(
  'reminders',
  {
    memberId: text().notNull().$type<MemberId>(),
    sku: text().notNull().$type<Sku>(),
    planId: text().notNull().$type<PlanId>(),
    productName: text().notNull(),
    storeId: text().notNull().$type<StoreId>(),
    lots: text({ mode: 'json' }).notNull().$type<readonly Lot[]>(),
    /** The day the stock is used up, in the store's zone. */
    endsOn: text().notNull(),
    /** When the reminder became due; it goes out at sendAt, the next 09:00. */
    dueAt: integer().notNull(),
    sendAt: integer().notNull(),
    state: text({ enum: ['pending', 'sent', 'cancelled'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.sku] }),
    index('reminders_due')
      .on(table.sendAt)
      .where(sql`state = 'pending'`),
    check('reminder_state', sql`${table.state} IN ('pending', 'sent', 'cancelled')`),
  ],
);
export type Reminder = typeof reminders.$inferSelect;
