/** 预演: what records would bring about if they were told now; decided as they would be, and nothing is written. */
import type { EventId, Foreseen, InboxEvent, Source } from '../../../../schema/index.ts';
import type { Effect } from '../../../decide/effects.ts';
import { fold } from '../../../decide/fold.ts';
import { reminderKey } from '../../../decide/plain/keys.ts';
import type { Engine } from '../../../engine/engine.ts';
import { readWorld } from '../../../engine/reading.ts';
import type { RawEvent } from '../../intake.ts';
import { normalise } from '../../normalise.ts';

/** One look at the database, whatever the size of the file. */
export const reckonedMax = 250;
/** A page of a file has its share: deciding is what costs most of a call. */
export const reckonedOfPageMax = 25;

export async function foresee(
  engine: Engine,
  source: Source,
  events: readonly RawEvent[],
  now: number,
): Promise<Foreseen> {
  const rows = events.slice(0, reckonedMax).map((event, place) => imagined(source.id, event, place, now));
  // By the source as it is asked about, which may not be the one that is stored.
  const normalised = rows.map((row) => normalise(row, source));
  const queued = normalised.flatMap((one) => ('event' in one ? [{ event: one.event, seq: null }] : []));
  const { loaded, group } = await readWorld(withDecoys(engine), queued, now);
  const { outcomes } = fold(
    loaded.world,
    group.map(({ event }) => event),
  );
  const effects = [...outcomes.values()].flatMap((outcome) =>
    outcome.verdict === 'applied' ? outcome.effects : [],
  );
  return { reckoned: rows.length, ...summed(effects) };
}

/** Nobody is to learn beforehand what a red packet will hold. */
const withDecoys = (engine: Engine): Engine => ({
  ...engine,
  seeds: async (causes) => {
    const drawn = await engine.seeds(new Set([...causes].map((cause) => `${decoy}${cause}`)));
    return new Map([...drawn].map(([cause, seed]) => [cause.slice(decoy.length), seed]));
  },
});
const decoy = 'foreseen/';

function imagined(sourceId: string, event: RawEvent, place: number, now: number): InboxEvent {
  return {
    seq: place + 1,
    // It is never stored, so it needs no id that anybody else would make of it.
    id: `ev_foreseen${place}` as EventId,
    sourceId,
    senderId: event.senderId,
    revision: 1,
    type: event.type,
    receivedAt: now,
    body: event.body,
    trust: null,
    subject: null,
    state: 'received',
    attempts: 0,
    decidedAt: null,
    memberId: null,
    waitsFor: null,
    note: null,
    outcome: null,
  };
}

function summed(effects: readonly Effect[]): Omit<Foreseen, 'reckoned'> {
  const sums = { points: 0, growth: 0, walletFen: 0, coupons: 0, messages: 0 };
  const reminders = new Map<string, boolean>();
  for (const effect of effects) {
    if (effect.type === 'coupon.issue') sums.coupons += 1;
    else if (effect.type === 'coupon.step' && effect.step.act === 'revoked') sums.coupons -= 1;
    else if (effect.type === 'message.queue') sums.messages += 1;
    else if (effect.type === 'reminder.put')
      reminders.set(reminderKey(effect.row), effect.row.state === 'pending');
    else if (effect.type === 'ledger.post') {
      if (effect.account === 'points') sums.points += effect.delta;
      if (effect.account === 'growth') sums.growth += effect.delta;
      if (effect.account === 'wallet') sums.walletFen += effect.delta;
    }
  }
  return { ...sums, reminders: [...reminders.values()].filter(Boolean).length };
}
