/** The whole system in one breath: pending events → load → decide → apply. Doing it twice changes nothing. */
import type { DomainEvent, InboxEvent, SaleId } from '../schema/index.ts';
import { apply } from './db/apply.ts';
import type { ConfigCache } from './db/config.ts';
import { DbError, type Db } from './db/db.ts';
import { closeEvents, countAttempt, pendingEvents, type Closing } from './db/inbox.ts';
import { load, type Loaded } from './db/load.ts';
import { fold, type Folded, type Outcome } from './decide/fold.ts';
import { needsOf } from './decide/needs.ts';
import type { Seed } from './decide/random.ts';
import { summarize } from './decide/summary.ts';

export type Normalised =
  | { readonly event: DomainEvent }
  | { readonly ignored: string }
  | { readonly parked: string };

export type Engine = {
  readonly db: Db;
  readonly config: ConfigCache;
  /** Stored bodies in our words, one for each; what cannot be put into them is parked or ignored, never lost. */
  readonly normalise: (rows: readonly InboxEvent[]) => Promise<readonly Normalised[]>;
  readonly seeds: (causes: ReadonlySet<string>) => Promise<ReadonlyMap<string, Seed>>;
};

/** An event to be decided; `seq` is its inbox row, if it came from one. */
export type Told = { readonly event: DomainEvent; readonly seq: number | null };

/** Losing a race this often in a row means something other than a race. */
const attemptsMax = 5;
/** An event that took its consumer down this often is parked unread. */
const fatalAttemptsMax = 3;

/** Decides up to `limit` pending events; tells how many were found. */
export async function processPending(engine: Engine, limit: number, now: number): Promise<number> {
  const rows = await pendingEvents(engine.db, limit);
  await processRows(engine, rows, now);
  return rows.length;
}

/** One at a time, each attempt counted first: how an event that kills its consumer is cornered. */
export async function processWarily(engine: Engine, limit: number, now: number): Promise<number> {
  const rows = await pendingEvents(engine.db, limit);
  for (const row of rows) {
    if (row.attempts >= fatalAttemptsMax) {
      const why = `gave up after ${row.attempts} attempts that did not return`;
      await engine.db.batch(closeEvents([parked(row.seq, why)], now));
      continue;
    }
    await engine.db.batch([countAttempt(row.seq)]);
    await processRows(engine, [row], now);
  }
  return rows.length;
}

async function processRows(engine: Engine, rows: readonly InboxEvent[], now: number): Promise<void> {
  const told: Told[] = [];
  const closings: Closing[] = [];
  for (const [seq, normalised] of await normalise(engine, rows)) {
    if ('event' in normalised) told.push({ event: normalised.event, seq });
    else if ('parked' in normalised) closings.push(parked(seq, normalised.parked));
    else closings.push({ ...plain(seq), state: 'ignored', note: normalised.ignored });
  }
  await engine.db.batch(closeEvents(closings, now));
  await processGroup(engine, told, now);
}

async function normalise(engine: Engine, rows: readonly InboxEvent[]): Promise<[number, Normalised][]> {
  const normalised = await engine.normalise(rows);
  return rows.map(({ seq }, place) => [seq, normalised[place] ?? { parked: 'could not be read' }]);
}

/**
 * All of them in one batch; if that cannot be, half by half, so that one bad event costs only itself. Answers the ids that
 * failed; those with an inbox row are parked there. Throws only when the database cannot be reached.
 */
export async function processGroup(engine: Engine, told: readonly Told[], now: number): Promise<string[]> {
  const [only] = told;
  if (only === undefined) return [];
  try {
    await settleGroup(engine, told, now);
    return [];
  } catch (error) {
    if (error instanceof DbError && error.kind === 'unreachable') throw error;
    if (told.length > 1) {
      const middle = Math.ceil(told.length / 2);
      const first = await processGroup(engine, told.slice(0, middle), now);
      return [...first, ...(await processGroup(engine, told.slice(middle), now))];
    }
    const why = error instanceof Error ? error.message : String(error);
    if (only.seq !== null) await engine.db.batch(closeEvents([parked(only.seq, why)], now));
    return [only.event.id];
  }
}

