/** 门店, 导购 and 商品: places, people and goods, under the till's own ids. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AssociateId, Sku, StoreId } from '../plain/ids.ts';

export const defaultTimezone = 'Asia/Shanghai';

/** Rises with every change; a write based on an older reading is refused. 0 is a row that was not there. */
const rev = () => integer().notNull().default(1);

export const stores = sqliteTable('stores', {
  id: text().primaryKey().$type<StoreId>(),
  name: text().notNull(),
  timezone: text().notNull(),
  rev: rev(),
});
export type Store = typeof stores.$inferSelect;

export const associates = sqliteTable('associates', {
  id: text().primaryKey().$type<AssociateId>(),
  name: text().notNull(),
  storeId: text().$type<StoreId>(),
  openid: text(),
  /** 企业微信 account, where the shop has one. */
  wecomUserId: text(),
  /** 离职: from then on she gets nobody new, and her successor gets what is meant for her. */
  endedAt: integer(),
  /** 接手人: null is the shop itself. Never somebody who has left. */
  successorId: text().$type<AssociateId>(),
  /** Her printed codes bring people to the successor; otherwise they stand for nobody. */
  codesGoOn: integer({ mode: 'boolean' }).notNull().default(false),
  rev: rev(),
});
export type Associate = typeof associates.$inferSelect;

export type Category = { readonly id: string; readonly name: string };

export const products = sqliteTable(
  'products',
  {
    sku: text().primaryKey().$type<Sku>(),
    name: text().notNull(),
    categoryPath: text({ mode: 'json' }).notNull().$type<readonly Category[]>(),
    brand: text(),
    tags: text({ mode: 'json' }).notNull().$type<readonly string[]>(),
    /** Points for each yuan, in thousandths: 3000 is 三倍积分, 0 earns nothing. */
    pointsFactorMilli: integer().notNull(),
    status: text({ enum: ['active', 'removed'] }).notNull(),
    rev: rev(),
  },
  // Who draws up a campaign looks for goods by the first words of their name, and through all names one after the other.
  (table) => [index('products_name').on(table.name)],
);
export type Product = typeof products.$inferSelect;
