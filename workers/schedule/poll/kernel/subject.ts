/** What a step needs from the deployment, what it reads, and where it leaves the poll. */
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
  /** Splits a record by the adapter of its source. */
  readonly split: (source: Source, body: string) => readonly RawEvent[];
  readonly toInbox: ToInbox;
};

export type Subject = {
  readonly poll: Poll;
  readonly polling: Polling;
  readonly pace: Pace;
  readonly secret: string;
  /** The store that the settings of the source name. */
  readonly store: string | null;
  readonly split: (body: string) => readonly RawEvent[];
  /** Notices whose documents have to be fetched, the oldest first; null for a list. */
  readonly thin: readonly InboxEvent[] | null;
};

export type Stepped = {
  /** The poll afterwards; null when another step holds it, or the outcome is unknown. */
  readonly poll: Poll | null;
  readonly fresh: number;
  /** Set when the first notice was handled. */
  readonly isAnswered?: boolean;
};
