/** 券模板: what the merchant draws up once: what a coupon takes off, on what, when, where, and how many there are. */
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { TemplateId } from '../plain/ids.ts';
import { Fen, Instant, Scope, StoreIds, wholeNumberMax } from '../plain/values.ts';

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
    /** 同超级会员有效期: from when it is given until her membership ends. */
    z.strictObject({ superMember: z.literal(true) }),
  ],
  {
    error:
      'give either {"relative":{"afterDays":0,"forDays":7}} or {"fixed":{"from":"2026-06-11T00:00:00+08:00","to":"2026-06-18T00:00:00+08:00"}} or {"superMember":true}',
  },
);

const Limit = z.int().min(1).max(wholeNumberMax).nullable().default(null);

/** 叠加: what may stand beside it on one receipt. none: nothing; other-templates: not a second one of its own; any: everything that lets it. */
export const stackings = ['none', 'other-templates', 'any'] as const;
/** 部分退货: what becomes of a used coupon when the goods that are kept no longer reach its minimum. */
export const partialReturns = ['keep', 'give-back'] as const;

/** What coupons of every kind say. */
export const couponTerms = {
  name: z.string().trim().min(1).max(60),
  minSpendFen: Fen.default(0),
  scope: Scope.default({ include: [], exclude: [] }),
  validity: Validity.meta({
    description:
      '{"superMember": true} is good from when it is given until the super membership of whoever gets it ends; nobody else is given one.',
  }),
  stores: z
    .union([StoreIds, z.literal('claiming')], 'must be null, a list of store ids, or "claiming"')
    .nullable()
    .default(null)
    .meta({
      description:
        'null works everywhere, a list in these stores, "claiming" only in the store where it was claimed; one that was claimed in no store works everywhere.',
    }),
  stacksWith: z.enum(stackings).default('none'),
  perSale: Limit.meta({ description: 'How many of it one receipt takes, where it stacks with its own.' }),
  stock: Limit,
  perMember: Limit,
  perMemberPerDay: Limit,
  perDay: Limit.meta({ description: 'How many are given out on one day, to all members together.' }),
  associateQuota: Limit.meta({
    description:
      'How many of it one associate may have out: offered and not yet over, or taken. null: associates do not give it.',
  }),
  reclaimAfterDays: z.int().min(1).max(90).default(14).meta({
    description:
      'After so many days an offer of an associate that was not taken is over, and hers to make again.',
  }),
  transferable: z.boolean().default(false).meta({
    description: 'A member may pass it on to a friend by a link, once; its code changes with its owner.',
  }),
  giveBack: z.boolean().default(true).meta({
    description: 'A used one comes back when the whole sale does. After a void it always does.',
  }),
  onPartialReturn: z.enum(partialReturns).default('keep'),
  /** Where the kind itself does not say it, or says more than the shop bears. */
  faceCostFen: Fen.nullable().default(null).meta({
    description:
      'What one costs the shop. Needed for percent without maxOffFen, gift, experience, shipping and partner in a group that picks the best and under a budget; 0 where somebody else pays.',
  }),
};

/** Each kind adds its own, which only the kind itself reads: decide/coupons/kinds. */
export type CouponTemplateDefinition = z.infer<z.ZodObject<typeof couponTerms>> & { readonly kind: string };

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

/** 每日发放: how many of a template with a limit a day were given out for what happened on one day. */
export const couponDays = sqliteTable(
  'coupon_days',
  {
    templateId: text().notNull().$type<TemplateId>(),
    dayOn: text().notNull(),
    issued: integer().notNull(),
    limitCount: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.templateId, table.dayOn] }),
    check('coupon_day', sql`${table.issued} <= ${table.limitCount}`),
  ],
);
export type CouponDay = typeof couponDays.$inferSelect;
