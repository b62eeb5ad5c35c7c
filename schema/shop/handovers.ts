/** 交接: the members of an associate who left, on their way to whoever takes over; moved a page at a time. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId } from '../plain/ids.ts';

/** Members are moved first, then fans, who may become members later. */
export const handoverStages = ['members', 'fans', 'done'] as const;

export const handovers = sqliteTable(
  'handovers',
  {
    id: text().primaryKey(),
    fromId: text().notNull().$type<AssociateId>(),
    /** Null is the shop. Whoever takes over and leaves in their turn is replaced here as well. */
    toId: text().$type<AssociateId>(),
    /** 通知会员: each member who is moved is told once. */
    tells: integer({ mode: 'boolean' }).notNull(),
    /** How many members were hers when she left. */
    members: integer().notNull(),
    moved: integer().notNull(),
    stage: text({ enum: handoverStages }).notNull(),
    /** The last key that was looked at in this stage. */
    cursor: text().notNull(),
    startedAt: integer().notNull(),
    endedAt: integer(),
    /** Who said that she left. */
    by: text().notNull(),
  },
  (table) => [
    index('handovers_from').on(table.fromId, table.startedAt),
    index('handovers_open')
      .on(table.startedAt)
      .where(sql`ended_at IS NULL`),
  ],
);
export type Handover = typeof handovers.$inferSelect;
