/** 消耗提醒的推算: purchases extend a member's stock of a product, returns shorten it, and the reminder moves along. */
import type { Lot, Reminder, SaleLine, Sku, StoreId } from '../../../schema/index.ts';
import { timezoneOf, type Config } from '../config.ts';
import { addDays, atHour, localDate } from '../plain/dates.ts';
import type { Effect } from '../effects.ts';
import type { CompiledPlan } from '../reminders/define.ts';
import { isInScope, type Scoped } from './scope.ts';
import type { Settlement } from './settle.ts';
import { pairKey, type World } from '../world.ts';

/** 每天上午9点发送提醒消息. */
export const remindHour = 9;
/** More open purchases of one product than this and the oldest are taken as used up. */
const lotsMax = 50;

/** 最新的已启用方案: of the plans that cover the product at that time, the newest. */
export function planFor(config: Config, product: Scoped, at: number): CompiledPlan | null {
  const covers = (plan: CompiledPlan): boolean =>
    (plan.validFrom === null || at >= plan.validFrom) &&
    (plan.validTo === null || at < plan.validTo) &&
    isInScope(product, plan.scope);
  return config.plans.find(covers) ?? null;
}

/** Due when the plan says, or at once if that has passed; sent at the first 09:00 from then on. */
export function times(remindOn: string, at: number, timezone: string): Pick<Reminder, 'dueAt' | 'sendAt'> {
  const remindAt = atHour(remindOn, remindHour, timezone);
  if (remindAt >= at) return { dueAt: remindAt, sendAt: remindAt };
  const today = localDate(at, timezone);
  const nine = atHour(today, remindHour, timezone);
  return { dueAt: at, sendAt: nine >= at ? nine : atHour(addDays(today, 1), remindHour, timezone) };
}

const isUsedUp = ({ kind }: SaleLine): boolean =>
  kind !== 'gift' && kind !== 'service' && kind !== 'exchange_in';

type Bought = { readonly line: SaleLine; readonly quantityMilli: number };

function boughtBySku(lines: readonly SaleLine[]): Map<Sku, Bought> {
  const bought = new Map<Sku, Bought>();
  for (const line of lines) {
    if (!isUsedUp(line)) continue;
    const sum = (bought.get(line.sku)?.quantityMilli ?? 0) + line.quantityMilli;
    bought.set(line.sku, { line, quantityMilli: sum });
  }
  return bought;
}

export function settleReminders(world: World, { sale, member, before, after, at }: Settlement): Effect[] {
  const had = boughtBySku(before.lines);
  const has = boughtBySku(after.lines);
  const effects: Effect[] = [];
  for (const sku of new Set([...had.keys(), ...has.keys()])) {
    const was = had.get(sku)?.quantityMilli ?? 0;
    const is = has.get(sku)?.quantityMilli ?? 0;
    const line = (has.get(sku) ?? had.get(sku))?.line;
    if (was === is || !line) continue;
    const known = world.reminders.get(pairKey(member.id, sku));
    const plan = planFor(world.config, line, sale.occurredAt);
    if (!plan && !known) continue;
    const lot: Lot = {
      saleId: sale.id,
      boughtOn: sale.occurredOn,
      boughtAt: sale.occurredAt,
      quantityMilli: is,
    };
    const { storeId } = known && is < was ? known : sale;
    const timezone = timezoneOf(world.config, storeId);
    const reminder = moved({ known, plan, lot, isMore: is > was, at, line, storeId, timezone });
    if (reminder) effects.push({ type: 'reminder.put', row: { ...reminder, memberId: member.id } });
  }
  return effects;
}

function moved(change: {
  known: Reminder | undefined;
  plan: CompiledPlan | null;
  lot: Lot;
  isMore: boolean;
  at: number;
  line: SaleLine;
  storeId: StoreId;
  timezone: string;
}): Omit<Reminder, 'memberId'> | null {
  const { known, plan, lot, isMore, at, line, storeId, timezone } = change;
  const lots = lotsWith(known, lot);
  const schedule = plan?.schedule(lots) ?? null;
  if (!plan || !schedule) return known ? { ...known, lots, state: 'cancelled' } : null;

  const moment = times(schedule.remindOn, at, timezone);
  const isSent = known?.state === 'sent' && !isMore;
  return {
    sku: line.sku,
    planId: plan.id,
    productName: line.name,
    storeId,
    lots,
    endsOn: schedule.endsOn,
    ...(isSent ? { dueAt: known.dueAt, sendAt: known.sendAt } : moment),
    // Bringing part of it back after the reminder went out is no reason to remind again.
    state: isSent ? 'sent' : 'pending',
  };
}

/** What is still in use: a purchase made after the stock ran out starts afresh. */
function lotsWith(known: Reminder | undefined, lot: Lot): Lot[] {
  const others = (known?.lots ?? []).filter(({ saleId }) => saleId !== lot.saleId);
  const isStale = known !== undefined && others.length > 0 && known.endsOn < lot.boughtOn;
  const kept = isStale ? [] : others;
  const lots = lot.quantityMilli > 0 ? [...kept, lot] : kept;
  return lots.toSorted((a, b) => a.boughtAt - b.boughtAt || (a.saleId < b.saleId ? -1 : 1)).slice(-lotsMax);
}
