/** 门铃: queue messages that say there is work, and nothing else; rings that come together become one. */
import type { Bell, Clock, Doorbell, JobsBell, SendingBell } from './engine/ports.ts';

type Ringing = {
  readonly clock: Clock;
  /** Goes on when the invocation has answered. */
  readonly later: (work: Promise<unknown>) => void;
  /** Two rings are at least so far apart: a queue operation is what the free plan runs out of first. */
  readonly apartMs: number;
  /** False where the queue is the memory of a process: nothing may be acknowledged on its word. */
  readonly keeps: boolean;
};

/** Even the first ring waits this long for others. */
const coalesceMs = 100;

export type Queues = { readonly DOORBELL: Queue<Bell>; readonly SENDING: Queue<Bell> };

export const bellsOf = (
  { DOORBELL, SENDING }: Queues,
  ringing: Ringing,
): { readonly doorbell: Doorbell; readonly sendingBell: SendingBell; readonly jobsBell: JobsBell } => ({
  doorbell: {
    ring: ringOf(DOORBELL, {}, ringing),
    handOver: async (events) => {
      if (!ringing.keeps) throw new Error('this queue forgets with its process');
      await DOORBELL.send({ stalled: events });
    },
  },
  sendingBell: { ring: ringOf(SENDING, { work: 'sending' }, ringing) },
  jobsBell: { ring: ringOf(SENDING, { work: 'jobs' }, ringing) },
});

function ringOf(queue: Queue<Bell>, bell: Bell, { clock, later, apartMs }: Ringing): Doorbell['ring'] {
  // Only moments are shared between requests: an invocation must not wait for the work of another.
  let [ringingUntil, rungAt] = [0, 0];
  const ringIn = async (waitMs: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    // From here on a new ring is a new message: what is stored after this may be missed by the one about to be sent.
    [ringingUntil, rungAt] = [0, clock()];
    await send(queue, bell, 0);
  };
  return (afterSeconds = 0) => {
    if (afterSeconds > 0) return later(send(queue, bell, afterSeconds));
    const now = clock();
    if (now < ringingUntil) return;
    const waitMs = Math.max(coalesceMs, rungAt + apartMs - now);
    // Whoever was to ring may have been cut off: then the next one does.
    ringingUntil = now + 10 * waitMs;
    later(ringIn(waitMs));
  };
}

async function send(queue: Queue<Bell>, bell: Bell, delaySeconds: number): Promise<void> {
  try {
    await queue.send(bell, delaySeconds > 0 ? { delaySeconds } : {});
  } catch {
    // A lost ring costs a minute: the cron finds what is pending.
  }
}
