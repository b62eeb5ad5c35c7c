/** The decision: a world and an event in, effects or a reason out. No clock, no network, no database. */
import type { DomainEvent } from '../../schema/index.ts';
import { ignore, type Decision } from './effects.ts';
import { onAssociateWrote } from './on/members/associate-wrote.ts';
import { onCustomerAdded } from './on/members/customer-added.ts';
import { onFanClicked, onFanFollowed, onFanSaid, onFanScanned } from './on/fans/fan-acts.ts';
import { onFanRevoked, onFanUnfollowed } from './on/fans/fan-leaves.ts';
import { onFanPermitted } from './on/fans/fan-permitted.ts';
import { onMemberJoined } from './on/members/member-joined.ts';
import { onMemberRegistered } from './on/members/member-registered.ts';
import { onMemberDeleted, onMemberMerged, onMemberTold } from './on/members/members.ts';
import { onMessageArrived } from './on/fans/message-arrived.ts';
import { onProductRemoved, onProductUpserted } from './on/sales/products.ts';
import { onRefundCompleted } from './on/sales/refund-completed.ts';
import { onReminderDue } from './on/members/reminder-due.ts';
import { onSaleCompleted } from './on/sales/sale-completed.ts';
import { onSaleVoided } from './on/sales/sale-voided.ts';
import { onStoredValueRecharged } from './on/sales/stored-value-recharged.ts';
import { onTransferChanged } from './on/money/transfer-changed.ts';
import { onWithdrawalAsked } from './on/money/withdrawal-asked.ts';
import type { World } from './world.ts';

export function decide(world: World, event: DomainEvent): Decision {
  switch (event.type) {
    case 'sale.completed':
      return onSaleCompleted(world, event);
    case 'refund.completed':
      return onRefundCompleted(world, event);
    case 'sale.voided':
      return onSaleVoided(world, event);
    case 'stored_value.recharged':
      return onStoredValueRecharged(world, event);
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
    case 'fan.followed':
      return onFanFollowed(world, event);
    case 'fan.scanned':
      return onFanScanned(world, event);
    case 'fan.said':
      return onFanSaid(world, event);
    case 'fan.clicked':
      return onFanClicked(world, event);
    case 'fan.unfollowed':
      return onFanUnfollowed(world, event);
    case 'fan.revoked':
      return onFanRevoked(world, event);
    case 'fan.permitted':
      return onFanPermitted(world, event);
    case 'message.arrived':
      return onMessageArrived(world, event);
    case 'member.joined':
      return onMemberJoined(world, event);
    case 'customer.added':
      return onCustomerAdded(world, event);
    case 'associate.wrote':
      return onAssociateWrote(world, event);
    case 'withdrawal.asked':
      return onWithdrawalAsked(world, event);
    case 'transfer.changed':
      return onTransferChanged(world, event);
    case 'ping':
      return ignore('ping');
    default:
      return event satisfies never;
  }
}
