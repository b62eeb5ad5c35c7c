/** 给一群会员发券: one template for everybody of a group, given a page at a time; and what became of each of them. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, MemberId, StoreId, TemplateId } from '../plain/ids.ts';

/** What was bought, as a scope names it; `days` back from the day on which the job was drawn up. */
export type Bought = {
  readonly kind: 'category' | 'sku';
  readonly id: string;
  readonly days: number;
};

/** 发给谁. */
export type GrantAudience =
  | { readonly level: string }
  | { readonly tag: string }
  | { readonly storeId: StoreId }
  | { readonly associateId: AssociateId }
  | { readonly bought: Bought }
  | { readonly memberIds: readonly MemberId[] };

/** draft: drawn up and counted, and nobody has confirmed it. */
export const grantJobStates = ['draft', 'running', 'done', 'stopped'] as const;
export type GrantJobState = (typeof grantJobStates)[number];

/** given, or what stood in the way, as `Bar` says it. failed: it could not be decided, and somebody has to look. */
export const grantOutcomeKinds = [
  'given',
  'stock',
  'perMember',
  'perMemberPerDay',
  'perDay',
  'over',
  'notSuper',
  'gone',
  'nobody',
  'failed',
] as const;
export type GrantOutcomeKind = (typeof grantOutcomeKinds)[number];
export type GrantCounts = Readonly<Partial<Record<GrantOutcomeKind, number>>>;

export const grantJobs = sqliteTable(
  'grant_jobs',
  {
    id: text().primaryKey(),
    templateId: text().notNull().$type<TemplateId>(),
    /** For each of them. */
    count: integer().notNull(),
    reason: text().notNull(),
    /** A list is emptied when the job has ended: nobody is named longer than needed. */
    audience: text({ mode: 'json' }).notNull().$type<GrantAudience>(),
    /** The stores of whoever drew it up; null is every store. */
    storeIds: text({ mode: 'json' }).$type<readonly StoreId[]>(),
    state: text({ enum: grantJobStates }).notNull(),
    by: text().notNull(),
    /** Whether everybody who got theirs is told. */
    tells: integer({ mode: 'boolean' }).notNull(),
    /** How many there were when it was drawn up, and how many numbers of a list were nobody's. */
    people: integer().notNull(),
    unknown: integer().notNull(),
    /** The last member that was dealt with; the next page begins after it. */
    cursor: text().notNull(),
    counts: text({ mode: 'json' }).notNull().$type<GrantCounts>(),
    createdAt: integer().notNull(),
    startedAt: integer(),
    endedAt: integer(),
  },
  (table) => [
    index('grant_jobs_running')
      .on(table.startedAt)
      .where(sql`state = 'running'`),
    index('grant_jobs_created').on(table.createdAt),
    check('grant_job_state', sql`${table.state} IN ('draft', 'running', 'done', 'stopped')`),
    check('grant_job_count', sql`${table.count} >= 1`),
  ],
);
export type GrantJob = typeof grantJobs.$inferSelect;

export const grantOutcomes = sqliteTable(
  'grant_outcomes',
  {
    jobId: text().notNull(),
    memberId: text().notNull().$type<MemberId>(),
    outcome: text({ enum: grantOutcomeKinds }).notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.memberId] })],
);
export type GrantOutcome = typeof grantOutcomes.$inferSelect;
