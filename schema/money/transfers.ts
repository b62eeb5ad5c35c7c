/** 商家转账: money that leaves a member's account for their WeChat wallet, and how far each payment has come. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { EventBase } from '../events/base.ts';
import type { CampaignId, MemberId, SaleId } from '../plain/ids.ts';

export const openTransferStates = ['asked', 'sent', 'waiting', 'cancelling'] as const;
export const endedTransferStates = ['paid', 'failed', 'cancelled', 'expired'] as const;
/**
 * asked: not known to be with WeChat Pay yet. sent: WeChat Pay has it. waiting: the member has to confirm. expired: the member
 * did not confirm in time. Only the last four are final.
 */
export const transferStates = [...openTransferStates, ...endedTransferStates] as const;
export type TransferState = (typeof transferStates)[number];
export type EndedTransferState = (typeof endedTransferStates)[number];

/** 提现: the member asked for it. 红包: a sale earned it. */
export const transferKinds = ['withdrawal', 'red-packet'] as const;
export type TransferKind = (typeof transferKinds)[number];

/**
 * Why a transfer is called off: somebody asked, the sale was returned, its campaign was taken back, it cannot be sent, or the
 * member did not confirm in time.
 */
export const cancelReasons = ['asked', 'returned', 'withdrawn', 'gave-up', 'unconfirmed'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/**
 * What a request tells WeChat Pay besides the amount. It is the same at every attempt, because WeChat Pay refuses the same bill
 * number with other content.
 */
export type TransferTerms = {
  readonly sceneId: string;
  readonly remark: string;
  readonly perception: string | null;
  readonly reports: readonly { readonly infoType: string; readonly infoContent: string }[];
  /** Null when WeChat Pay could not reach us: then the result is only polled. */
  readonly notifyUrl: string | null;
  /** Where the member confirms. */
  readonly confirmUrl: string;
};

/** Money that a refund could not take back because it was on its way. It is taken if the transfer fails. */
export type Recall = {
  readonly campaignId: CampaignId;
  /** The sale now belongs to another member: its grant is no longer this member's. */
  readonly isMoved: boolean;
  readonly fen: number;
  /** The campaign's slot, when only this money keeps it taken. */
  readonly slot: { readonly on: string } | null;
};

export const transfers = sqliteTable(
  'transfers',
  {
    seq: integer().primaryKey(),
    /** 商户单号: it keeps a payment from being made twice; it is never changed and never reused. */
    outBillNo: text().notNull(),
    memberId: text().notNull().$type<MemberId>(),
    kind: text({ enum: transferKinds }).notNull(),
    saleId: text().$type<SaleId>(),
    amountFen: integer().notNull(),
    /** The recipient; kept only while the transfer is under way. */
    openid: text(),
    terms: text({ mode: 'json' }).notNull().$type<TransferTerms>(),
    state: text({ enum: transferStates }).notNull(),
    transferBillNo: text(),
    /** For `requestMerchantTransfer`, while the member has to confirm. */
    packageInfo: text(),
    /** WeChat Pay's code for why it failed. */
    failReason: text(),
    recalls: text({ mode: 'json' }).notNull().$type<readonly Recall[]>(),
    /** From this instant on it is never sent again, only looked up and cancelled. */
    cancelAskedAt: integer(),
    cancelReason: text({ enum: cancelReasons }),
    /** The day whose limits it counts against. */
    dayOn: text().notNull(),
    askedAt: integer().notNull(),
    endedAt: integer(),
    /** Rises with every decision about it; a write based on an older reading is refused. */
    rev: integer().notNull(),
    dueAt: integer().notNull(),
    leaseUntil: integer(),
    /** Counted before each attempt: a row above 0 may have reached WeChat Pay. */
    attempts: integer().notNull(),
    lastError: text(),
  },
  (table) => [
    uniqueIndex('transfers_bill').on(table.outBillNo),
    index('transfers_due')
      .on(table.dueAt)
      .where(sql`ended_at IS NULL`),
    index('transfers_sale')
      .on(table.saleId)
      .where(sql`sale_id IS NOT NULL`),
    index('transfers_member').on(table.memberId, table.seq),
    check(
      'transfer_state',
      sql`${table.state} IN ('asked', 'sent', 'waiting', 'cancelling', 'paid', 'failed', 'cancelled', 'expired')`,
    ),
    check(
      'transfer_ended',
      sql`${table.state} IN ('asked', 'sent', 'waiting', 'cancelling') OR ${table.endedAt} IS NOT NULL`,
    ),
    check('transfer_kind', sql`${table.kind} IN ('withdrawal', 'red-packet')`),
    check('transfer_amount', sql`${table.amountFen} > 0`),
    check(
      'transfer_cancel',
      sql`${table.cancelReason} IS NULL OR ${table.cancelReason} IN ('asked', 'returned', 'withdrawn', 'gave-up', 'unconfirmed')`,
    ),
    check('transfer_cancelled_at', sql`(${table.cancelAskedAt} IS NULL) = (${table.cancelReason} IS NULL)`),
  ],
);
export type Transfer = Omit<typeof transfers.$inferSelect, 'seq'>;

/** What the shop pays out in one day, so that a bug costs no more than a day's limit. */
export const payoutDays = sqliteTable(
  'payout_days',
  {
    dayOn: text().primaryKey(),
    spentFen: integer().notNull(),
    limitFen: integer(),
  },
  (table) => [
    check(
      'payout_day',
      sql`${table.spentFen} >= 0 AND (${table.limitFen} IS NULL OR ${table.spentFen} <= ${table.limitFen})`,
    ),
  ],
);
export type PayoutDay = typeof payoutDays.$inferSelect;

/** 提现申请; for a red packet it follows from the sale that earned the packet. */
export type WithdrawalAsked = EventBase & {
  readonly type: 'withdrawal.asked';
  readonly memberId: MemberId;
  readonly amountFen: number;
  readonly kind: TransferKind;
  readonly saleId: SaleId | null;
};

/**
 * 转账结果: the present state of a payment at WeChat Pay. `never-sent` means that WeChat Pay certainly has no such bill and will
 * get none.
 */
export type TransferChanged = EventBase & {
  readonly type: 'transfer.changed';
  readonly outBillNo: string;
  readonly state: Exclude<TransferState, 'asked'> | 'never-sent';
  /** Null when WeChat Pay did not repeat it. */
  readonly amountFen: number | null;
  readonly openid: string | null;
  readonly transferBillNo: string | null;
  readonly packageInfo: string | null;
  readonly failReason: string | null;
};
