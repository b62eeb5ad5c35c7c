/** 标准事件: one validator for every adapter, and the domain event made from valid data. */
import {
  CanonicalEvent,
  canonicalTypes,
  type DomainEvent,
  type InboxEvent,
  type Reason,
  type RechargeId,
  type SaleId,
  type Sku,
} from '../../../../schema/index.ts';
import type { Normalised } from '../../../engine/engine.ts';
import { unreadable } from '../../faults.ts';
import { ofRecharge, ofRefund, ofSale, ofSoldBefore, type Numbers } from './numbers.ts';

/** `event` is the canonical event as the adapter filled it in; it is not validated yet. */
export function toNormalised(row: InboxEvent, numbers: Numbers, event: unknown): Normalised {
  const parsed = CanonicalEvent.safeParse(event);
  if (!parsed.success) return { parked: unreadable(parsed.error.issues) };
  const made = toDomain(row, numbers, parsed.data);
  return 'parked' in made ? made : { event: made };
}

export const ignoredType = (type: string): Normalised => ({
  ignored: { code: 'NOT_ACTED_ON', type },
});

const actedOn: ReadonlySet<string> = new Set(canonicalTypes);
export const isActedOn = (type: string): boolean => actedOn.has(type);

type Made = DomainEvent | { readonly parked: Reason };

function toDomain(row: InboxEvent, numbers: Numbers, event: CanonicalEvent): Made {
  const { namespace } = numbers;
  const told = { id: row.id, namespace, occurredAt: event.occurredAt ?? row.receivedAt };
  // Every part was checked by the schema, and the namespace cannot hold a colon.
  const saleId = (number: string): SaleId => `${namespace}:${number}` as SaleId;
  switch (event.type) {
    case 'sale.completed': {
      const known = ofSale(numbers, event.data, told.occurredAt);
      if ('parked' in known) return known;
      return { ...told, type: event.type, saleId: saleId(known.number), data: event.data };
    }
    case 'refund.completed': {
      const own = ofRefund(numbers, event.data, told.occurredAt);
      if ('parked' in own) return own;
      const data = { ...event.data, refundNo: own.number };
      const { orderNo, scope } = data;
      if (orderNo == null) return { ...told, type: event.type, saleId: null, data };
      const sold = ofSoldBefore(numbers, { ...data, orderNo });
      if ('number' in sold) return { ...told, type: event.type, saleId: saleId(sold.number), data };
      // Goods without their receipt need no sale to be found.
      return scope === 'no_original' ? { ...told, type: event.type, saleId: null, data } : sold;
    }
    case 'sale.voided': {
      const sold = ofSoldBefore(numbers, event.data);
      return 'parked' in sold ? sold : { ...told, type: event.type, saleId: saleId(sold.number) };
    }
    case 'stored_value.recharged': {
      const known = ofRecharge(numbers, event.data, told.occurredAt);
      if ('parked' in known) return known;
      const rechargeId = `${namespace}:${known.number}` as RechargeId;
      return { ...told, type: event.type, rechargeId, data: event.data };
    }
    case 'member.created':
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
