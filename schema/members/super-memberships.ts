/** 超级会员: a membership that is paid for, for so long; one row for each number under which it was sold. A level is something else. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { MemberId, StoreId, SuperMembershipId } from '../plain/ids.ts';
import { Fen } from '../plain/values.ts';

const plansMax = 20;
const planDaysMax = 1_100;
const planMonthsMax = 36;
const refundDaysMax = 366;

/** 退款的规定. none 不退; by-days: for whole days that are still to come; if-unused: all of it, for some days, unless something given for it was used. */
export const superRefunds = ['none', 'by-days', 'if-unused'] as const;

const SuperPlan = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .meta({ examples: ['年卡'] }),
    priceFen: Fen,
    days: z.int().min(1).max(planDaysMax).nullable().default(null),
    months: z.int().min(1).max(planMonthsMax).nullable().default(null),
    refund: z.enum(superRefunds).default('none').meta({
      description:
        'none: it is not paid back. by-days: the price of the whole days that are still to come, rounded down to the fen. if-unused: all of it within `refundWithinDays`, unless a coupon that was given for buying it is used.',
    }),
    refundWithinDays: z.int().min(1).max(refundDaysMax).default(7).meta({
      description: 'Of if-unused alone: so many times 24 hours from when it was sold.',
    }),
  })
  .refine(({ days, months }) => (days === null) !== (months === null), {
    path: ['months'],
    message: 'give either days or months',
  });
export type SuperPlan = z.infer<typeof SuperPlan>;

export const SuperMembershipSettings = z.strictObject({
  plans: z
    .array(SuperPlan)
    .max(plansMax)
    .refine((plans) => new Set(plans.map(({ name }) => name)).size === plans.length, {
      message: 'two plans have the same name',
    })
    .default([])
    .meta({
      description:
        'Plans of the super membership: what one costs, how many days or months it is for, and what is paid back. What buying it gives is said by campaigns of the trigger super_membership.bought. What was sold keeps the terms under which it was sold.',
    }),
});
export type SuperMembershipSettings = z.infer<typeof SuperMembershipSettings>;

/** undone 撤销: it was a mistake of the counter, and never was. refunded 退款. */
const superEnds = ['undone', 'refunded'] as const;
export type SuperEnd = (typeof superEnds)[number];

export const superMemberships = sqliteTable(
  'super_memberships',
  {
    id: text().primaryKey().$type<SuperMembershipId>(),
    memberId: text().notNull().$type<MemberId>(),
    storeId: text().notNull().$type<StoreId>(),
    /** 方案 by its name, with its terms as they were then. */
    plan: text().notNull(),
    paidFen: integer().notNull(),
    refund: text({ enum: superRefunds }).notNull(),
    refundWithinDays: integer().notNull(),
    soldAt: integer().notNull(),
    /** From the later of when it was sold and when the one before it is over, and no longer from `untilAt` on. */
    fromAt: integer().notNull(),
    untilAt: integer().notNull(),
    /** What she had before; null never was one. */
    beforeAt: integer(),
    endedAt: integer(),
    endedAs: text({ enum: superEnds }),
    /** What was paid back. */
    backFen: integer().notNull(),
  },
  (table) => [
    index('super_memberships_member').on(table.memberId, table.soldAt),
    check('super_membership_span', sql`${table.fromAt} < ${table.untilAt}`),
    check(
      'super_membership_money',
      sql`${table.paidFen} >= 0 AND ${table.backFen} BETWEEN 0 AND ${table.paidFen}`,
    ),
    check('super_membership_end', sql`(${table.endedAt} IS NULL) = (${table.endedAs} IS NULL)`),
  ],
);
export type SuperMembership = typeof superMemberships.$inferSelect;

/** Why no membership is sold, undone or paid back. */
export type SuperMiss =
  | { readonly reason: 'UNKNOWN_PLAN' }
  | { readonly reason: 'AMOUNT_DIFFERS'; readonly toldFen: number; readonly dueFen: number }
  /** Something else was sold under this number, or to somebody else. */
  | { readonly reason: 'NUMBER_TAKEN' }
  /** 买得太远: it would end later than anybody may promise. */
  | { readonly reason: 'TOO_FAR'; readonly until: number; readonly most: number }
  | { readonly reason: 'UNKNOWN_MEMBERSHIP' }
  /** It was undone or paid back before. */
  | { readonly reason: 'ENDED'; readonly at: number }
  /** Another was bought after it: that one goes first. */
  | { readonly reason: 'NOT_LAST'; readonly later: string }
  | { readonly reason: 'NO_REFUND' }
  | { readonly reason: 'REFUND_CLOSED'; readonly days: number; readonly until: number }
  /** So many coupons that were given for it are used, or held by a till. */
  | { readonly reason: 'ALREADY_USED'; readonly coupons: number }
  | { readonly reason: 'OVER'; readonly at: number }
  | { readonly reason: 'UNDO_CLOSED'; readonly until: number };
