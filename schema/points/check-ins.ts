/** 签到: what a day is worth, the last day a member checked in, and how many days in a row that makes. */
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { MemberId } from '../plain/ids.ts';

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

const pointsMax = 100_000;
const Points = z.int().min(1).max(pointsMax);

/** 签到送积分: the first day, so many more for each day in a row, and never more than the cap. */
export const CheckInSettings = z.strictObject({
  on: z.boolean().default(false),
  firstDay: Points.default(5).meta({
    description: 'Points of the first day, and of the one after a day that was missed.',
  }),
  moreEachDay: z
    .int()
    .min(0)
    .max(pointsMax)
    .default(1)
    .meta({ description: 'So many more than the day before, for each day in a row.' }),
  cap: Points.default(20).meta({ description: 'No day gives more.' }),
});
export type CheckInSettings = z.infer<typeof CheckInSettings>;
