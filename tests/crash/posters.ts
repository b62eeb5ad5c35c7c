/** Many tills at once: each posts until told to stop, and whatever was not acknowledged is sent again. */
import { signatureHeaders } from '../bench/sender.ts';
import { secret, sourceId } from '../bench/shop.ts';
import type { CashDesk, Job } from './cash-desk.ts';
import { apiToken, type Asked } from './coupons.ts';

const timeoutMs = 5_000;
const pauseMs = 20;

export type Posters = {
  /** Where to send; null while there is nobody to send to. */
  aim: (url: string | null) => void;
  /** Makes up nothing new; resolves once everything was acknowledged. */
  readonly finish: () => Promise<void>;
};

export function startPosters(desk: CashDesk, count: number): Posters {
  let url: string | null = null;
  let isFinishing = false;
  const doubtful: Job[] = [];

  const lane = async (): Promise<void> => {
    for (;;) {
      const job = url === null ? null : (doubtful.shift() ?? (isFinishing ? null : desk.next()));
      if (job === null || url === null) {
        if (isFinishing && desk.jobs.every(({ isAcknowledged }) => isAcknowledged)) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        continue;
      }
      if (job.doubts === 0) await askFirst(url, job);
      job.isAcknowledged = await isTaken(url, job);
      if (job.isAcknowledged) continue;
      job.doubts += 1;
      doubtful.push(job);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const lanes = Promise.all(Array.from({ length: count }, lane));
  return {
    aim: (target) => {
      url = target;
    },
    finish: async () => {
      isFinishing = true;
      await lanes;
    },
  };
}

/** What a till asks before it sells; whatever becomes of the answer, the sale follows. */
async function askFirst(url: string, { asks, pauseMs }: Job): Promise<void> {
  await Promise.all(asks.map(async (asked) => ask(url, asked)));
  if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
}

const understood = new Set([200, 409, 422]);

async function ask(url: string, { path, body }: Asked): Promise<void> {
  const { status } = await answerTo(url, { path, body }).catch(() => ({ status: 503 }));
  if (status < 500 && !understood.has(status)) throw new TypeError(`refused with ${status}`);
}

/** Rejects where whoever should answer has gone, perhaps in the middle of its answer. */
async function answerTo(url: string, { path, body }: Asked): Promise<{ readonly status: number }> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.arrayBuffer();
  return response;
}

/** True for any 2xx: from then on the event is Huike's to keep. */
async function isTaken(url: string, { id, body }: Job): Promise<boolean> {
  try {
    const response = await fetch(`${url}/hooks/erp/${sourceId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signatureHeaders(id, body, secret) },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.arrayBuffer();
    if (response.status >= 400 && response.status < 500)
      throw new TypeError(`refused with ${response.status}`);
    return response.ok;
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('refused')) throw error;
    return false;
  }
}
