/** 退出登录: sessions that were ended before their time. A cookie that still names one opens nothing. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const endedSessions = sqliteTable('ended_sessions', {
  /** Random, and worth nothing without our signature: it names nobody. */
  id: text().primaryKey(),
  /** When it would have ended by itself; then the row is no longer needed. */
  until: integer().notNull(),
});
