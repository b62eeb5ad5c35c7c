/** 提醒: the merchant's plans, and what each plan reminds a member of. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { MemberId, PlanId, StoreId } from './ids.ts';

export const reminderPlans = sqliteTable('reminder_plans', {
  id: text().primaryKey().$type<PlanId>(),
  enabled: integer({ mode: 'boolean' }).notNull(),
  /** As the kind's own schema in decide/reminders parsed it. */
  definition: text({ mode: 'json' }).notNull().$type<Readonly<Record<string, unknown>>>(),
  createdAt: integer().notNull(),
});
export type ReminderPlan = typeof reminderPlans.$inferSelect;

/** `passed`: another plan took the reminder over. */
const reminderStates = ['pending', 'sent', 'cancelled', 'passed'] as const;

export const reminders = sqliteTable(
  'reminders',
  {
    memberId: text().notNull().$type<MemberId>(),
    planId: text().notNull().$type<PlanId>(),
    /** What it is about, as its kind writes it: a product, a child. */
    subject: text().notNull(),
    /** The kind is kept beside the plan, because the plan may be off. */
    kind: text().notNull(),
    /** The store whose zone says when it is 09:00. */
    storeId: text().$type<StoreId>(),
    /** The facts behind the reminder, as its kind writes them. */
    basis: text({ mode: 'json' }).notNull().$type<unknown>(),
    /** When the reminder became due; it goes out at sendAt, the next 09:00. */
    dueAt: integer().notNull(),
    sendAt: integer().notNull(),
    state: text({ enum: reminderStates }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.planId, table.subject] }),
    index('reminders_due')
      .on(table.sendAt)
      .where(sql`state = 'pending'`),
    check('reminder_state', sql`${table.state} IN ('pending', 'sent', 'cancelled', 'passed')`),
  ],
);
export type Reminder = typeof reminders.$inferSelect;
