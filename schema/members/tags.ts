/** 标签: words that customers are described by: kept in dictionaries, put on by rules, and moved for many members at once. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { GroupId, MemberId, StoreId, TagDictionaryId, TagRuleId } from '../plain/ids.ts';
import type { DayTotal } from './levels.ts';
import { fenMax, Scope } from '../plain/values.ts';

const tagLengthMax = 40;
export const dictionariesMax = 30;
const tagsPerDictionaryMax = 50;
export const tagRulesMax = 20;
export const groupsMax = 50;
/** Put on by hand, groups included: they lie in the member's document. */
export const handTagsMax = 60;
const ruleTimesMax = 1_000;
const ruleDaysMax = 366;

export const TagWord = z
  .string()
  .trim()
  .min(1)
  .max(tagLengthMax)
  .regex(/^\P{Cc}*$/u, 'has no control characters')
  .meta({ description: 'What is written on the tag.', example: '圆脸' });

/** 标签 of a member, kept in the member's document. A group is one whose word begins with a mark that nobody can type. */
export type MemberTag = {
  readonly memberId: MemberId;
  readonly tag: string;
  /** How many purchases and rules still vouch for the tag; at 0 an automatic tag is gone. */
  readonly support: number;
  readonly manual: boolean;
  /** Taken off by hand while it was vouched for: it stays off until nothing vouches for it any more, or a rule newly does. */
  readonly off?: true | null;
};

/** 标签规则 of a member, kept in her document: what counts for the rule, and how often it vouches for its tag. */
export type MemberTagRule = {
  readonly memberId: MemberId;
  /** The rule and its revision. */
  readonly rule: string;
  readonly tag: string;
  /** By day; a rule that looks at all time has one day, without a name. */
  readonly dayTotals: readonly DayTotal[];
  /** 1 while it holds; two members who became one had it once each. */
  readonly met: number;
};

/** 标签库: a question and its answers. */
export const TagDictionaryInput = z.strictObject({
  name: z.string().trim().min(1).max(20).meta({ example: '脸型' }),
  tags: z
    .array(TagWord)
    .min(1)
    .max(tagsPerDictionaryMax)
    .refine((tags) => new Set(tags).size === tags.length, 'a tag is there twice')
    .meta({ example: ['圆脸', '鹅蛋脸', '瓜子脸', '方形脸', '梨形脸'] }),
  single: z
    .boolean()
    .default(false)
    .meta({ description: 'Of these a member has one: putting on another by hand takes the first off.' }),
  enabled: z.boolean().default(true),
});
export type TagDictionaryInput = z.infer<typeof TagDictionaryInput>;

const atLeast = (max: number) => z.int().min(1).max(max).nullable().default(null);

/** 标签规则: what a member has to have bought and kept. */
export const TagRuleInput = z
  .strictObject({
    tag: TagWord.meta({ example: '奶粉常客' }),
    scope: Scope.default({ include: [], exclude: [] }).meta({
      description: 'Which goods count; nothing included is all of them.',
    }),
    times: atLeast(ruleTimesMax).meta({
      description: 'At least so many receipts with such goods.',
      example: 2,
    }),
    amountFen: atLeast(fenMax).meta({
      description: 'Or such goods for at least so much, in fen.',
      example: 50_000,
    }),
    days: z.int().min(1).max(ruleDaysMax).nullable().default(null).meta({
      description: 'Within so many days, today included; null is ever.',
      example: 90,
    }),
    enabled: z.boolean().default(true),
  })
  .refine(({ times, amountFen }) => (times === null) !== (amountFen === null), {
    path: ['times'],
    message: 'give either times or amountFen',
  });
export type TagRuleInput = z.infer<typeof TagRuleInput>;

/** 分组: filled by hand. */
export const MemberGroupInput = z.strictObject({
  name: z.string().trim().min(1).max(20).meta({ example: '妈妈班一期' }),
  enabled: z.boolean().default(true),
});
export type MemberGroupInput = z.infer<typeof MemberGroupInput>;

/** Which of them it is, so that there are never more than the shop may have. */
const slot = integer().notNull();
const createdAt = integer().notNull();

export const tagDictionaries = sqliteTable(
  'tag_dictionaries',
  {
    id: text().primaryKey().$type<TagDictionaryId>(),
    definition: text({ mode: 'json' }).notNull().$type<TagDictionaryInput>(),
    slot,
    createdAt,
  },
  (table) => [check('tag_dictionaries_most', sql`${table.slot} <= 30`)],
);
export type TagDictionary = typeof tagDictionaries.$inferSelect;

export const tagRules = sqliteTable(
  'tag_rules',
  {
    id: text().primaryKey().$type<TagRuleId>(),
    definition: text({ mode: 'json' }).notNull().$type<TagRuleInput>(),
    /** Rises with every change of what it asks, or of its tag. */
    rev: integer().notNull(),
    slot,
    createdAt,
    changedAt: integer().notNull(),
  },
  (table) => [check('tag_rules_most', sql`${table.slot} <= 20`)],
);
export type TagRule = typeof tagRules.$inferSelect;

export const memberGroups = sqliteTable(
  'member_groups',
  {
    id: text().primaryKey().$type<GroupId>(),
    definition: text({ mode: 'json' }).notNull().$type<MemberGroupInput>(),
    slot,
    createdAt,
  },
  (table) => [check('member_groups_most', sql`${table.slot} <= 50`)],
);
export type MemberGroup = typeof memberGroups.$inferSelect;

/** Who wears a tag, as their documents say: written only when somebody begins or ceases to. */
export const tagHolders = sqliteTable(
  'tag_holders',
  { tag: text().notNull(), memberId: text().notNull().$type<MemberId>() },
  (table) => [primaryKey({ columns: [table.tag, table.memberId] })],
);

/** `from` is a tag that a member has to wear for the others to be put on or taken off. */
export type Tagging = {
  readonly put: readonly string[];
  readonly off: readonly string[];
  readonly from: string | null;
};

/** 给谁: who wears a tag, or these. */
export type TagAudience = { readonly tag: string } | { readonly memberIds: readonly MemberId[] };

export const tagJobStates = ['running', 'done'] as const;
export const tagOutcomes = ['changed', 'same', 'full', 'nobody', 'failed'] as const;
export type TagOutcome = (typeof tagOutcomes)[number];

/** 批量打标签, and looking at all members anew when a rule has changed. */
export const tagJobs = sqliteTable(
  'tag_jobs',
  {
    id: text().primaryKey(),
    /** Null looks at what everybody bought, by the rules of today. */
    tagging: text({ mode: 'json' }).$type<Tagging>(),
    /** Null is everybody. A list is emptied when the job has ended. */
    audience: text({ mode: 'json' }).$type<TagAudience>(),
    storeIds: text({ mode: 'json' }).$type<readonly StoreId[]>(),
    by: text().notNull(),
    state: text({ enum: tagJobStates }).notNull(),
    /** The last member that was dealt with. */
    cursor: text().notNull(),
    counts: text({ mode: 'json' }).notNull().$type<Readonly<Partial<Record<TagOutcome, number>>>>(),
    createdAt,
    endedAt: integer(),
  },
  (table) => [
    index('tag_jobs_running')
      .on(table.createdAt)
      .where(sql`state = 'running'`),
    index('tag_jobs_created').on(table.createdAt),
    check('tag_job_state', sql`${table.state} IN ('running', 'done')`),
  ],
);
export type TagJob = typeof tagJobs.$inferSelect;
