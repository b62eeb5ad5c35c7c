/** The platform behind small ports: Workers bind them to D1, Queues and fetch; another host may bind them otherwise. */
import type { ReceivedEvent } from '../db/inbox/inbox.ts';

/** What a queue message may carry: nothing at all, or events the database was too slow to take. */
export type Bell = { readonly stalled?: readonly ReceivedEvent[] };

export type Doorbell = {
  /** Says that there is work; several rings may become one, and a lost one costs only time. */
  readonly ring: (afterSeconds?: number) => void;
  /** Rings with events in hand: the second way in when the database stalls. */
  readonly handOver: (events: readonly ReceivedEvent[]) => Promise<void>;
};

export type Http = (request: Request) => Promise<Response>;
export type Clock = () => number;
