/** What deciding needs from outside, and how events come to it. */
import type { DomainEvent, InboxEvent, Reason } from '../../schema/index.ts';
import type { ConfigCache } from '../db/world/config.ts';
import type { Db } from '../db/db.ts';
import { gathering } from '../db/gather.ts';
import type { DailyCap } from '../decide/allowances.ts';
import { kindOf } from '../decide/on/index.ts';
import type { Seed } from '../decide/plain/random.ts';

/** Why a 会员码 on a sale names nobody: it is none, it was shown too long before or told too late, or it is nobody's. */
export type WrongCode = 'no-code' | 'over' | 'unknown';

export type Normalised =
  | {
      readonly event: DomainEvent;
      readonly cap?: DailyCap;
      /** Fields that should have held a phone. */
      readonly unreadPhones?: readonly string[];
      readonly wrongMemberCode?: WrongCode;
    }
  | { readonly ignored: Reason }
  | { readonly parked: Reason };

export type Engine = {
  readonly db: Db;
  readonly config: ConfigCache;
  /** Turns each stored body into an event. A body that gives none is parked or ignored, never lost. */
  readonly normalise: (rows: readonly InboxEvent[]) => Promise<readonly Normalised[]>;
  readonly seeds: (causes: ReadonlySet<string>) => Promise<ReadonlyMap<string, Seed>>;
};

/** The same, for one visit that looks at many things at once. */
export const forOneVisit = (engine: Engine): Engine => ({ ...engine, db: gathering(engine.db) });

/** An event to be decided; `seq` is its inbox row, if it has one. */
export type QueuedEvent = {
  readonly event: DomainEvent;
  readonly seq: number | null;
  /** How many events of its source and day may be decided. */
  readonly cap?: DailyCap;
  readonly unreadPhones?: readonly string[];
  readonly wrongMemberCode?: WrongCode;
};

/** Every row has an answer; a missing one is a bug. */
export const unanswered: Normalised = { parked: { code: 'FAILED', detail: 'nothing was read of it' } };

/**
 * Ends a group with each event by which somebody leaves: erasing is the end of its batch, and later events of the person are
 * decided in the next.
 */
export function endedByLeaving(queued: readonly QueuedEvent[]): readonly QueuedEvent[][] {
  const groups: QueuedEvent[][] = [[]];
  for (const one of queued) {
    groups.at(-1)?.push(one);
    if (kindOf(one.event).isLeaving) groups.push([]);
  }
  return groups;
}
