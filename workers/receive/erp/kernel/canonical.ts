/** 标准事件: one validator for every adapter, and the domain event made from valid data. */
import {
  CanonicalEvent,
  canonicalTypes,
  type DomainEvent,
  type InboxEvent,
  type RechargeId,
  type SaleId,
  type Sku,
} from '../../../../schema/index.ts';
import type { Normalised } from '../../../engine/engine.ts';
import { unreadable } from '../../faults.ts';

/** `event` is the canonical event as the adapter filled it in; it is not validated yet. */
export function toNormalised(row: InboxEvent, namespace: string, event: unknown): Normalised {
  const parsed = CanonicalEvent.safeParse(event);
  if (!parsed.success) return { parked: unreadable(parsed.error.issues) };
  return { event: toDomain(row, namespace, parsed.data) };
}

export const ignoredType = (type: string): Normalised => ({
  ignored: { code: 'NOT_ACTED_ON', type },
});

const actedOn: ReadonlySet<string> = new Set(canonicalTypes);
export const isActedOn = (type: string): boolean => actedOn.has(type);

function toDomain(row: InboxEvent, namespace: string, event: CanonicalEvent): DomainEvent {
  const told = { id: row.id, namespace, occurredAt: event.occurredAt ?? row.receivedAt };
  // Both parts were checked by the schema, and the namespace cannot hold a colon.
  const saleId = (orderNo: string): SaleId => `${namespace}:${orderNo}` as SaleId;
  switch (event.type) {
    case 'sale.completed':
      return { ...told, type: event.type, saleId: saleId(event.data.orderNo), data: event.data };
    case 'refund.completed': {
      const { orderNo } = event.data;
      return {
        ...told,
        type: event.type,
        saleId: orderNo == null ? null : saleId(orderNo),
        data: event.data,
      };
    }
    case 'sale.voided':
      return { ...told, type: event.type, saleId: saleId(event.data.orderNo) };
    case 'stored_value.recharged': {
      const rechargeId = `${namespace}:${event.data.rechargeNo}` as RechargeId;
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