async function settleGroup(engine: Engine, told: readonly Told[], now: number): Promise<void> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const { loaded, group } = await read(engine, told, now);
    const fresh = group.filter(({ event }) => !loaded.applied.has(event.id));
    const folded = fold(
      loaded.world,
      fresh.map(({ event }) => event),
    );
    const outcome = await apply(engine.db, {
      ...loaded,
      changes: folded.changes,
      appliedIds: idsApplied(folded),
      closings: closingsOf(group, folded),
      now,
    });
    if (outcome === 'applied') return;
  }
  throw new Error(`lost the race ${attemptsMax} times for ${told.map(({ event }) => event.id).join(', ')}`);
}

/** The world of the group, read deeper or with a newer configuration where the first look shows the need. */
async function read(
  engine: Engine,
  told: readonly Told[],
  now: number,
): Promise<{ loaded: Loaded; group: readonly Told[] }> {
  const look = async (group: readonly Told[], isDeep: boolean): Promise<Loaded> => {
    const events = group.map(({ event }) => event);
    const needs = needsOf(events);
    return load(engine.db, {
      eventIds: events.map(({ id }) => id),
      needs,
      isDeep: isDeep || needs.isDeep,
      config: await engine.config.get(),
      seeds: await engine.seeds(needs.seeds),
      now,
    });
  };
  let group = told;
  let loaded = await look(group, false);
  if (loaded.world.config.version < loaded.configVersion) {
    const config = await engine.config.atLeast(loaded.configVersion);
    loaded = { ...loaded, world: { ...loaded.world, config } };
  }
  const isKnown = group.some(
    ({ event }) => event.type === 'sale.completed' && loaded.world.sales.has(event.saleId),
  );
  if (loaded.waiting.length > 0 || isKnown) {
    group = await withWaiting(engine, group, loaded.waiting);
    loaded = await look(group, true);
  }
  return { loaded, group };
}

/**
 * Events that waited for a sale of this group are decided with it. They come first, as they did when they were told: the fold
 * then takes each up again right after its sale, wherever a group begins or ends.
 */
async function withWaiting(
  engine: Engine,
  told: readonly Told[],
  waiters: readonly InboxEvent[],
): Promise<readonly Told[]> {
  const group: Told[] = [];
  for (const [seq, normalised] of await normalise(engine, waiters)) {
    const isNew = !told.some((known) => known.seq === seq);
    if (isNew && 'event' in normalised) group.push({ event: normalised.event, seq });
  }
  return [...group, ...told];
}

const idsApplied = ({ outcomes }: Folded): string[] =>
  [...outcomes].filter(([, { verdict }]) => verdict === 'applied').map(([id]) => id);

function closingsOf(group: readonly Told[], { outcomes }: Folded): Closing[] {
  return group.flatMap(({ event, seq }) => {
    if (seq === null) return [];
    const outcome = outcomes.get(event.id);
    // Applied before, and told again by a replay: nothing is left to do but to say so.
    return [outcome ? closing(seq, outcome) : { ...plain(seq), state: 'done' as const }];
  });
}

function closing(seq: number, outcome: Outcome): Closing {
  switch (outcome.verdict) {
    case 'applied':
      return { ...plain(seq), state: 'done', outcome: summarize(outcome.effects) };
    case 'ignored':
      return { ...plain(seq), state: 'ignored', note: outcome.why };
    case 'waiting':
      return waiting(seq, outcome.saleId);
    case 'parked':
      return parked(seq, outcome.why);
    default:
      return outcome satisfies never;
  }
}

type Plain = Pick<Closing, 'seq' | 'note' | 'waitsFor' | 'outcome'>;
const plain = (seq: number): Plain => ({ seq, note: null, waitsFor: null, outcome: null });
const parked = (seq: number, note: string): Closing => ({ ...plain(seq), state: 'parked', note });
const waiting = (seq: number, saleId: SaleId): Closing => ({
  ...plain(seq),
  state: 'waiting',
  waitsFor: saleId,
  note: `waits for sale ${saleId}`,
});
