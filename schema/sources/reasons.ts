/** 原因: why an event is parked, ignored or waiting: a stable code with its numbers. workers/words words it where it is shown. */
import type { Numbering, NumberPart } from './numberings.ts';
import type { AwaitedId } from '../plain/ids.ts';
import type { OpenedAccount } from '../members/openings.ts';
import type { StoredMiss } from '../money/stored-moves.ts';
import type { PackageMiss } from '../promotions/packages.ts';
import type { TransferState } from '../money/transfers.ts';
import type { VoucherMiss } from '../sales/voucher-sales.ts';

/** A field of a payload, by the sender's name or ours, and what is wrong with it. */
export type Fault = { readonly field: string; readonly says: string };

type Coded<Code extends string, Facts = object> = { readonly code: Code } & Readonly<Facts>;

/** Nothing is to be done, whatever the event contains. */
type Unheeded =
  | Coded<'PING'>
  | Coded<'TEST'>
  /** Null when the document has no type. */
  | Coded<'NOT_ACTED_ON', { type: string | null }>
  | Coded<'NOT_FINISHED_YET', { state: string | null }>
  | Coded<'NOT_PAID_YET', { state: string | null }>
  | Coded<'NOT_PAID_BACK_YET', { state: string | null }>
  /** It never counted, and its sender has nothing more to say of it. */
  | Coded<'CALLED_OFF_UNPAID', { state: string | null }>
  | Coded<'NOT_PAID_BACK', { state: string | null }>
  | Coded<'MAPPING_IGNORES', { note: string | null }>
  | Coded<'TOLD_IN_FULL', { eventIds: readonly string[] }>
  /** The person it was about has left, and its body was erased. */
  | Coded<'EMPTIED'>;

/** It was done before, or what it refers to does not exist. */
type Needless =
  | Coded<
      'NOTHING_NEW',
      { about: 'member' | 'product' | 'payment' | 'transfer' | 'coupon' | 'grant' | 'points' | 'package' }
    >
  | Coded<'SALE_KNOWN', { orderNo: string; version: string }>
  | Coded<'SALE_OUTDATED', { orderNo: string; version: string; knownVersion: string }>
  | Coded<'SALE_VOID_ALREADY', { orderNo: string }>
  | Coded<'REFUND_KNOWN', { refundNo: string }>
  | Coded<'REFUND_OUTDATED', { refundNo: string; version: string; knownVersion: string }>
  | Coded<'RECHARGE_KNOWN', { rechargeNo: string }>
  | Coded<'VOUCHER_KNOWN', { saleNo: string }>
  | Coded<'STORED_KNOWN', { number: string }>
  | Coded<'SUPER_KNOWN', { number: string }>
  | Coded<'PACKAGE_KNOWN', { packageNo: string }>
  | Coded<'MEMBER_UNKNOWN'>
  | Coded<'MEMBER_UNNAMED'>
  | Coded<'MEMBERS_ONE_ALREADY'>
  | Coded<'PRODUCT_UNKNOWN', { sku: string }>
  | Coded<'PRODUCT_REMOVED_ALREADY', { sku: string }>
  | Coded<'REMINDER_SETTLED'>
  | Coded<'REMINDER_PUT_OFF'>
  | Coded<'FOLLOWS_AGAIN'>
  | Coded<'RECEIPT_EMPTY'>
  | Coded<'TRANSFER_ENDED', { outBillNo: string; state: TransferState }>
  /** 红包 in the wallet: the refusal says why it is not paid out automatically. */
  | Coded<'PACKET_STAYS', { refusal: string }>
  | Coded<'REFUSED', { refusal: string }>;

