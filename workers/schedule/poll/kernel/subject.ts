/** What a step is made of: what it needs from the deployment, what it is about, and where it leaves the reading. */
import type { InboxEvent, Poll, Source } from '../../../../schema/index.ts';
import type { Db } from '../../../db/db.ts';
import type { Clock } from '../../../engine/ports.ts';
import type { Line } from '../asking/call.ts';
import type { Pace, Polling, RawEvent, Signing } from '../define.ts';
import type { ToInbox } from './news.ts';

export type StepDeps = Line & {
  readonly db: Db;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly jitter: () => number;
  readonly signing: Signing;
  /** A record taken apart by the adapter of its source. */
  readonly split: (source: Source, body: string) => readonly RawEvent[];
  readonly toInbox: ToInbox;
};

export type Subject = {
  readonly poll: Poll;
  readonly polling: Polling;
  readonly pace: Pace;
  readonly secret: string;
  /** The shop that the settings of the source name. */
  readonly store: string | null;
  readonly split: (body: string) => readonly RawEvent[];
  /** Notices whose documents have to be fetched, the oldest first; null for a list. */
  readonly thin: readonly InboxEvent[] | null;
};

export type Stepped = {
  /** Where the reading stands; null when somebody else is at it, or nobody can say. */
  readonly poll: Poll | null;
  readonly fresh: number;
  /** Set when the first notice is dealt with. */
  readonly isAnswered?: boolean;
};
