/** 商家转账: money that leaves a member's account for their WeChat wallet, and how far each payment has come. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { EventBase } from './event-base.ts';
import type { CampaignId, MemberId, SaleId } from './ids.ts';

export const openTransferStates = ['asked', 'sent', 'waiting', 'cancelling'] as const;
export const endedTransferStates = ['paid', 'failed', 'cancelled', 'expired'] as const;
/**
 * asked: not known to WeChat Pay yet, as far as we know. sent: WeChat Pay has it. waiting: the member has to confirm.
 * expired: the member did not confirm in time. Only the last four are final.
 */
export const transferStates = [...openTransferStates, ...endedTransferStates] as const;
export type TransferState = (typeof transferStates)[number];
export type EndedTransferState = (typeof endedTransferStates)[number];

/** 提现: the member asked for it. 红包: a sale earned it. */
export const transferKinds = ['withdrawal', 'red-packet'] as const;
export type TransferKind = (typeof transferKinds)[number];

/** Who wanted it back: somebody, a return of the sale, we because it cannot be sent, or nobody confirmed it. */
export const cancelReasons = ['asked', 'returned', 'gave-up', 'unconfirmed'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** What WeChat Pay is told beside the amount: the same at every attempt, or it takes the bill for another one. */
export type TransferTerms = {
  readonly sceneId: string;
  readonly remark: string;
  readonly perception: string | null;
  readonly reports: readonly { readonly infoType: string; readonly infoContent: string }[];
  /** Null where WeChat Pay could not reach us: then it is only asked. */
  readonly notifyUrl: string | null;
  /** Where the member confirms. */
  readonly confirmUrl: string;
};

/** What a return could not take back because it was on its way: taken when the money comes back instead of arriving. */
export type Recall = {
  /** Null when the sale meanwhile belongs to another member: then its grant is not this one's any more. */
  readonly campaignId: CampaignId | null;
  readonly fen: number;
  /** The campaign's slot, if the money is all that keeps it taken. */
  readonly slot: { readonly costFen: number; readonly on: string } | null;
};

export const transfers = sqliteTable(
  'transfers',
  {
    seq: integer().primaryKey(),
    /** 商户单号: the one thing that keeps a payment from being made twice; never changed, never used again. */
    outBillNo: text().notNull(),
    memberId: text().notNull().$type<MemberId>(),
    kind: text({ enum: transferKinds }).notNull(),
    saleId: text().$type<SaleId>(),
    amountFen: integer().notNull(),
    /** To whom; kept only while the payment is under way. */
    openid: text(),
    terms: text({ mode: 'json' }).notNull().$type<TransferTerms>(),
    state: text({ enum: transferStates }).notNull(),
    transferBillNo: text(),
    /** For `requestMerchantTransfer`, while the member has to confirm. */
    packageInfo: text(),
    /** WeChat Pay's word for why not. */
    failReason: text(),
    recalls: text({ mode: 'json' }).notNull().$type<readonly Recall[]>(),
    /** From here on it is never sent again, only asked after and called off. */
    cancelAskedAt: integer(),
    cancelReason: text({ enum: cancelReasons }),
    /** The day whose limits it counts towards. */
    dayOn: text().notNull(),
    askedAt: integer().notNull(),
    endedAt: integer(),
    /** Rises with every decision about it; a write based on an older reading is refused. */
    rev: integer().notNull(),
    dueAt: integer().notNull(),
    leaseUntil: integer(),
    /** Counted before each attempt: whatever is above 0 may have reached WeChat Pay. */
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
      sql`${table.cancelReason} IS NULL OR ${table.cancelReason} IN ('asked', 'returned', 'gave-up', 'unconfirmed')`,
    ),
    check('transfer_cancelled_at', sql`(${table.cancelAskedAt} IS NULL) = (${table.cancelReason} IS NULL)`),
  ],
);
export type Transfer = Omit<typeof transfers.$inferSelect, 'seq'>;

/** What the shop pays out in one day, so that a mistake of ours costs no more than a day's limit. */
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

/** 提现申请; for a red packet it follows from the sale that earned it. */
export type WithdrawalAsked = EventBase & {
  readonly type: 'withdrawal.asked';
  readonly memberId: MemberId;
  readonly amountFen: number;
  readonly kind: TransferKind;
  readonly saleId: SaleId | null;
};

/** 转账结果: what WeChat Pay says of a payment now, whoever asked. `never-sent` is certain: it has none and will get none. */
export type TransferChanged = EventBase & {
  readonly type: 'transfer.changed';
  readonly outBillNo: string;
  readonly state: Exclude<TransferState, 'asked'> | 'never-sent';
  /** Null where WeChat Pay did not say it again. */
  readonly amountFen: number | null;
  readonly openid: string | null;
  readonly transferBillNo: string | null;
  readonly packageInfo: string | null;
  readonly failReason: string | null;
};
