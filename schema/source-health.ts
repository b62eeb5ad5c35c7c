/** 来源健康: what a source may be told about its own upkeep, what is remembered of its silence, and the alerts of the shop. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import * as z from 'zod';

/** Every adapter takes these in `config`, beside its own. */
export const SourceUpkeep = z.object({
  /** 静默告警: alarm after so many minutes of business time without an event; null never does. */
  silenceAlarmMinutes: z.int().min(10).max(1440).nullish(),
  /** 营业时间: whole hours of the source's zone; outside them nobody wonders about silence. */
  businessHours: z
    .strictObject({ from: z.int().min(0).max(23), to: z.int().min(1).max(24) })
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than from' })
    .default({ from: 9, to: 21 }),
  /** 每日限量: of a source that signs weakly or not at all, so many events of a day are decided; the rest wait for a person. */
  effectsPerDayMax: z.int().min(1).max(1_000_000).nullish(),
  /** 原始报文保留天数: how long a body is kept after it was dealt with. */
  rawBodyDays: z.int().min(30).max(365).default(90),
});
export type SourceUpkeep = z.infer<typeof SourceUpkeep>;

/** One row per source that has an alarm: moved on every few minutes while it sends, never by a sale. */
export const sourceWatches = sqliteTable('source_watches', {
  sourceId: text().primaryKey(),
  /** The number up to which the inbox was looked through. */
  lookedTo: integer().notNull(),
  lastEventAt: integer(),
  /** Since when it is silent, once that was said; null while it sends. */
  silentSince: integer(),
});
export type SourceWatch = typeof sourceWatches.$inferSelect;

export const alertKinds = [
  'source.silent',
  'source.resumed',
  'reconciliation.differs',
  'transfer.differs',
  'transfer.stuck',
  'payout.unfunded',
  'address.unlisted',
  'wechat.callback-refused',
  'chore.failed',
  'day.nearly-used',
] as const;

/** Said once: the id is made of what it is about. Kinds are many and open, so that a new one changes no table. */
export const alerts = sqliteTable('alerts', {
  id: text().primaryKey(),
  kind: text({ enum: alertKinds }).notNull(),
  sourceId: text().notNull(),
  /** For the merchant to read. */
  text: text().notNull(),
  at: integer().notNull(),
});
export type Alert = typeof alerts.$inferSelect;
