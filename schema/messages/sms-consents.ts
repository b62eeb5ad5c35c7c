/** 营销短信: who agreed to receive any, and when the last ones went out. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { MemberId } from '../plain/ids.ts';

/** No row, or one that was withdrawn: no marketing by SMS. */
export const smsConsents = sqliteTable('sms_consents', {
  memberId: text().primaryKey().$type<MemberId>(),
  agreedAt: integer().notNull(),
  withdrawnAt: integer(),
  /** Instants of the messages that still count against the cap. */
  sentAt: text({ mode: 'json' }).notNull().$type<readonly number[]>(),
});
export type SmsConsent = typeof smsConsents.$inferSelect;
