/** 积分抵钱: how many points are a yuan and how much of a bill they may pay, and each receipt that was paid with some. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { CouponRef } from '../promotions/coupons.ts';
import type { MemberId, StoreId } from '../plain/ids.ts';
import type { LotPoints } from './lots.ts';
import { Fen } from '../plain/values.ts';

/** More than anybody has. */
export const spendPointsMax = 10_000_000;
const rateMax = 100_000;
const wholeBps = 10_000;
const Points = z.int().min(1).max(spendPointsMax);

export const PointsAsMoney = z
  .strictObject({
    on: z.boolean().default(false),
    pointsPerYuan: z.int().min(1).max(rateMax).default(100).meta({
      description: '兑换率: so many points are one yuan.',
    }),
    leastPoints: Points.default(100).meta({ description: 'Fewer are not taken at a time.' }),
    stepPoints: Points.default(100).meta({
      description: 'Points are taken in whole steps; a step is worth whole fen, so that nothing is rounded.',
    }),
    ceilingBps: z.int().min(1).max(wholeBps).default(wholeBps).meta({
      description:
        'At most so much of what is to be paid after coupons, in basis points (5000 is half of it), rounded down.',
    }),
    ceilingFen: Fen.min(1).nullable().default(null).meta({
      description: 'And at most so much for one receipt; null is no such limit.',
    }),
    earns: z.boolean().default(false).meta({
      description:
        'Whether the part of a sale that is paid with points (payment `points`) earns points itself.',
    }),
  })
  .refine(({ stepPoints, pointsPerYuan }) => (stepPoints * 100) % pointsPerYuan === 0, {
    path: ['stepPoints'],
    message: 'has to be worth whole fen: points in a step × 100 are a multiple of pointsPerYuan',
  });
export type PointsAsMoney = z.infer<typeof PointsAsMoney>;

export const pointSpends = sqliteTable(
  'point_spends',
  {
    /** The receipt or cart, as the till named it when it asked: for it is spent once. */
    id: text().primaryKey().$type<CouponRef>(),
    memberId: text().notNull().$type<MemberId>(),
    storeId: text().notNull().$type<StoreId>(),
    /** What the receipt is known by since: a cart has its number once its sale is told. */
    usedFor: text().notNull().$type<CouponRef>(),
    points: integer().notNull(),
    payableFen: integer().notNull(),
    offFen: integer().notNull(),
    /** 积分批次 they were taken from, in that order: there they go back to. */
    taken: text({ mode: 'json' }).notNull().$type<readonly LotPoints[]>(),
    /** What of it came back. */
    backPoints: integer().notNull(),
    /** 第几次: what was undone may be spent anew for the same receipt. */
    turn: integer().notNull(),
    at: integer().notNull(),
    by: text(),
    /** 撤销. */
    undoneAt: integer(),
  },
  (table) => [
    index('point_spends_member').on(table.memberId, table.at),
    index('point_spends_used').on(table.usedFor),
    check(
      'point_spends_points',
      sql`${table.points} > 0 AND ${table.offFen} BETWEEN 0 AND ${table.payableFen}`,
    ),
    check('point_spends_back', sql`${table.backPoints} BETWEEN 0 AND ${table.points}`),
  ],
);
export type PointSpend = typeof pointSpends.$inferSelect;

/** Why a receipt is paid with no points. */
export type PointSpendMiss =
  /** 没有开通 */
  | { readonly reason: 'POINTS_OFF' }
  | { readonly reason: 'INSUFFICIENT'; readonly have: number; readonly need: number }
  | { readonly reason: 'BELOW_LEAST'; readonly points: number; readonly leastPoints: number }
  | { readonly reason: 'NOT_IN_STEPS'; readonly points: number; readonly stepPoints: number }
  /** 每单最多: `usablePoints` and `usableFen` are the most. */
  | {
      readonly reason: 'ABOVE_CEILING';
      readonly points: number;
      readonly usablePoints: number;
      readonly usableFen: number;
      readonly payableFen: number;
    }
  /** Something else was spent for this receipt, or by somebody else. */
  | { readonly reason: 'ALREADY_SPENT'; readonly points: number; readonly offFen: number }
  /** Of undoing. */
  | { readonly reason: 'UNKNOWN_SPEND' };

/** 对不上: what a sale says was paid with points, and what was spent for it here. Neither is changed. */
export type PointsDifference =
  | { readonly reason: 'NOT_SPENT'; readonly toldFen: number }
  | { readonly reason: 'AMOUNT_DIFFERS'; readonly toldFen: number; readonly spentFen: number }
  | { readonly reason: 'NOT_THEIRS'; readonly spentFen: number };
