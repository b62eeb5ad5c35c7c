/** 套餐、次卡: what the office sells, what a member holds of it, and each redemption of one of its items. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type {
  AssociateId,
  MemberId,
  PackageId,
  PackageTemplateId,
  PackageUseId,
  StoreId,
} from '../plain/ids.ts';
import { Fen } from '../plain/values.ts';

/** Kinds of items in one package, and pieces of one item. */
export const packageItemsMax = 20;
export const packageCountMax = 10_000;
const validDaysMax = 3_650;

/** 单次价 0: 赠送, for which nothing is taken off a refund. */
export const packageItemShape = {
  count: z.int().min(1).max(packageCountMax).meta({ description: 'How many of it there are.', example: 10 }),
  unitPriceFen: Fen.meta({
    description: 'What one of it counts when the package is refunded; 0 is a gift.',
    example: 5000,
  }),
};

const TemplateItem = z.strictObject({
  name: z.string().trim().min(1).max(40).meta({ example: '洗澡' }),
  ...packageItemShape,
});

/** An item is known by its name: two of one name would be one. */
export const PackageTemplateInput = z.strictObject({
  name: z.string().trim().min(1).max(40).meta({ description: 'As members read it.', example: '洗澡次卡' }),
  items: z
    .array(TemplateItem)
    .min(1)
    .max(packageItemsMax)
    .refine((items) => new Set(items.map(({ name }) => name)).size === items.length, {
      message: 'two items have the same name',
    }),
  priceFen: Fen.meta({ description: 'What it is sold for.', example: 45_000 }),
  validDays: z.int().min(1).max(validDaysMax).nullable().default(null).meta({
    description: 'How many days it is good for, the day of the sale included; null is without end.',
    example: 365,
  }),
  enabled: z.boolean().default(true).meta({ description: 'Whether it is sold now.' }),
});
export type PackageTemplateInput = z.infer<typeof PackageTemplateInput>;

export const packageTemplates = sqliteTable('package_templates', {
  id: text().primaryKey().$type<PackageTemplateId>(),
  definition: text({ mode: 'json' }).notNull().$type<PackageTemplateInput>(),
  createdAt: integer().notNull(),
});
export type PackageTemplate = typeof packageTemplates.$inferSelect;

/** As it was sold: what the office changes later changes nothing of it. */
export type PackageItem = {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly unitPriceFen: number;
  readonly used: number;
};

export const packages = sqliteTable(
  'packages',
  {
    id: text().primaryKey().$type<PackageId>(),
    /** 套餐码: what is scanned. */
    code: text().notNull(),
    memberId: text().notNull().$type<MemberId>(),
    storeId: text().notNull().$type<StoreId>(),
    associateId: text().$type<AssociateId>(),
    /** 套餐编号 of the office's template, or of the till. */
    kindId: text().notNull(),
    name: text().notNull(),
    items: text({ mode: 'json' }).notNull().$type<readonly PackageItem[]>(),
    /** Of all items together, so that no writer can redeem more than there is. */
    count: integer().notNull(),
    used: integer().notNull(),
    paidFen: integer().notNull(),
    soldAt: integer().notNull(),
    /** No longer from this instant on; null is without end. */
    validUntil: integer(),
    /** 退款: what was paid back of it, and when; then it is over. */
    refundedFen: integer(),
    refundedAt: integer(),
    /** How often it was redeemed, undone or paid back: a merger is not undone after that. */
    changes: integer().notNull(),
  },
  (table) => [
    uniqueIndex('packages_code').on(table.code),
    index('packages_member').on(table.memberId, table.soldAt),
    check('package_left', sql`${table.used} BETWEEN 0 AND ${table.count}`),
    check(
      'package_refund',
      sql`${table.paidFen} >= 0 AND (${table.refundedFen} IS NULL) = (${table.refundedAt} IS NULL) AND coalesce(${table.refundedFen}, 0) BETWEEN 0 AND ${table.paidFen}`,
    ),
  ],
);
export type Package = typeof packages.$inferSelect;

/** 核销: under the number of whoever did it, once. Whose it is, its package says. */
export const packageUses = sqliteTable(
  'package_uses',
  {
    id: text().primaryKey().$type<PackageUseId>(),
    packageId: text().notNull().$type<PackageId>(),
    storeId: text().notNull().$type<StoreId>(),
    itemId: text().notNull(),
    count: integer().notNull(),
    at: integer().notNull(),
    by: text(),
    /** 撤销. */
    undoneAt: integer(),
  },
  (table) => [
    index('package_uses_package').on(table.packageId, table.at),
    check('package_use_count', sql`${table.count} > 0`),
  ],
);
export type PackageUse = typeof packageUses.$inferSelect;

/** Why a package is not sold, redeemed, undone or paid back. */
export type PackageMiss =
  /** No such template, or one that is not sold now. */
  | { readonly reason: 'NOT_FOR_SALE' }
  | { readonly reason: 'AMOUNT_DIFFERS'; readonly toldFen: number; readonly dueFen: number }
  /** Something else was done under this number. */
  | { readonly reason: 'NUMBER_TAKEN' }
  | { readonly reason: 'UNKNOWN_PACKAGE' }
  | { readonly reason: 'UNKNOWN_ITEM'; readonly item: string; readonly items: readonly string[] }
  | { readonly reason: 'NOTHING_LEFT'; readonly item: string; readonly have: number; readonly need: number }
  | { readonly reason: 'PACKAGE_EXPIRED'; readonly validUntil: number }
  | { readonly reason: 'ALREADY_REFUNDED'; readonly refundedFen: number; readonly at: number }
  /** Of paying back: everything was used. */
  | { readonly reason: 'ALL_USED'; readonly count: number }
  | { readonly reason: 'UNKNOWN_USE' }
  /** 撤销 is for a day. */
  | { readonly reason: 'UNDO_CLOSED'; readonly until: number };
