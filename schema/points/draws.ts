/** 积分抽奖: what the office sets, how many of each prize are gone, and every draw with what came of it. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { EventBase } from '../events/base.ts';
import {
  TemplateId,
  type CouponId,
  type DrawId,
  type LotteryId,
  type MemberId,
  type StoreId,
} from '../plain/ids.ts';
import { Day } from '../plain/values.ts';

const pointsMax = 10_000_000;
/** The CHECK below is written out for so many. */
export const prizesMax = 10;
const quotaMax = 100_000;
const weightMax = 10_000_000;
const perMemberMax = 10_000;
/** 规范促销行为: no prize that is drawn may be worth more than 50,000 yuan. */
const valueMax = 5_000_000;

const Quota = z
  .int()
  .min(1)
  .max(quotaMax)
  .meta({ description: 'How many there are: never more are won.', example: 20 });
const common = {
  name: z.string().trim().min(1).max(40).meta({ example: '一等奖' }),
  valueFen: z.int().min(0).max(valueMax).meta({
    description: 'What one is worth, in fen: with the quota it makes the cost of the draw.',
    example: 6_800,
  }),
  quota: Quota,
  weight: z.int().min(1).max(weightMax).nullable().default(null).meta({
    description: 'How many lots of the box are for this prize; null is as many as its quota.',
    example: 20,
  }),
};

/** 奖品: something to fetch in a shop, a coupon, or points. */
export const PrizeInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('thing'),
    ...common,
    words: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .meta({ description: 'What the cashier hands over.', example: '爬行垫一张' }),
  }),
  z.strictObject({ kind: z.literal('coupon'), ...common, templateId: TemplateId }),
  z.strictObject({
    kind: z.literal('points'),
    ...common,
    points: z.int().min(1).max(pointsMax).meta({ example: 500 }),
  }),
]);
export type Prize = z.infer<typeof PrizeInput>;

/**
 * 抽奖活动. Odds are those of a box of lots: every prize has its weight of them, and `blanks` are those without a prize. The box is
 * the same for every draw; a lot whose prize is gone is a blank.
 */
export const LotteryInput = z.strictObject({
  name: z.string().trim().min(1).max(60).meta({ example: '六一抽奖' }),
  points: z.int().min(1).max(pointsMax).meta({ description: 'What one draw costs.', example: 100 }),
  firstOn: Day.meta({ description: 'The first day, in the shop’s zone.', example: '2026-06-11' }),
  lastOn: Day.meta({ description: 'The last day, all of it.', example: '2026-06-15' }),
  collectFirstOn: Day.meta({ description: 'From which day things are handed over.', example: '2026-06-18' }),
  collectLastOn: Day.nullable()
    .default(null)
    .meta({ description: 'Until which day, all of it; null is without end.', example: '2026-06-30' }),
  prizes: z.array(PrizeInput).min(1).max(prizesMax),
  blanks: z
    .int()
    .min(0)
    .max(weightMax)
    .meta({ description: 'How many lots of the box are without a prize.', example: 715 }),
  perMember: z.int().min(1).max(perMemberMax).nullable().default(null).meta({
    description: 'How often one member may draw in all; null is no such limit.',
    example: 10,
  }),
  perMemberPerDay: z.int().min(1).max(perMemberMax).nullable().default(null).meta({
    description: 'How often one member may draw in one day; null is no such limit.',
    example: 3,
  }),
  keyword: z.string().trim().min(1).max(20).nullable().default(null).meta({
    description: 'A member who sends this word to the Official Account draws once; null where no word does.',
    example: '抽奖',
  }),
  enabled: z.boolean().default(true),
});
export type LotteryInput = z.infer<typeof LotteryInput>;

const withinQuotas = Array.from(
  { length: prizesMax },
  (_, place) => `coalesce(awarded ->> ${place}, 0) <= coalesce(definition ->> '$.prizes[${place}].quota', 0)`,
).join(' AND ');

export const lotteries = sqliteTable(
  'lotteries',
  {
    id: text().primaryKey().$type<LotteryId>(),
    definition: text({ mode: 'json' }).notNull().$type<LotteryInput>(),
    /** How often it was drawn. */
    drawn: integer().notNull(),
    /** How many of each prize were won, in the order of the definition. */
    awarded: text({ mode: 'json' }).notNull().$type<readonly number[]>(),
    createdAt: integer().notNull(),
  },
  () => [check('lottery_quotas', sql.raw(withinQuotas))],
);
export type Lottery = typeof lotteries.$inferSelect;

/** 抽一次: under the id of its event. */
export const draws = sqliteTable(
  'draws',
  {
    id: text().primaryKey().$type<DrawId>(),
    memberId: text().notNull().$type<MemberId>(),
    lotteryId: text().notNull().$type<LotteryId>(),
    points: integer().notNull(),
    at: integer().notNull(),
    /** The colleague who drew for her; null where she did it herself. */
    by: text(),
    /** As it was promised when it was won; null is a blank. */
    prize: text({ mode: 'json' }).$type<Prize>(),
    couponId: text().$type<CouponId>(),
    /** 领奖码 of a thing. */
    code: text(),
    collectedAt: integer(),
    collectedBy: text(),
    collectedStoreId: text().$type<StoreId>(),
  },
  (table) => [
    index('draws_member').on(table.memberId, table.at),
    index('draws_won')
      .on(table.lotteryId, table.at)
      .where(sql`${table.prize} IS NOT NULL`),
    uniqueIndex('draws_code')
      .on(table.code)
      .where(sql`${table.code} IS NOT NULL`),
    check('draws_points', sql`${table.points} > 0`),
  ],
);
export type Draw = typeof draws.$inferSelect;

/** Made by us: a member, or a colleague for her, draws once. */
export type LotteryDrawn = EventBase & {
  readonly type: 'lottery.drawn';
  readonly memberId: MemberId;
  readonly lotteryId: LotteryId;
  /** The price that was seen; null takes whatever it is. */
  readonly points: number | null;
  readonly storeId: StoreId | null;
  readonly by: string | null;
};
/** Made by us: what was won is handed over at a counter. */
export type PrizeCollected = EventBase & {
  readonly type: 'prize.collected';
  readonly memberId: MemberId;
  readonly drawId: DrawId;
  readonly lotteryId: LotteryId;
  readonly storeId: StoreId;
  readonly by: string;
};
