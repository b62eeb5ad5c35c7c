/** 签到: the last day a member checked in, and how many days in a row that makes. */
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { MemberId } from './ids.ts';

export const checkIns = sqliteTable(
  'check_ins',
  {
    memberId: text().primaryKey().$type<MemberId>(),
    /** The day in the shop's zone, YYYY-MM-DD. */
    lastOn: text().notNull(),
    /** Days in a row that end with the last one. */
    streakDays: integer().notNull(),
  },
  (table) => [check('check_in_streak', sql`${table.streakDays} >= 1`)],
);
export type CheckIn = typeof checkIns.$inferSelect;
