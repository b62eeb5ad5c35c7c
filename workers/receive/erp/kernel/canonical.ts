/** 标准事件: one validator for every adapter, and the domain event made from valid data. */
import {
  CanonicalEvent,
  canonicalTypes,
  type DomainEvent,
  type InboxEvent,
  type MemberTold,
  type Reason,
  type SaleCompleted,
  type SaleId,
  type Sku,
  type VoucherSaleId,
} from '../../../../schema/index.ts';
import type { Normalised } from '../../../engine/engine.ts';
import { isPlausible } from '../../../decide/plain/moments.ts';
import { ofPayment } from '../../../decide/plain/causes.ts';
import { unreadable } from '../../faults.ts';
import { foreign } from './payments.ts';
import { isStored, toStored } from './stored/to-stored.ts';
import { isPackage, toPackage } from './stored/to-package.ts';
import { unreadPhones } from './unread-phones.ts';
import { ofRefund, ofSale, ofSoldBefore, ofVoucherSale, type Known, type Numbers } from './numbers.ts';

/** `event` is the canonical event as the adapter filled it in; it is not validated yet. `noted`: phones that the adapter could not read. */
export function toNormalised(
  row: InboxEvent,
  numbers: Numbers,
  event: unknown,
  noted: readonly string[] = [],
): Normalised {
  const parsed = CanonicalEvent.safeParse(event);
  if (!parsed.success) return { parked: unreadable(parsed.error.issues) };
  const currency = foreign(currencyOf(parsed.data));
  if (currency) return { parked: currency };
  const made = toDomain(row, numbers, parsed.data);
  if ('parked' in made) return made;
  const unread = unreadPhones(made, noted);
  return unread.length > 0 ? { event: made, unreadPhones: unread } : { event: made };
}

function currencyOf(event: CanonicalEvent): string | null {
  const isMoney =
    event.type === 'sale.completed' ||
    event.type === 'refund.completed' ||
    isStored(event) ||
    event.type === 'package.sold' ||
    event.type === 'voucher.sold' ||
    event.type === 'voucher.refunded';
  return isMoney ? (event.data.currency ?? null) : null;
}

export const ignoredType = (type: string): Normalised => ({
  ignored: { code: 'NOT_ACTED_ON', type },
});

const actedOn: ReadonlySet<string> = new Set(canonicalTypes);
export const isActedOn = (type: string): boolean => actedOn.has(type);

type Found = Extract<Known, { readonly number: string }>;
type VoucherTold = Extract<CanonicalEvent, { readonly type: 'voucher.sold' | 'voucher.refunded' }>;
type RefundTold = Extract<CanonicalEvent, { readonly type: 'refund.completed' }>;
type Made = DomainEvent | { readonly parked: Reason };

/** 来自文件: what was sent to us was read from no file, whatever it calls itself. */
const isOfFile = ({ trust }: InboxEvent, fromFile: boolean | null | undefined): boolean =>
  fromFile === true && trust === null;

/** A connection test is told now. */
const recordOf = (row: InboxEvent, event: CanonicalEvent): Pick<DomainEvent, 'isHistory' | 'isFromFile'> =>
  event.type === 'ping'
    ? {}
    : {
        ...(event.history && { isHistory: true }),
        ...(isOfFile(row, event.fromFile) && { isFromFile: true }),
      };

type Told = Pick<DomainEvent, 'id' | 'namespace' | 'occurredAt' | 'isHistory' | 'isFromFile'>;
type Sold = (found: Found) => Pick<SaleCompleted, 'saleId' | 'formerly'>;

/** Its sale goes by its own number, else by the payment that was paid back. */
function toRefund(numbers: Numbers, told: Told, event: RefundTold, { sold }: { readonly sold: Sold }): Made {
  const own = ofRefund(numbers, event.data, told.occurredAt);
  if ('parked' in own) return own;
  const data = { ...event.data, refundNo: own.number };
  const refund = { ...told, type: event.type, data, refundNosFormerly: own.formerly };
  const { orderNo, paymentNo, scope } = data;
  if (orderNo == null)
    return { ...refund, saleId: paymentNo == null ? null : ofPayment(numbers.namespace, paymentNo) };
  const original = ofSoldBefore(numbers, { ...data, orderNo });
  if ('number' in original) return { ...refund, ...sold(original) };
  // Goods without their receipt need no sale to be found.
  return scope === 'no_original' ? { ...refund, saleId: null } : original;
}

