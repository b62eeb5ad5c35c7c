/** The decision: a world and an event in, effects or a reason out. No clock, no network, no database. */
import type { DomainEvent } from '../../schema/index.ts';
import { ignore, type Decision } from './effects.ts';
import { onMemberRegistered } from './on/member-registered.ts';
import { onMemberDeleted, onMemberMerged, onMemberTold } from './on/members.ts';
import { onProductRemoved, onProductUpserted } from './on/products.ts';
import { onRefundCompleted } from './on/refund-completed.ts';
import { onReminderDue } from './on/reminder-due.ts';
import { onSaleCompleted } from './on/sale-completed.ts';
import { onSaleVoided } from './on/sale-voided.ts';
import type { World } from './world.ts';

export function decide(world: World, event: DomainEvent): Decision {
  switch (event.type) {
    case 'sale.completed':
      return onSaleCompleted(world, event);
    case 'refund.completed':
      return onRefundCompleted(world, event);
    case 'sale.voided':
      return onSaleVoided(world, event);
    case 'member.created':
    case 'member.updated':
      return onMemberTold(world, event);
    case 'member.merged':
      return onMemberMerged(world, event);
    case 'member.deleted':
      return onMemberDeleted(world, event);
    case 'member.registered':
      return onMemberRegistered(world, event);
    case 'product.upserted':
      return onProductUpserted(world, event);
    case 'product.removed':
      return onProductRemoved(world, event);
    case 'reminder.due':
      return onReminderDue(world, event);
    case 'ping':
      return ignore('ping');
    default:
      return event satisfies never;
  }
}
