/** 清理: how far the nightly passes over the large tables have come. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const chores = sqliteTable('chores', {
  name: text().primaryKey(),
  /** The last key that was looked at; empty at the beginning of a pass. */
  position: text().notNull(),
  /** When the pass began. */
  at: integer().notNull(),
});
