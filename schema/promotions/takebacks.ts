/** 收回: a campaign that was a mistake is taken back: how far that has come, and what was taken of each cause. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { EventBase } from '../events/base.ts';
import type { CampaignId, MemberId, SaleId } from '../plain/ids.ts';
import type { Marks } from '../sales/sales.ts';

/** taking: what it gave is taken, cause by cause. telling: its members are told. */
export const takebackStates = ['taking', 'telling', 'done'] as const;
export type TakebackState = (typeof takebackStates)[number];

/** The last grant that was looked at: its cause and its campaign. */
export type GrantPlace = readonly [cause: string, campaignId: string];

/** One row for each campaign that was ever taken back. From its first moment on the campaign gives nothing to anybody. */
export const takebacks = sqliteTable(
  'takebacks',
  {
    campaignId: text().primaryKey().$type<CampaignId>(),
    /** What the campaign was called: the members read it. */
    name: text().notNull(),
    reason: text().notNull(),
    /** Who asked for it, by name. */
    by: text().notNull(),
    /** The members hear of it. */
    tells: integer({ mode: 'boolean' }).notNull(),
    state: text({ enum: takebackStates }).notNull(),
    /** Sales that may hold something of it: those after `saleFrom` up to `saleTo`, by their numbers. */
    saleFrom: integer().notNull(),
    saleTo: integer().notNull(),
    /** The last sale that was looked at. */
    saleAt: integer().notNull(),
    /** The same among causes that are no sale; null when all of them were looked at. */
    grantAt: text({ mode: 'json' }).$type<GrantPlace>(),
    /** How many causes held something of it when it began. */
    expected: integer().notNull(),
    /** How many it was taken from, and what: `…Kept` was spent, used or sent already and stays. */
    causes: integer().notNull(),
    points: integer().notNull(),
    pointsKept: integer().notNull(),
    growth: integer().notNull(),
    coupons: integer().notNull(),
    couponsKept: integer().notNull(),
    walletFen: integer().notNull(),
    walletKeptFen: integer().notNull(),
    /** On its way to the members and called off: what comes back of it is taken then. */
    underWayFen: integer().notNull(),
    /** Causes that could not be decided. */
    failed: integer().notNull(),
    people: integer().notNull(),
    told: integer().notNull(),
    askedAt: integer().notNull(),
    endedAt: integer(),
    /** Rises with every page; a write based on an older reading is refused. */
    rev: integer().notNull(),
  },
  (table) => [
    index('takebacks_open')
      .on(table.askedAt)
      .where(sql`state <> 'done'`),
    check('takeback_state', sql`${table.state} IN ('taking', 'telling', 'done')`),
    check(
      'takeback_counts',
      sql`${table.points} >= 0 AND ${table.pointsKept} >= 0 AND ${table.coupons} >= 0 AND ${table.walletFen} >= 0
        AND ${table.walletKeptFen} >= 0 AND ${table.underWayFen} >= 0`,
    ),
  ],
);
export type Takeback = typeof takebacks.$inferSelect;

/** What was taken of one cause. Written once, in the batch that takes it, whichever event that is. */
export const takenBack = sqliteTable(
  'taken_back',
  {
    /** `takeback:{campaign}:{cause}` */
    id: text().primaryKey(),
    campaignId: text().notNull().$type<CampaignId>(),
    memberId: text().notNull().$type<MemberId>(),
    cause: text().notNull(),
    at: integer().notNull(),
    points: integer().notNull(),
    pointsKept: integer().notNull(),
    growth: integer().notNull(),
    coupons: integer().notNull(),
    couponsKept: integer().notNull(),
    walletFen: integer().notNull(),
    walletKeptFen: integer().notNull(),
    underWayFen: integer().notNull(),
    /** When its member was told; null while nobody was. */
    toldAt: integer(),
  },
  (table) => [
    index('taken_back_untold')
      .on(table.campaignId, table.memberId)
      .where(sql`told_at IS NULL`),
  ],
);
export type TakenBack = typeof takenBack.$inferSelect;

/** Made by us: what a campaign gave for one cause is taken back. */
export type GrantWithdrawn = EventBase & {
  readonly type: 'grant.withdrawn';
  readonly campaignId: CampaignId;
  /** As the grant has it: `sale:…`, `member:…`, `joined:…`. */
  readonly cause: string;
  readonly saleId: SaleId | null;
  /** Who has it now. */
  readonly memberId: MemberId;
  /** What is needed of a cause that is no sale: its coupons, and what the accounts had received when it gave. */
  readonly marks: Marks;
};
