/** 来源健康: the upkeep settings of a source, the record of its silence, and the alerts of the shop. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import * as z from 'zod';

/** Every adapter takes these in `config`, beside its own. */
export const SourceUpkeep = z.object({
  /** 静默告警: alert after so many minutes of business hours without an event; null never alerts. */
  silenceAlarmMinutes: z.int().min(10).max(1440).nullish(),
  /** 营业时间: whole hours of the source's zone; silence outside them is not counted. */
  businessHours: z
    .strictObject({ from: z.int().min(0).max(23), to: z.int().min(1).max(24) })
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than from' })
    .default({ from: 9, to: 21 }),
  /** 每日限量: how many events of a weakly signed or unsigned source are decided on one day; the rest are parked. */
  effectsPerDayMax: z.int().min(1).max(1_000_000).nullish(),
  /** 原始报文保留天数: how long a body is kept after its event was decided. */
  rawBodyDays: z.int().min(30).max(365).default(90),
});
export type SourceUpkeep = z.infer<typeof SourceUpkeep>;

/** One row per source with a silence alarm. A chore updates it every few minutes, never a sale. */
export const sourceWatches = sqliteTable('source_watches', {
  sourceId: text().primaryKey(),
  /** The inbox `seq` up to which the chore has looked. */
  lookedTo: integer().notNull(),
  lastEventAt: integer(),
  /** Since when the source is silent, once that was reported; null while it sends. */
  silentSince: integer(),
});
export type SourceWatch = typeof sourceWatches.$inferSelect;

export const alertKinds = [
  'source.silent',
  'source.resumed',
  'reconciliation.differs',
  'transfer.differs',
  'stored.differs',
  'owed.differs',
  'transfer.stuck',
  'payout.unfunded',
  'address.unlisted',
  /** 导购收不到会员的话 */
  'associate.unreachable',
  'wechat.callback-refused',
  'chore.failed',
  'day.nearly-used',
  'events.kept-late',
  /** 提醒落空: a reminder was due and there was nobody to tell. */
  'reminder.untold',
  /** 散客卡: one member with more buyers than a person can be. */
  'member.everybody',
  /** 没有核销的券: a receipt named a coupon that it could not use. */
  'coupon.declined',
  /** 积分抵的钱对不上: a receipt says another amount than was spent for it. */
  'points.differ',
] as const;

/**
 * Each alert is said once: its id derives from what it is about. The kind has no CHECK, so that a new kind changes no table.
 */
export const alerts = sqliteTable('alerts', {
  id: text().primaryKey(),
  kind: text({ enum: alertKinds }).notNull(),
  sourceId: text().notNull(),
  /** For the merchant to read. */
  text: text().notNull(),
  at: integer().notNull(),
});
export type Alert = typeof alerts.$inferSelect;
