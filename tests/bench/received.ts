/** 收到的销售: a sale as the hook stores it. */
import { createHash } from 'node:crypto';
import { EventId } from '../../schema/index.ts';
import type { ReceivedEvent } from '../../workers/db/inbox/inbox.ts';
import { saleEvent, type SaleOrder } from './sales.ts';
import { sourceId } from './shop.ts';

/** Ids are as long and as scattered as real ones. */
export function received(order: SaleOrder, receivedAt: number): ReceivedEvent {
  const id = `ev_${createHash('sha256').update(String(order.number)).digest('hex').slice(0, 40)}`;
  const body = JSON.stringify(saleEvent(order));
  const senderId = `sale-${order.number}`;
  return { id: EventId.parse(id), sourceId, senderId, type: 'sale.completed', body, receivedAt };
}
