/** The platform behind small ports: Workers bind them to D1, Queues and fetch; another host may bind them to something else. */
import type { ReceivedEvent } from '../db/inbox/inbox.ts';

/** What a queue message may carry: nothing, or events that the database was too slow to store. */
export type Bell = { readonly stalled?: readonly ReceivedEvent[] };

export type Doorbell = {
  /** Says that there is work. Several rings may become one, and a lost ring costs only time. */
  readonly ring: (afterSeconds?: number) => void;
  /** Rings and hands over events: the second way in when the database stalls. */
  readonly handOver: (events: readonly ReceivedEvent[]) => Promise<void>;
};

export type Http = (request: Request) => Promise<Response>;
export type Clock = () => number;
