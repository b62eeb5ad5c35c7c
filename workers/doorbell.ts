/** 门铃: a queue message that says only that there is work; rings close together become one. */
import { waitUntil } from 'cloudflare:workers';
import type { Bell, Doorbell } from './engine/ports.ts';

/** Rings within this time become one, because the free plan runs out of queue operations first. */
const coalesceMs = 100;
let ringingUntil = 0;

export function doorbellOf(queue: Queue<Bell>): Doorbell {
  return {
    ring: (afterSeconds = 0) => {
      if (afterSeconds > 0) return waitUntil(ringAt(queue, afterSeconds));
      const now = Date.now();
      // Requests share only the time of the last ring: an invocation must not wait for another's work.
      if (now < ringingUntil) return;
      ringingUntil = now + 10 * coalesceMs;
      waitUntil(ringSoon(queue));
    },
    handOver: async (events) => {
      await queue.send({ stalled: events });
    },
  };
}

async function ringAt(queue: Queue<Bell>, delaySeconds: number): Promise<void> {
  try {
    await queue.send({}, { delaySeconds });
  } catch {
    // A lost ring costs a minute.
  }
}

async function ringSoon(queue: Queue<Bell>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, coalesceMs));
  // From here on a new ring is a new message: the one about to be sent may miss what is stored now.
  ringingUntil = 0;
  try {
    await queue.send({});
  } catch {
    // A lost ring costs a minute: the cron finds what is pending.
  }
}
