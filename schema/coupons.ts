/** 优惠券: the template a merchant draws up, and the coupons members hold. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { CampaignId, CouponId, MemberId, SaleId, TemplateId } from './ids.ts';
import { Fen, Instant, Scope, StoreIds, wholeNumberMax } from './values.ts';

const daysMax = 3650;

const Validity = z.union(
  [
    z.strictObject({
      relative: z.strictObject({
        afterDays: z.int().min(0).max(daysMax),
        forDays: z.int().min(1).max(daysMax),
      }),
    }),
    z.strictObject({
      fixed: z
        .strictObject({ from: Instant, to: Instant })
        .refine((fixed) => Date.parse(fixed.from) < Date.parse(fixed.to), {
          path: ['to'],
          message: 'must be later than from',
        }),
    }),
  ],
  {
    error:
      'give either {"relative":{"afterDays":0,"forDays":7}} or {"fixed":{"from":"2026-06-11T00:00:00+08:00","to":"2026-06-18T00:00:00+08:00"}}',
  },
);

const common = {
  name: z.string().trim().min(1).max(60),
  minSpendFen: Fen.default(0),
  scope: Scope.default({ include: [], exclude: [] }),
  validity: Validity,
  stores: StoreIds.nullable().default(null),
  stock: z.int().min(1).max(wholeNumberMax).nullable().default(null),
  perMember: z.int().min(1).max(wholeNumberMax).nullable().default(null),
  /** Where the kind itself does not say it, or says more than the shop bears. */
  faceCostFen: Fen.nullable().default(null).meta({
    description:
      'What one costs the shop. Needed for percent without maxOffFen, gift, experience, shipping and partner in a group that picks the best and under a budget; 0 where somebody else pays.',
  }),
};

/** What the merchant sends; valueFen is money off, payBps 9000 is 9折. */
export const CouponTemplateInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cash'), valueFen: Fen.min(1), ...common }),
  z.strictObject({
    kind: z.literal('percent'),
    payBps: z.int().min(1).max(9999),
    maxOffFen: Fen.min(1).nullable().default(null),
    ...common,
  }),
  z.strictObject({ kind: z.literal('gift'), ...common }),
  z.strictObject({ kind: z.literal('experience'), ...common }),
  z.strictObject({ kind: z.literal('shipping'), ...common }),
  z.strictObject({ kind: z.literal('partner'), ...common }),
]);
export type CouponTemplateDefinition = z.infer<typeof CouponTemplateInput>;

export const couponTemplates = sqliteTable('coupon_templates', {
  id: text().primaryKey().$type<TemplateId>(),
  definition: text({ mode: 'json' }).notNull().$type<CouponTemplateDefinition>(),
  createdAt: integer().notNull(),
});
export type CouponTemplate = typeof couponTemplates.$inferSelect;

export const couponTemplateCounters = sqliteTable(
  'coupon_template_counters',
  {
    templateId: text().primaryKey().$type<TemplateId>(),
    issued: integer().notNull(),
    stock: integer(),
  },
  (table) => [
    check('coupon_stock', sql`${table.stock} IS NULL OR ${table.issued} <= ${table.stock}`),
    check('coupon_issued', sql`${table.issued} >= 0`),
  ],
);
export type CouponTemplateCounter = typeof couponTemplateCounters.$inferSelect;

export const couponStates = ['issued', 'used', 'revoked'] as const;

export const coupons = sqliteTable(
  'coupons',
  {
    id: text().primaryKey().$type<CouponId>(),
    memberId: text().notNull().$type<MemberId>(),
    templateId: text().notNull().$type<TemplateId>(),
    campaignId: text().$type<CampaignId>(),
    saleId: text().$type<SaleId>(),
    state: text({ enum: couponStates }).notNull(),
    /** Usable from this instant, and no longer from validTo on. */
    validFrom: integer().notNull(),
    validTo: integer().notNull(),
    issuedAt: integer().notNull(),
    endedAt: integer(),
    /** Set when the sale that earned an already used coupon came back. */
    flag: text({ enum: ['earned-by-returned-sale'] }),
  },
  (table) => [
    index('coupons_member').on(table.memberId, table.issuedAt),
    check('coupon_state', sql`${table.state} IN ('issued', 'used', 'revoked')`),
    check('coupon_window', sql`${table.validFrom} < ${table.validTo}`),
  ],
);
export type Coupon = typeof coupons.$inferSelect;
