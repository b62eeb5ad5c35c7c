/** 认不出的会员码: how many wrong member codes somebody tried of late; one row for each till, colleague or associate who ever did. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const wrongCodes = sqliteTable('wrong_codes', {
  /** `token:…`, `person:…` or `associate:…`. */
  by: text().primaryKey(),
  /** When the stretch began in which they are counted. */
  since: integer().notNull(),
  count: integer().notNull(),
});