/** Paid back, they are found under the number of the receipt that sold them. */
function toVoucher(numbers: Numbers, told: Told, event: VoucherTold): Made {
  const known =
    event.type === 'voucher.sold'
      ? ofVoucherSale(numbers, event.data, told.occurredAt)
      : ofSoldBefore(numbers, { ...event.data, orderNo: event.data.saleNo });
  if ('parked' in known) return known;
  const voucherSaleId = `${numbers.namespace}:${known.number}` as VoucherSaleId;
  return event.type === 'voucher.sold'
    ? { ...told, type: event.type, voucherSaleId, data: event.data }
    : { ...told, type: event.type, voucherSaleId, data: event.data };
}

const movedInOf = (
  row: InboxEvent,
  { fromFile, movedIn }: Extract<CanonicalEvent, { readonly type: 'member.created' }>,
): Pick<MemberTold, 'movedIn'> => (isOfFile(row, fromFile) && movedIn ? { movedIn } : {});

function toDomain(row: InboxEvent, numbers: Numbers, event: CanonicalEvent): Made {
  const { namespace } = numbers;
  const occurredAt = event.occurredAt ?? row.receivedAt;
  const told = { id: row.id, namespace, occurredAt, ...recordOf(row, event) };
  if (!isPlausible(event.type, occurredAt, row.receivedAt))
    return { parked: { code: 'MOMENT_IMPLAUSIBLE', at: occurredAt, receivedAt: row.receivedAt } };
  // Every part was checked by the schema, and the namespace cannot hold a colon.
  const saleId = (number: string): SaleId => `${namespace}:${number}` as SaleId;
  const sold = ({ number, formerly, place }: Found) => ({
    saleId: saleId(number),
    ...(formerly.length > 0 && { formerly: { ids: formerly.map(saleId), place } }),
  });
  const paid = (numbers: readonly string[]) => ({ payments: numbers.map((no) => ofPayment(namespace, no)) });
  if (isStored(event)) return toStored(numbers, told, event);
  if (isPackage(event)) return toPackage(numbers, told, event);
  switch (event.type) {
    case 'sale.completed': {
      const known = ofSale(numbers, event.data, told.occurredAt);
      if ('parked' in known) return known;
      const { data } = event;
      const payments = data.paymentNos && paid(data.paymentNos);
      return { ...told, type: event.type, ...sold(known), ...payments, data };
    }
    case 'refund.completed':
      return toRefund(numbers, told, event, { sold });
    case 'sale.voided': {
      const original = ofSoldBefore(numbers, event.data);
      if ('parked' in original) return original;
      const { store, terminal, orderedOn } = event.data;
      const place = { store: store?.id, terminal, day: orderedOn };
      return { ...told, type: event.type, ...sold(original), place };
    }
    case 'sale.paid': {
      const original = ofSoldBefore(numbers, event.data);
      if ('parked' in original) return original;
      return { ...told, type: event.type, ...sold(original), ...paid(event.data.paymentNos) };
    }
    case 'voucher.sold':
    case 'voucher.refunded':
      return toVoucher(numbers, told, event);
    case 'member.created':
      return { ...told, type: event.type, data: event.data, ...movedInOf(row, event) };
    case 'member.updated':
      return { ...told, type: event.type, data: event.data };
    case 'member.merged':
      return { ...told, type: event.type, from: event.data.from, into: event.data.into };
    case 'member.deleted':
      return { ...told, type: event.type, data: event.data };
    case 'product.upserted':
      return { ...told, type: event.type, data: event.data };
    case 'product.removed':
      return { ...told, type: event.type, sku: event.data.sku as Sku };
    case 'ping':
      return { ...told, type: event.type };
    default:
      return event satisfies never;
  }
}
