/** What deciding needs from outside itself, and how an event arrives at it. */
import type { DomainEvent, InboxEvent, Reason } from '../../schema/index.ts';
import type { ConfigCache } from '../db/world/config.ts';
import type { Db } from '../db/db.ts';
import type { DailyCap } from '../decide/allowances.ts';
import { kindOf } from '../decide/on/index.ts';
import type { Seed } from '../decide/plain/random.ts';

export type Normalised =
  | { readonly event: DomainEvent; readonly cap?: DailyCap }
  | { readonly ignored: Reason }
  | { readonly parked: Reason };

export type Engine = {
  readonly db: Db;
  readonly config: ConfigCache;
  /** Stored bodies in our words, one for each; what cannot be put into them is parked or ignored, never lost. */
  readonly normalise: (rows: readonly InboxEvent[]) => Promise<readonly Normalised[]>;
  readonly seeds: (causes: ReadonlySet<string>) => Promise<ReadonlyMap<string, Seed>>;
};

/** An event to be decided; `seq` is its inbox row, if it came from one. */
export type QueuedEvent = {
  readonly event: DomainEvent;
  readonly seq: number | null;
  /** Only so many events of its source and day may be decided. */
  readonly cap?: DailyCap;
};

/** Every row gets an answer; one without is a mistake of ours. */
export const unanswered: Normalised = { parked: { code: 'FAILED', detail: 'nothing was read of it' } };

/** Each row with what it says in our words. */
export async function normalise(
  engine: Engine,
  rows: readonly InboxEvent[],
): Promise<[number, Normalised][]> {
  const normalised = await engine.normalise(rows);
  return rows.map(({ seq }, place) => [seq, normalised[place] ?? unanswered]);
}

/** What has to go goes with the whole batch: whatever the person does after it is decided in the next. */
export function endedByLeaving(queued: readonly QueuedEvent[]): readonly QueuedEvent[][] {
  const groups: QueuedEvent[][] = [[]];
  for (const one of queued) {
    groups.at(-1)?.push(one);
    if (kindOf(one.event).isLeaving) groups.push([]);
  }
  return groups;
}
