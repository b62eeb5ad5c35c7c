/** 领券批次: coupons for whoever comes for them: one address that anybody may open, or printed codes, each good once. */
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { BatchId, StoreId, TemplateId, type CouponId } from '../plain/ids.ts';
import { Instant, wholeNumberMax } from '../plain/values.ts';

/** Printed in one go. A code has three characters for its number, which is three times as many. */
export const batchCodesMax = 10_000;
const placementsMax = 50;
const perMemberMax = 10_000;

const Store = StoreId.nullable().default(null).meta({
  description: 'Where it is claimed. A template whose stores are "claiming" then works there alone.',
});

/** 投放点: where an address is put up; claims are counted for each. */
const Placement = z.strictObject({ name: z.string().trim().min(1).max(60), storeId: Store });
export type Placement = z.infer<typeof Placement>;

const common = {
  name: z.string().trim().min(1).max(60),
  templateId: TemplateId,
  perMember: z.int().min(1).max(perMemberMax).default(1).meta({
    description: 'How many one member gets of this batch, besides what its template says.',
  }),
  from: Instant.nullable().default(null),
  to: Instant.nullable().default(null).meta({ description: 'Until when it can be claimed.' }),
  storeId: Store,
};

export const BatchInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('link'),
    ...common,
    total: z.int().min(1).max(wholeNumberMax).nullable().default(null),
    placements: z.array(Placement).max(placementsMax).default([]),
  }),
  z.strictObject({
    kind: z.literal('codes'),
    ...common,
    count: z.int().min(1).max(batchCodesMax).meta({ description: 'How many codes are printed.' }),
  }),
]);
export type BatchInput = z.infer<typeof BatchInput>;

export const couponBatches = sqliteTable(
  'coupon_batches',
  {
    /** Printed codes begin with it. */
    seq: integer().primaryKey(),
    id: text().notNull().$type<BatchId>(),
    definition: text({ mode: 'json' }).notNull().$type<BatchInput>(),
    claimed: integer().notNull(),
    /** How many may be claimed in all; where the rest was called off, as many as were claimed until then. */
    limitCount: integer(),
    createdAt: integer().notNull(),
    /** 作废: the rest was called off. */
    endedAt: integer(),
  },
  (table) => [
    uniqueIndex('coupon_batches_id').on(table.id),
    check('coupon_batch_limit', sql`${table.limitCount} IS NULL OR ${table.claimed} <= ${table.limitCount}`),
    check('coupon_batch_claimed', sql`${table.claimed} >= 0`),
  ],
);
export type CouponBatch = typeof couponBatches.$inferSelect;

/** 用掉的印刷码: written when a code is claimed; codes that nobody has claimed follow from their batch and have no row. */
export const couponCodes = sqliteTable('coupon_codes', {
  /** `{batch}/{number}` */
  id: text().primaryKey(),
  /** Null once its owner asked to be forgotten: the code stays taken. */
  couponId: text().$type<CouponId>(),
  claimedAt: integer().notNull(),
});
export type CouponCode = typeof couponCodes.$inferSelect;

/** 猜码次数: wrong codes by the hour, of whoever typed them, under a keyed digest. */
export const codeMisses = sqliteTable('code_misses', {
  /** `{digest}/{hour}` */
  id: text().primaryKey(),
  hour: integer().notNull(),
  misses: integer().notNull(),
});
