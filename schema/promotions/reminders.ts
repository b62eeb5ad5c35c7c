/** 提醒: the merchant's plans, and what each of them has to remind a member of. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { MemberId, PlanId, StoreId } from '../plain/ids.ts';

export const reminderPlans = sqliteTable('reminder_plans', {
  id: text().primaryKey().$type<PlanId>(),
  enabled: integer({ mode: 'boolean' }).notNull(),
  /** As the kind's own schema in decide/reminders parsed it. */
  definition: text({ mode: 'json' }).notNull().$type<Readonly<Record<string, unknown>>>(),
  createdAt: integer().notNull(),
});
export type ReminderPlan = typeof reminderPlans.$inferSelect;

/** `passed`: another plan has taken it over. */
export type ReminderState = 'pending' | 'sent' | 'cancelled' | 'passed';

/** Kept in the member's document; what wakes it stands in `due`. */
export type Reminder = {
  readonly memberId: MemberId;
  readonly planId: PlanId;
  /** What it is about, in the words of its kind: a product, a child. */
  readonly subject: string;
  /** Kept beside the plan: it answers for the reminder when the plan is off. */
  readonly kind: string;
  /** Its zone says when it is 09:00. */
  readonly storeId: StoreId | null;
  /** The facts it stands on, as its kind writes them. */
  readonly basis: unknown;
  /** When the reminder became due; it goes out at sendAt, the next 09:00. */
  readonly dueAt: number;
  readonly sendAt: number;
  readonly state: ReminderState;
};

/**
 * 唤醒: one row for every moment that a reminder was ever set to. A reminder that moves leaves its old moments behind; whoever is
 * woken by one looks at the reminder, and the moment is dropped.
 */
export const due = sqliteTable(
  'due',
  {
    sendAt: integer().notNull(),
    /** When it was set: what is set now stands together, at the end of its moment, instead of anywhere among its members. */
    setAt: integer().notNull(),
    memberId: text().notNull().$type<MemberId>(),
    planId: text().notNull().$type<PlanId>(),
    subject: text().notNull(),
    kind: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sendAt, table.setAt, table.memberId, table.planId, table.subject] }),
  ],
);
export type Due = typeof due.$inferSelect;
