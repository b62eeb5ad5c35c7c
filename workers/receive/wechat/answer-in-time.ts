/** 被动回复: the words of one decision, if it is made before WeChat stops waiting; later they go another way, never twice. */
import { claimReply, releaseReply } from '../../db/outbox/replies.ts';
import type { Engine } from '../../engine/engine.ts';
import { log } from '../../platform/log.ts';
import type { Clock, Doorbell } from '../../engine/ports.ts';
import { processEvent } from '../../engine/process.ts';
import { withTimeout } from '../../platform/timeout.ts';

/** WeChat drops the line after five seconds, and shows the member that the account is out of order. */
export const decideWithinMs = 4_000;
const claimWithinMs = 500;
/** By then the words may be sent by customer-service message. */
const ringAgainSeconds = 2;

type Answering = {
  readonly engine: Engine;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  readonly later: (work: Promise<unknown>) => void;
};

/** Null when there is nothing to say, or no time left to say it in. */
export async function answerInTime(
  { engine, doorbell, clock, later }: Answering,
  eventId: string,
  receivedAt: number,
): Promise<string | null> {
  try {
    const left = receivedAt + decideWithinMs - clock();
    await withTimeout(processEvent(engine, eventId, clock()), Math.max(0, left));
  } catch (error) {
    // The event is stored: whoever answers the doorbell decides it again, and nothing happens twice.
    log('warn', 'reply_late', { why: error instanceof Error ? error.message : 'unknown' });
    doorbell.ring(ringAgainSeconds);
    return null;
  }
  const claimedAt = clock();
  const claimed = claimReply(engine.db, eventId, claimedAt);
  try {
    return await withTimeout(claimed, claimWithinMs);
  } catch {
    // Whether it came through or broke off: what this claim took is given back, and nobody else's.
    const givenBack = claimed
      .catch(() => null)
      .then(() => releaseReply(engine.db, eventId, claimedAt, clock()));
    later(givenBack.catch(() => undefined));
    doorbell.ring(ringAgainSeconds);
    return null;
  }
}
