/** The platform behind small ports: Workers bind them to D1, Queues and fetch; another host may bind them to something else. */
import type { ReceivedEvent } from '../db/inbox/inbox.ts';

/**
 * A queue message: to decide what is pending, perhaps with events the database was too slow to take; to send what is due; or to go on
 * with a job of the office.
 */
export type Bell = { readonly stalled?: readonly ReceivedEvent[]; readonly work?: 'sending' | 'jobs' };

export type Doorbell = {
  /** Says that there is work. Several rings may become one, and a lost ring costs only time. */
  readonly ring: (afterSeconds?: number) => void;
  /** Rings and hands over events: the second way in when the database stalls. */
  readonly handOver: (events: readonly ReceivedEvent[]) => Promise<void>;
};

/** Says that there is something to send; it has a queue of its own, so that nobody's deciding waits behind it. */
export type SendingBell = Pick<Doorbell, 'ring'>;

/** Says that a job of many pages is under way; it shares the queue of what is to be sent. */
export type JobsBell = Pick<Doorbell, 'ring'>;

export type Http = (request: Request) => Promise<Response>;
export type Clock = () => number;
