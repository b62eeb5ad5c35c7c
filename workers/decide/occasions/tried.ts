/** 试一试: a made-up sale, or anything else that may happen to a member. It changes the world: load one for the purpose. */
import {
  StoreId,
  type DomainEvent,
  type Member,
  type MemberRef,
  type SaleCompleted,
  type TriggerMet,
} from '../../../schema/index.ts';
import type { Tried } from '../campaigns/explain.ts';
import { noChanges } from '../changes.ts';
import { timezoneOf } from '../config.ts';
import { evolve } from '../evolve.ts';
import { settleMember } from '../members/who/identities.ts';
import { saleCause } from '../plain/causes.ts';
import { localDate } from '../plain/dates.ts';
import { toBasketLines } from '../sales/basket.ts';
import { ordersBefore } from '../sales/orders-before.ts';
import { saleLines } from '../sales/sale-lines.ts';
import { positionOf } from '../sales/settle.ts';
import { wearsNow } from '../tags/wears.ts';
import { occurrenceOf } from '../triggers/define.ts';
import { triggerOf } from '../triggers/index.ts';
import type { World } from '../world.ts';
import { hasHad, occasionOf } from './give.ts';

export function triedSale(world: World, event: SaleCompleted): Tried {
  const { saleId, data, occurredAt } = event;
  const known = world.sales.get(saleId);
  const lines = saleLines(saleId, data, world.products, world.config.settings.pointsAsMoney);
  const position = positionOf({ isHistory: false, pointsPercent: 100 }, lines);
  const member = memberAtTill(world, event, data.member);
  const storeId = StoreId.parse(data.store.id);
  const timezone = timezoneOf(world.config, storeId);
  return {
    trigger: event.type,
    occurredAt,
    evaluatedAt: known?.evaluatedAt ?? world.now,
    lines: toBasketLines(position.lines),
    bar: position.isKept ? null : 'empty-basket',
    who: member && {
      visit: {
        storeId,
        at: occurredAt,
        timezone,
        member,
        wears: wearsNow(world, member.id),
        ordersBefore: ordersBefore(known, member),
      },
      context: {
        // What this very sale already holds, if it was rung up, does not stand in its own way.
        cause: saleCause(saleId),
        seedOf: saleId,
        memberId: member.id,
        saleId,
        storeId,
        occurredAt,
        on: localDate(occurredAt, timezone),
      },
    },
  };
}

/** Without a member it happens to a new one. */
export function triedOf(world: World, event: TriggerMet): Tried {
  const { occurredAt } = event;
  const trigger = triggerOf(event.trigger);
  const stranger = { externalId: 'simulation' };
  const known = world.members.get(event.memberId);
  const before = known ?? memberAtTill(world, { ...event, namespace: 'simulation' }, stranger);
  const { settings } = world.config;
  const member = before && (trigger.tried?.as(before, event.facts, { at: occurredAt, settings }) ?? before);
  if (member) world.members.set(member.id, member);
  const happened = member && {
    ...event,
    memberId: member.id,
    storeId: event.storeId ?? member.storeId,
    occurrence: occurrenceOf(trigger, member, occurredAt),
  };
  return {
    trigger: trigger.kind,
    occurredAt,
    evaluatedAt: world.now,
    lines: [],
    bar: happened && hasHad(world, trigger, happened) ? 'given-before' : null,
    who: happened && occasionOf(world, trigger, happened),
  };
}

/** Making a member, joining two and adding an identity take at most one step for each identity. */
const stepsMax = 20;

/** The member it would belong to. An unknown one is a new member without a level. */
function memberAtTill(world: World, event: DomainEvent, ref: MemberRef | null | undefined): Member | null {
  const changes = noChanges();
  for (let step = 0; step < stepsMax; step += 1) {
    const settled = settleMember(world, event, ref);
    if ('member' in settled) return settled.member;
    if (settled.unsettled.verdict !== 'accepted') return null;
    for (const effect of settled.unsettled.effects) evolve(world, changes, effect);
  }
  throw new Error(`the member of ${event.id} is not settled after ${stepsMax} steps`);
}
