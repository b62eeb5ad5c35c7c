/** 营销活动: versions of what a merchant promised, what they have cost so far, and who got what. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { CampaignId, MemberId } from './ids.ts';

export const campaignStatuses = ['draft', 'active', 'paused', 'ended'] as const;
/** member.created: anyone became known, whoever said so. member.joined: a person registered, new or known, once in a life. */
export const campaignTriggers = ['sale.completed', 'member.created', 'member.joined'] as const;
export type CampaignTrigger = (typeof campaignTriggers)[number];

/** Versions are kept: a return is judged by the promise that was in force when the sale was. */
export const campaigns = sqliteTable(
  'campaigns',
  {
    id: text().notNull().$type<CampaignId>(),
    version: integer().notNull(),
    status: text({ enum: campaignStatuses }).notNull(),
    /** As `CampaignInput` in decide/campaigns.ts parsed it. */
    definition: text({ mode: 'json' }).notNull().$type<Readonly<Record<string, unknown>>>(),
    createdAt: integer().notNull(),
    inForceFrom: integer().notNull(),
    inForceTo: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.version] }),
    check('campaigns_status', sql`${table.status} IN ('draft', 'active', 'paused', 'ended')`),
    index('campaigns_past')
      .on(table.inForceTo)
      .where(sql`in_force_to IS NOT NULL`),
  ],
);
export type CampaignVersion = typeof campaigns.$inferSelect;

export const campaignCounters = sqliteTable(
  'campaign_counters',
  {
    campaignId: text().primaryKey().$type<CampaignId>(),
    used: integer().notNull(),
    spentFen: integer().notNull(),
    totalLimit: integer(),
    budgetFen: integer(),
  },
  (table) => [
    index('campaign_counters_capped')
      .on(table.campaignId)
      .where(sql`total_limit IS NOT NULL OR budget_fen IS NOT NULL`),
    check('campaign_total', sql`${table.totalLimit} IS NULL OR ${table.used} <= ${table.totalLimit}`),
    check('campaign_budget', sql`${table.budgetFen} IS NULL OR ${table.spentFen} <= ${table.budgetFen}`),
    check('campaign_used', sql`${table.used} >= 0 AND ${table.spentFen} >= 0`),
  ],
);
export type CampaignCounter = typeof campaignCounters.$inferSelect;

/** Uses by the day of the sale, YYYY-MM-DD: days without any are left out. */
export type DayCounts = Readonly<Record<string, number>>;

/** How often one member used a campaign (or was issued from a template), in all and day by day. */
export const memberCounters = sqliteTable(
  'member_counters',
  {
    memberId: text().notNull().$type<MemberId>(),
    /** A campaign id, a coupon template id, or `scene:` and a scene; no two look alike. */
    subject: text().notNull(),
    used: integer().notNull(),
    /** The last days, earliest first; decide/members/day-counts.ts says how many. */
    days: text({ mode: 'json' }).notNull().$type<DayCounts>(),
    /** Up to this day nobody can say any more how often; null: every day is known. */
    forgottenTo: text(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.subject] }),
    check('member_counter_used', sql`${table.used} >= 0`),
  ],
);
export type MemberCounter = typeof memberCounters.$inferSelect;

/** 0 and an empty list are nothing. */
export type Amount = number | readonly unknown[];
/** By kind, and only kinds of which there is something. What an amount says is for its kind in decide/awards to know. */
export type Awards = Readonly<Record<string, Amount>>;

/** What one cause (a sale, or a member's registration) earned from one campaign; times 0 means all taken back. */
export const grants = sqliteTable(
  'grants',
  {
    cause: text().notNull(),
    campaignId: text().notNull().$type<CampaignId>(),
    memberId: text().notNull().$type<MemberId>(),
    times: integer().notNull(),
    /** What stands: also what could not be taken back, so that nothing is given for it twice. */
    awards: text({ mode: 'json' }).notNull().$type<Awards>(),
    /** What the campaign's budget was charged for it. */
    costFen: integer().notNull(),
    grantedOn: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cause, table.campaignId] })],
);
export type Grant = typeof grants.$inferSelect;
