/** The world of a group, read in one look where one is enough. */
import type { InboxEvent, SaleId } from '../../schema/index.ts';
import { load, type Loaded } from '../db/world/load.ts';
import { needsOf } from '../decide/decide.ts';
import { happenedAt } from '../decide/plain/moments.ts';
import { kindOf } from '../decide/on/index.ts';
import type { Engine, QueuedEvent } from './engine.ts';
import { normalise } from './normalise.ts';

export type WorldRead = { readonly loaded: Loaded; readonly group: readonly QueuedEvent[] };

/** Looks again, deeper or with a newer configuration, only where the first look shows the need. */
export async function readWorld(
  engine: Engine,
  queued: readonly QueuedEvent[],
  now: number,
): Promise<WorldRead> {
  const look = async (group: readonly QueuedEvent[], isDeep: boolean): Promise<Loaded> => {
    const events = group.map(({ event }) => event);
    const needs = needsOf(events);
    return load(engine.db, {
      eventIds: group.flatMap(({ event, seq }) => (seq === null ? [event.id] : [])),
      seqs: group.flatMap(({ seq }) => (seq === null ? [] : [seq])),
      needs,
      isDeep: isDeep || needs.isDeep,
      config: await engine.config.get(),
      seeds: await engine.seeds(needs.seeds),
      now,
    });
  };
  let loaded = await look(queued, false);
  if (loaded.world.config.version < loaded.configVersion) {
    const config = await engine.config.atLeast(loaded.configVersion);
    loaded = { ...loaded, world: { ...loaded.world, config } };
  }
  let group: readonly QueuedEvent[] = queued.map((one) => {
    const event = kindOf(one.event).asKept?.(loaded.world, one.event);
    return event === undefined || event === one.event ? one : { ...one, event };
  });
  const isKnown = group.some((one, place) => {
    const told = kindOf(one.event).tells?.(one.event) ?? [];
    return one !== queued[place] || told.some((id) => loaded.world.sales.has(id as SaleId));
  });
  // Told late: other promises may have been in force when it happened.
  const { campaignsChangedAt } = loaded.world.config;
  const isLate = group.some(({ event }) => !event.isHistory && happenedAt(event) < campaignsChangedAt);
  if (loaded.waiting.length > 0 || isKnown || isLate) {
    group = await withWaiting(engine, group, loaded.waiting);
    const deeper = await look(group, true);
    loaded = { ...deeper, statementCount: loaded.statementCount + deeper.statementCount };
  }
  return { loaded, group };
}

/**
 * Events that waited for a sale of this group are decided with it. They come first, as they did when they were told: the fold
 * then takes each up again right after its sale, wherever a group begins or ends.
 */
async function withWaiting(
  engine: Engine,
  queued: readonly QueuedEvent[],
  waiters: readonly InboxEvent[],
): Promise<readonly QueuedEvent[]> {
  const group: QueuedEvent[] = [];
  for (const [seq, normalised] of await normalise(engine, waiters)) {
    const isNew = !queued.some((known) => known.seq === seq);
    if (isNew && 'event' in normalised) group.push({ ...normalised, seq });
  }
  return [...group, ...queued];
}
