/** 优惠券: one piece of a template in a member's hands, and what has happened to it since it was issued. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { BatchId, CampaignId, CouponId, MemberId, SaleId, StoreId, TemplateId } from '../plain/ids.ts';

/** As it is kept; that one is locked, or over, follows from its times. */
export const couponStates = ['issued', 'used', 'revoked'] as const;

/** Why a coupon is not the member's to keep. */
export const couponFlags = ['earned-by-returned-sale', 'campaign-withdrawn', 'paid-back', 'by-hand'] as const;

/** 占用的单: `sale:{sale id}`, or `cart:{namespace}:{cart id}` where the till numbers only at payment. */
export type CouponRef = `sale:${string}` | `cart:${string}`;

export const coupons = sqliteTable(
  'coupons',
  {
    id: text().primaryKey().$type<CouponId>(),
    /** 转赠: its code since it was passed on, when the one before it stopped being worth anything; null where the id is its code. */
    code: text().$type<CouponId>(),
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
    /** Set when the sale that earned an already used coupon came back, and on every coupon of a campaign that was taken back. */
    flag: text({ enum: couponFlags }),
    /** 领取门店, where its template asks for it. */
    storeId: text().$type<StoreId>(),
    /** The 领券批次 that it was claimed from, and at which of its placements. */
    batchId: text().$type<BatchId>(),
    placement: integer(),
    /** Held for this receipt until `lockedUntil`; after that it is free by itself. */
    lockedFor: text().$type<CouponRef>(),
    lockedUntil: integer(),
    /** The receipt that used it. */
    usedFor: text().$type<CouponRef>(),
    /** What it took off then, and the price of the goods that it was taken off; null where the one or the other is not known. */
    offFen: integer(),
    onFen: integer(),
    /** 转赠: what its last link is known by, taken or not; it is on its way until `passUntil`, and after that by itself no more. */
    passId: text(),
    passUntil: integer(),
    /** Who passed it on, and when: once in its life. */
    passedBy: text().$type<MemberId>(),
    passedAt: integer(),
    /** 预付: what was paid for it in advance; null where nothing was, or where its day went by and the money is kept. */
    paidFen: integer(),
  },
  (table) => [
    index('coupons_member').on(table.memberId, table.issuedAt),
    // Of coupons that nobody passes on these three have no entry.
    uniqueIndex('coupons_code')
      .on(table.code)
      .where(sql`code IS NOT NULL`),
    uniqueIndex('coupons_pass')
      .on(table.passId)
      .where(sql`pass_id IS NOT NULL`),
    index('coupons_passed')
      .on(table.passedBy)
      .where(sql`passed_by IS NOT NULL`),
    index('coupons_used')
      .on(table.usedFor)
      .where(sql`used_for IS NOT NULL`),
    index('coupons_batch')
      .on(table.batchId, table.placement)
      .where(sql`batch_id IS NOT NULL`),
    // 过期不退: those that were paid for, by their last moment. What was given has no entry.
    index('coupons_prepaid')
      .on(table.validTo)
      .where(sql`paid_fen IS NOT NULL`),
    check('coupon_state', sql`${table.state} IN ('issued', 'used', 'revoked')`),
    check('coupon_window', sql`${table.validFrom} < ${table.validTo}`),
    check('coupon_use', sql`${table.state} <> 'used' OR ${table.usedFor} IS NOT NULL`),
    check('coupon_lock', sql`(${table.lockedFor} IS NULL) = (${table.lockedUntil} IS NULL)`),
    check('coupon_pass', sql`${table.passUntil} IS NULL OR ${table.passId} IS NOT NULL`),
    check(
      'coupon_passed',
      sql`(${table.passedBy} IS NULL) = (${table.passedAt} IS NULL) AND (${table.passedBy} IS NULL) = (${table.code} IS NULL)`,
    ),
  ],
);
export type Coupon = typeof coupons.$inferSelect;

export const couponActs = [
  'locked',
  'released',
  'used',
  'settled',
  'given-back',
  'revoked',
  'refunded',
  'offered',
  'withdrawn',
  'passed',
] as const;
export type CouponAct = (typeof couponActs)[number];

/** 手工发: who gave it and why stands nowhere else. Of every other coupon its own row says where it came from. */
export const couponMoveActs = [...couponActs, 'granted'] as const;

/** 券的经历: one row for each step after it was issued, of which its own row tells; nobody is named but by the coupon. */
export const couponMoves = sqliteTable(
  'coupon_moves',
  {
    seq: integer().primaryKey(),
    couponId: text().notNull().$type<CouponId>(),
    act: text({ enum: couponMoveActs }).notNull(),
    /** What made it so: `sale:…`, `refund:…`, `void:…`, `cart:…`, `grant:…`, `revoke:…`, `pass:…`. */
    cause: text().notNull(),
    at: integer().notNull(),
    storeId: text().$type<StoreId>(),
    /** The till or the colleague who did it; null where it followed from a receipt. */
    by: text(),
    /** What it took off, where that is known. */
    offFen: integer(),
    /** Why, in the words of the colleague who did it; emptied when its owner asks to be forgotten. */
    reason: text(),
  },
  (table) => [
    index('coupon_moves_coupon').on(table.couponId),
    // 今天核销的: what somebody used at a counter, of one store. A receipt's own uses have nobody, and no entry here.
    index('coupon_moves_counter')
      .on(table.storeId, table.at)
      .where(sql`act = 'used' AND by IS NOT NULL`),
    // 核销记录 are looked up by their days.
    index('coupon_moves_used')
      .on(table.at)
      .where(sql`act = 'used'`),
  ],
);
export type CouponMove = typeof couponMoves.$inferSelect;

/**
 * 券的成绩: how many of a template were given by no campaign, and how many of them stand revoked or used; what campaigns gave is in
 * their counters. Moved with the coupons themselves, so that nobody has to count them; a row for each template, and never more.
 */
export const couponTallies = sqliteTable('coupon_tallies', {
  templateId: text().primaryKey().$type<TemplateId>(),
  sent: integer().notNull(),
  revoked: integer().notNull(),
  used: integer().notNull(),
});
export type CouponTally = typeof couponTallies.$inferSelect;
