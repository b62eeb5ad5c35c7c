/** 积分商城: what points are exchanged for, and each exchange with the points it took. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import {
  TemplateId,
  type CouponId,
  type ExchangeId,
  type ExchangeItemId,
  type MemberId,
} from '../plain/ids.ts';
import type { LotPoints } from './lots.ts';
import { Instant, wholeNumberMax } from '../plain/values.ts';

const pointsMax = 10_000_000;
const perMemberMax = 10_000;

/** 兑换品: whatever it is, a gift or a partner's coins, it is given as a coupon, and handed over for that. */
export const ExchangeItemInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  templateId: TemplateId.meta({ description: 'The coupon that is given; for goods one of the kind gift.' }),
  points: z.int().min(1).max(pointsMax).meta({ description: 'What one costs.' }),
  stock: z.int().min(1).max(wholeNumberMax).nullable().default(null).meta({
    description: 'How many may be exchanged in all, those of before included; null is without end.',
  }),
  perMember: z.int().min(1).max(perMemberMax).nullable().default(null),
  from: Instant.nullable().default(null),
  to: Instant.nullable().default(null).meta({ description: 'Until when it can be exchanged.' }),
  enabled: z.boolean().default(true),
});
export type ExchangeItemInput = z.infer<typeof ExchangeItemInput>;

export const exchangeItems = sqliteTable(
  'exchange_items',
  {
    id: text().primaryKey().$type<ExchangeItemId>(),
    definition: text({ mode: 'json' }).notNull().$type<ExchangeItemInput>(),
    exchanged: integer().notNull(),
    /** The stock, beside its count. */
    limitCount: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [
    check('exchange_stock', sql`${table.limitCount} IS NULL OR ${table.exchanged} <= ${table.limitCount}`),
    check('exchange_count', sql`${table.exchanged} >= 0`),
  ],
);
export type ExchangeItem = typeof exchangeItems.$inferSelect;

/** 兑换记录: under the id of its event. */
export const exchanges = sqliteTable(
  'exchanges',
  {
    id: text().primaryKey().$type<ExchangeId>(),
    memberId: text().notNull().$type<MemberId>(),
    itemId: text().notNull().$type<ExchangeItemId>(),
    couponId: text().notNull().$type<CouponId>(),
    points: integer().notNull(),
    /** 积分批次 they were taken from: there they go back to. */
    taken: text({ mode: 'json' }).notNull().$type<readonly LotPoints[]>(),
    at: integer().notNull(),
    /** The colleague who did it at a counter; null where the member did it herself. */
    by: text(),
    /** 撤销. */
    undoneAt: integer(),
  },
  (table) => [
    index('exchanges_member').on(table.memberId, table.at),
    check('exchanges_points', sql`${table.points} > 0`),
  ],
);
export type Exchange = typeof exchanges.$inferSelect;