/** It contradicts what was done before. */
type Contradiction =
  | Coded<'SALE_CHANGED', { orderNo: string; version: string }>
  /** What is kept under this number was sold elsewhere; `numbering` is the rule that would tell the two apart. */
  | Coded<
      'NUMBER_TAKEN',
      {
        about: 'sale' | 'refund' | 'void' | 'recharge';
        number: string;
        differs: readonly { part: NumberPart; known: string; told: string }[];
        numbering: Numbering;
      }
    >
  /** A moment against a number: nobody can say which was written first. */
  | Coded<'SALE_VERSION_UNCLEAR', { orderNo: string; version: string; knownVersion: string }>
  /** More was paid back already than it says was paid. */
  | Coded<'SALE_BELOW_REFUNDS', { orderNo: string; version: string; paidFen: number; overFen: number }>
  /** `leftFen` of the sale was not paid back yet. */
  | Coded<'REFUND_EXCEEDS', { refundNo: string; orderNo: string; refundedFen: number; leftFen: number }>
  | Coded<'REFUND_CHANGED', { refundNo: string; version: string; refundedFen: number; knownFen: number }>
  | Coded<'REFUND_VERSION_UNCLEAR', { refundNo: string; version: string; knownVersion: string }>
  | Coded<'ORPHAN_REFUND_CHANGED', { refundNo: string; refundedFen: number; knownFen: number }>
  | Coded<'REFUND_TAKEN_BEFORE', { refundNo: string; orderNo: string }>
  /** Principal and bonus. */
  | Coded<
      'RECHARGE_CHANGED',
      { rechargeNo: string; toldFen: readonly [number, number]; knownFen: readonly [number, number] }
    >
  | Coded<'RECHARGE_MOVED', { rechargeNo: string }>
  /** 期初: she has brought another amount already. */
  | Coded<'OPENING_DIFFERS', { account: OpenedAccount; told: number; known: number }>
  | Coded<'STORED', { number: string; miss: StoredMiss }>
  | Coded<'VOUCHER', { saleNo: string; miss: VoucherMiss }>
  | Coded<'PACKAGE', { packageNo: string; miss: PackageMiss }>;

/** Two honest books cannot differ like this. */
export type BillDifference =
  | Coded<'BILL_AMOUNT_DIFFERS', { outBillNo: string; amountFen: number; toldFen: number }>
  | Coded<'BILL_PERSON_DIFFERS', { outBillNo: string }>
  | Coded<'BILL_LOST', { outBillNo: string }>
  /** `isPaid` according to our own rows. */
  | Coded<'BILL_END_DIFFERS', { outBillNo: string; isPaid: boolean }>;

/** The body cannot be understood. */
type Unclear =
  | Coded<'UNREADABLE', { faults: readonly Fault[] }>
  | Coded<'BODY_UNREADABLE', { detail: string }>
  | Coded<'FIELD_REPEATED', { field: string }>
  | Coded<'LINE_REPEATED', { lineNo: string }>
  | Coded<'IDENTITY_MISSING', { field: string }>
  /** Years before it was received, or days after. */
  | Coded<'MOMENT_IMPLAUSIBLE', { at: number; receivedAt: number }>
  | Coded<'CURRENCY_FOREIGN', { currency: string | null }>
  | Coded<'MAPPING_MISSING'>
  | Coded<'RULE_MISSING', { version: number }>
  | Coded<'KEY_MISSING'>
  /** The source numbers by store, day or terminal, and this does not say which. */
  | Coded<'NUMBER_PART_MISSING', { number: string; numbering: Numbering; part: NumberPart; field: string }>
  /** A case of one vendor, worded by its adapter in Chinese. */
  | Coded<'ADAPTER', { says: string }>;

/** The event may be right; something on our side prevents it. */
type Hindrance =
  | Coded<'SOURCE_GONE', { sourceId: string }>
  | Coded<'SOURCE_UNUSABLE', { sourceId: string }>
  | Coded<'DAILY_CAP', { sourceId: string; date: string; max: number }>
  /** 薄事件: the notice only names a document, which the poller fetches. */
  | Coded<'READ_BACK_NEEDED', { document: string; number: string | null }>
  | Coded<'READ_BACK_FAILED', { detail: string }>
  | Coded<'BILL_UNKNOWN', { outBillNo: string }>
  | Coded<'SALE_AWAITED', { saleId: AwaitedId }>
  | Coded<'SALE_OVERDUE', { saleId: AwaitedId; hours: number }>
  | Coded<'GAVE_UP', { attempts: number }>
  /** A bug, with the message of its error. */
  | Coded<'FAILED', { detail: string }>;

export type Reason = Unheeded | Needless | Contradiction | BillDifference | Unclear | Hindrance;
export type ReasonCode = Reason['code'];
export type ReasonOf<Code extends ReasonCode> = Extract<Reason, { readonly code: Code }>;
