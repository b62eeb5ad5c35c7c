/** 短信验证码: one row for each code that was requested; phone, openid and address are stored only as keyed hashes. */
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';

export const smsPurposes = ['register'] as const;
export type SmsPurpose = (typeof smsPurposes)[number];

/** How many guesses one code allows. */
export const smsAttemptsMax = 5;

export const smsCodes = sqliteTable(
  'sms_codes',
  {
    phoneKey: text().notNull(),
    /** Random; the id of the event that the code proves contains it. */
    id: text().notNull(),
    sentAt: integer().notNull(),
    purpose: text({ enum: smsPurposes }).notNull(),
    /** Who requested it: the code works for nobody else. */
    openidKey: text().notNull(),
    addressKey: text().notNull(),
    codeKey: text().notNull(),
    expiresAt: integer().notNull(),
    attempts: integer().notNull(),
    /** False when it was not sent: the daily count is of messages that people got. */
    isCounted: integer({ mode: 'boolean' }).notNull(),
    usedAt: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.phoneKey, table.id] }),
    check('sms_code_purpose', sql`${table.purpose} IN ('register')`),
    check('sms_code_attempts', sql`${table.attempts} BETWEEN 0 AND 5`),
  ],
);
export type SmsCode = typeof smsCodes.$inferSelect;
