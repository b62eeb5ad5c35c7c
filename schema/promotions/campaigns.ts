/** 营销活动: versions of what a merchant promised, what they have cost so far, and what each cause was given. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { CampaignId, MemberId, TemplateId } from '../plain/ids.ts';

export const campaignStatuses = ['draft', 'active', 'paused', 'ended'] as const;

/** Versions are kept: a refund is judged by the version that was in force at the sale. */
export const campaigns = sqliteTable(
  'campaigns',
  {
    id: text().notNull().$type<CampaignId>(),
    version: integer().notNull(),
    status: text({ enum: campaignStatuses }).notNull(),
    /** As `CampaignInput` in decide/campaigns/campaigns.ts parsed it. */
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

/** Of a template: how many were sent, and how many of them stand revoked and used. */
export type TallyValues = readonly [sent: number, revoked: number, used: number];

export const campaignCounters = sqliteTable(
  'campaign_counters',
  {
    campaignId: text().primaryKey().$type<CampaignId>(),
    used: integer().notNull(),
    spentFen: integer().notNull(),
    totalLimit: integer(),
    budgetFen: integer(),
    /** 券的成绩 of what it gave, by template: here, because this row is written with every coupon that it gives. */
    coupons: text({ mode: 'json' }).$type<Readonly<Record<TemplateId, TallyValues>>>(),
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

/** How often one member used a campaign (or was issued from a template), in all and day by day; kept in the member's document. */
export type MemberCounter = {
  readonly memberId: MemberId;
  /** A campaign id, a coupon template id, or `scene:` and a scene; no two look alike. */
  readonly subject: string;
  readonly used: number;
  /** The last days, earliest first; decide/members/day-counts.ts says how many. */
  readonly days: DayCounts;
  /** Uses up to this day are not known any more; null: every day is known. */
  readonly forgottenTo: string | null;
};

/** 0 and an empty list mean nothing. */
export type Amount = number | readonly unknown[];
/** Amounts by kind, without kinds of which there is nothing. The kind in decide/awards knows the form of its amount. */
export type Awards = Readonly<Record<string, Amount>>;

/**
 * What one cause earned from one campaign; times 0 means all taken back. Rows are those of causes that are no sale, such as a
 * registration: what a sale was granted stands in the sale.
 */
export const grants = sqliteTable(
  'grants',
  {
    cause: text().notNull(),
    campaignId: text().notNull().$type<CampaignId>(),
    memberId: text().notNull().$type<MemberId>(),
    times: integer().notNull(),
    /** What the cause holds, with what could not be taken back, so that it is not given twice. */
    awards: text({ mode: 'json' }).notNull().$type<Awards>(),
    /** The amount that the campaign's budget was charged. */
    costFen: integer().notNull(),
    grantedOn: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cause, table.campaignId] })],
);
export type Grant = typeof grants.$inferSelect;
