/** 销售单 and 退货单: what was sold and what came back, in our words. */
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, MemberId, SaleId, Sku, StoreId } from '../plain/ids.ts';
import type { Account } from '../money/ledgers.ts';
import type { LotKey } from '../points/lots.ts';

export const lineKinds = [
  'normal',
  'gift',
  'addon',
  'points_exchange',
  'exchange_in',
  'exchange_out',
  'service',
] as const;
export type LineKind = (typeof lineKinds)[number];

/** All that an account had ever received at some moment; one that had received nothing is left out. */
export type Marks = Readonly<Partial<Record<Account, number>>>;

/** Of one receipt. */
export const couponCodesMax = 50;

export const channels = ['pos', 'mall', 'mini_program', 'takeaway', 'other'] as const;

export const sales = sqliteTable(
  'sales',
  {
    /** In the order in which they arrived, so that a new one goes where the last one went. */
    seq: integer().primaryKey(),
    id: text().notNull().$type<SaleId>(),
    memberId: text().$type<MemberId>(),
    /** Made of the next where that says something, else of the id, which holds it. */
    orderNo: text()
      .notNull()
      .generatedAlwaysAs(
        sql`coalesce(number_kept, substr(id, instr(id, ':') + 1, instr(id || '@', '@') - instr(id, ':') - 1))`,
        { mode: 'virtual' },
      ),
    numberKept: text(),
    version: text().notNull(),
    storeId: text().notNull().$type<StoreId>(),
    /** 收银机号, where the till says which: it tells receipts of one number apart. */
    terminal: text(),
    associateId: text().$type<AssociateId>(),
    channel: text({ enum: channels }).notNull(),
    occurredAt: integer().notNull(),
    /** The date in the store's zone, YYYY-MM-DD: limits a day and reminders go by it. Made of the next, or of the instant. */
    occurredOn: text()
      .notNull()
      .generatedAlwaysAs(sql`coalesce(day_kept, date(occurred_at / 1000, 'unixepoch', '+8 hours'))`, {
        mode: 'virtual',
      }),
    /** In zones other than the usual one. */
    dayKept: text(),
    paidFen: integer().notNull(),
    /** What is left of the sale after returns. */
    keptFen: integer().notNull(),
    voidedAt: integer(),
    /** When it was first decided: with when it happened, it says whose promises decide, also when part of it comes back. */
    evaluatedAt: integer().notNull(),
    /** 历史单据: first told for the record, it counts and never earns anything, whatever is told of it later. */
    isHistory: integer({ mode: 'boolean' }).notNull(),
    /** What the sale's postings add up to, before campaigns: its entitlement, and what a return could not take back. */
    points: integer().notNull(),
    growth: integer().notNull(),
    /** Taken once this sale was posted: tells which of what it earned is still unspent. */
    marks: text({ mode: 'json' }).notNull().$type<Marks>(),
    /** Rises with every change; a write based on an older reading is refused. */
    rev: integer().notNull(),
    /** Where its points go, as the settings had it when it was first told; null where they never end and wait for nothing. */
    pointsLot: text({ mode: 'json' }).$type<LotKey>(),
    /** 营业日, where the till says which: what is sold at one in the night is counted with the evening before. */
    businessOn: text(),
    /** How many purchases the member had made when this one was first told: a return is judged by the same. */
    ordersBefore: integer().notNull(),
    /** Its lines and what it was granted, as `db/shelves/sale-document.ts` writes them. */
    document: text({ mode: 'json' }).notNull().$type<readonly unknown[]>(),
  },
  (table) => [
    uniqueIndex('sales_id').on(table.id),
    // Who bought without saying who they are has no list to look through.
    index('sales_member')
      .on(table.memberId, table.occurredAt)
      .where(sql`member_id IS NOT NULL`),
    check('sales_money', sql`${table.keptFen} >= 0`),
  ],
);
export type Sale = Omit<typeof sales.$inferSelect, 'seq' | 'document' | 'numberKept' | 'dayKept'> & {
  /** 等级积分倍数 when it was first told of this buyer: 150 is 1.5 for each point, 100 the usual. Kept in the document. */
  readonly pointsPercent: number;
};
/** A sale as its row alone has it. */
export type SaleRow = Omit<Sale, 'pointsPercent'>;

/**
 * 卖出时的商品: what a product was called and what counted for it when it was sold. Said once, however many lines sold it so: they
 * hold its number. A row is never changed; another name or tag is another row.
 */
export const productFacts = sqliteTable(
  'product_facts',
  {
    seq: integer().primaryKey(),
    /** Made of all that follows. */
    key: text().notNull(),
    sku: text().notNull().$type<Sku>(),
    name: text().notNull(),
    categoryIds: text({ mode: 'json' }).notNull().$type<readonly string[]>(),
    brand: text(),
    /** The product's tags on the day of the sale: a return takes these back, whatever the product says by then. */
    tags: text({ mode: 'json' }).notNull().$type<readonly string[]>(),
    pointsFactorMilli: integer().notNull(),
  },
  // What a till sells under a code, for who names it in a campaign. Rows are few: one for each way a product was ever sold.
  (table) => [
    uniqueIndex('product_facts_key').on(table.key),
    index('product_facts_sku').on(table.sku, table.name),
  ],
);
export type ProductFacts = Omit<typeof productFacts.$inferSelect, 'seq'>;

export type SaleLine = Omit<ProductFacts, 'key'> & {
  readonly saleId: SaleId;
  readonly lineNo: string;
  readonly kind: LineKind;
  readonly quantityMilli: number;
  /** What was really paid for this line: order-level discounts and rounding are already shared out. */
  readonly paidFen: number;
  /** The part of paidFen that can earn points. */
  readonly earningFen: number;
};

export type ReturnedLine = {
  readonly lineNo: string | null;
  readonly sku: Sku;
  readonly quantityMilli: number;
  readonly amountFen: number;
};

export const refunds = sqliteTable(
  'refunds',
  {
    saleId: text().notNull().$type<SaleId>(),
    refundNo: text().notNull(),
    scope: text({ enum: ['full', 'partial', 'no_original'] }).notNull(),
    memberId: text().$type<MemberId>(),
    refundedFen: integer().notNull(),
    occurredAt: integer().notNull(),
    lines: text({ mode: 'json' }).notNull().$type<readonly ReturnedLine[]>(),
    /** 换货: what the customer took away instead, as lines of the sale. */
    added: text({ mode: 'json' }).notNull().$type<readonly SaleLine[]>(),
    /** A return told again with a higher one replaces the one before. */
    version: text().notNull().default('1'),
    businessOn: text(),
  },
  (table) => [primaryKey({ columns: [table.saleId, table.refundNo] })],
);
export type Refund = typeof refunds.$inferSelect;
