/** 清理: how far the nightly passes over the large tables have come. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const chores = sqliteTable('chores', {
  name: text().primaryKey(),
  /** The last finished page: keys after `first`, up to and including `second`; both are empty at the beginning of a pass. */
  pageFrom: text().notNull(),
  pageTo: text().notNull(),
  /** When the pass began. */
  at: integer().notNull(),
});
