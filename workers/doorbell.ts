/** 门铃: a queue message that says there is work, and nothing else; rings that come together become one. */
import { waitUntil } from 'cloudflare:workers';
import type { Bell, Doorbell } from './engine/ports.ts';

/** Rings within this time become one: a queue operation is what the free plan runs out of first. */
const coalesceMs = 100;
let ringingUntil = 0;

export function doorbellOf(queue: Queue<Bell>): Doorbell {
  return {
    ring: (afterSeconds = 0) => {
      if (afterSeconds > 0) return waitUntil(ringAt(queue, afterSeconds));
      const now = Date.now();
      // Only the moment is shared between requests: an invocation must not wait for the work of another.
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
    // A ring that is lost costs a minute.
  }
}

async function ringSoon(queue: Queue<Bell>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, coalesceMs));
  // From here on a new ring is a new message: what is stored after this may be missed by the one about to be sent.
  ringingUntil = 0;
  try {
    await queue.send({});
  } catch {
    // A ring that is lost costs a minute: the cron looks for what was left lying.
  }
}
