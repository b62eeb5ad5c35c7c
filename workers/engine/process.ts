/** The whole system in one breath: pending events → load → decide → apply. Doing it twice changes nothing. */
import type { InboxEvent } from '../../schema/index.ts';
import { closingsOf, failed, ignored, parked } from './closings.ts';
import { apply, writes } from '../db/world/apply.ts';
import { countDecided, countsAreCurrent } from '../db/world/daily-caps.ts';
import { DbError } from '../db/db.ts';
import type { Loaded } from '../db/world/load.ts';
import { closeEvents, type Closing } from '../db/inbox/decisions.ts';
import { countAttempt, pendingEvent, readPending } from '../db/inbox/pending.ts';
import { allowancesOf, capKey } from '../decide/allowances.ts';
import { fold, type Folded, type Outcome } from '../decide/fold.ts';
import { endedByLeaving, type Engine, type QueuedEvent } from './engine.ts';
import { heldIn } from '../db/outbox/in-hand.ts';
import { takeInHand, type Hand } from './hand.ts';
import { normalise } from './normalise.ts';
import { readWorld } from './reading.ts';

/** Losing a race this often in a row means something other than a race. */
const attemptsMax = 5;
/** An event that took its consumer down this often is parked unread. */
const fatalAttemptsMax = 3;

/** What one group may ask of D1: the free plan allows 50 queries an invocation, and sending wants some. A larger group is halved. */
const statementsMax = 40;

type Processing = (
  engine: Engine,
  rows: readonly InboxEvent[],
  now: number,
  hand: Hand | null,
) => Promise<void>;

/**
 * Decides up to `limit` pending events; tells how many were found: fewer, and nothing else is pending. Then what has to be said at
 * once is written into `hand`, if there is one: whoever gives it sends it.
 */
export const processPending = (
  engine: Engine,
  limit: number,
  now: number,
  hand: Hand | null = null,
): Promise<number> => inPortions(engine, { limit, now, hand }, processRows);

/** One at a time, each attempt counted first: how an event that kills its consumer is cornered. */
export const processWarily: typeof processPending = (engine, limit, now) =>
  inPortions(engine, { limit, now, hand: null }, processEach);

/** What does not fit into memory at once is read in several portions. */
async function inPortions(
  engine: Engine,
  { limit, now, hand }: { readonly limit: number; readonly now: number; readonly hand: Hand | null },
  process: Processing,
): Promise<number> {
  for (let done = 0; ;) {
    const { events, found } = await readPending(engine.db, limit - done);
    await process(engine, events, now, found < limit - done ? hand : null);
    done += events.length;
    if (events.length === found) return done;
  }
}

async function processEach(engine: Engine, rows: readonly InboxEvent[], now: number): Promise<void> {
  for (const row of rows) {
    if (row.attempts >= fatalAttemptsMax) {
      const gaveUp = parked(row.seq, { code: 'GAVE_UP', attempts: row.attempts });
      await engine.db.batch(closeEvents([gaveUp], now));
      continue;
    }
    await engine.db.batch([countAttempt(row.seq)]);
    await processRows(engine, [row], now);
  }
}

async function processRows(
  engine: Engine,
  rows: readonly InboxEvent[],
  now: number,
  hand: Hand | null = null,
): Promise<void> {
  const queued: QueuedEvent[] = [];
  const closings: Closing[] = [];
  for (const [seq, normalised] of await normalise(engine, rows)) {
    if ('event' in normalised) queued.push({ ...normalised, seq });
    else if ('parked' in normalised) closings.push(parked(seq, normalised.parked));
    else closings.push(ignored(seq, normalised.ignored));
  }
  await engine.db.batch(closeEvents(closings, now));
  for (const group of endedByLeaving(queued)) await processGroup(engine, group, now, hand);
}

/** One stored event, for somebody who waits for it; nothing happens if it has been decided already. */
export async function processEvent(engine: Engine, eventId: string, now: number): Promise<void> {
  await processRows(engine, await pendingEvent(engine.db, eventId), now);
}

export type Processed = {
  /** What was decided, by event id; nothing for an event that had been applied before. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Ids of events that could not be decided; those with an inbox row are parked there. */
  readonly failed: readonly string[];
};

/**
 * All of them in one batch; if that cannot be, half by half, so that one bad event costs only itself. Throws only when the
 * database cannot be reached.
 */
export async function processGroup(
  engine: Engine,
  queued: readonly QueuedEvent[],
  now: number,
  hand: Hand | null = null,
): Promise<Processed> {
  const [only] = queued;
  if (only === undefined) return { outcomes: new Map(), failed: [] };
  try {
    return { outcomes: await settleGroup(engine, queued, now, hand), failed: [] };
  } catch (error) {
    if (error instanceof DbError && error.kind !== 'refused') throw error;
    if (queued.length > 1) {
      const middle = Math.ceil(queued.length / 2);
      const first = await processGroup(engine, queued.slice(0, middle), now, hand);
      const second = await processGroup(engine, queued.slice(middle), now, hand);
      return {
        outcomes: new Map([...first.outcomes, ...second.outcomes]),
        failed: [...first.failed, ...second.failed],
      };
    }
    if (only.seq !== null) await engine.db.batch(closeEvents([parked(only.seq, failed(error))], now));
    return { outcomes: new Map(), failed: [only.event.id] };
  }
}

async function settleGroup(
  engine: Engine,
  queued: readonly QueuedEvent[],
  now: number,
  hand: Hand | null,
): Promise<Folded['outcomes']> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const { loaded, group } = await readWorld(engine, queued, now);
    const fresh = group.filter((one) => !isDecided(one, loaded));
    const capped = fresh.flatMap(({ event, cap }) => (cap ? [{ eventId: event.id, cap }] : []));
    const caps = [...new Map(capped.map(({ cap }) => [capKey(cap), cap])).values()];
    const decided = await countDecided(engine.db, caps);
    const folded = fold(
      loaded.world,
      fresh.map(({ event }) => event),
      allowancesOf(capped, decided),
    );
    const { changes, held } = takeInHand(folded.changes, hand, now);
    const statements = writes({
      ...loaded,
      changes,
      held,
      appliedIds: idsApplied(fresh, folded),
      closings: closingsOf(fresh, folded, loaded),
      guards: isAnyApplied(folded) ? countsAreCurrent(caps, decided) : [],
      now,
    });
    const total = loaded.statementCount + caps.length + statements.length;
    if (total > statementsMax && queued.length > 1) throw new Error(`${total} statements for one group`);
    const { applied, results } = await apply(engine.db, statements);
    if (applied === 'applied') {
      const written = held && results[statements.indexOf(held)];
      if (hand && written) hand.messages.push(...heldIn(written));
      return folded.outcomes;
    }
  }
  // Not the events' fault: they stay as they are, and whoever rang rings again.
  throw new DbError(`lost the race ${attemptsMax} times for ${queued.length} events`);
}

/** What waits for its sale is decided, and will be again. */
const isDecided = ({ event, seq }: QueuedEvent, { applied, decided }: Loaded): boolean =>
  seq === null ? applied.has(event.id) : (decided.get(seq) ?? 'waiting') !== 'waiting';

/** Events with a row in the inbox are claimed by their decisions. */
const idsApplied = (group: readonly QueuedEvent[], { outcomes }: Folded): string[] =>
  group.flatMap(({ event: { id }, seq }) =>
    seq === null && outcomes.get(id)?.verdict === 'applied' ? [id] : [],
  );

const isAnyApplied = ({ outcomes }: Folded): boolean =>
  [...outcomes.values()].some(({ verdict }) => verdict === 'applied');
