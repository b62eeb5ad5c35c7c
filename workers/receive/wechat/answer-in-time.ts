/** 被动回复: answers WeChat in place when the decision is ready in time; later the text is sent as a message, never twice. */
import { claimReply, releaseReply } from '../../db/outbox/replies.ts';
import type { Engine } from '../../engine/engine.ts';
import { log } from '../../platform/log.ts';
import type { Clock, Doorbell } from '../../engine/ports.ts';
import { processEvent } from '../../engine/process.ts';
import { withTimeout } from '../../platform/timeout.ts';

/** After five seconds WeChat closes the connection and tells the member that the account is out of order. */
export const decideWithinMs = 4_000;
const claimWithinMs = 500;
/** From then on the text may be sent as a customer-service message. */
const ringAgainSeconds = 2;

type Answering = {
  readonly engine: Engine;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  readonly later: (work: Promise<unknown>) => void;
};

/** Null when there is no answer, or no time left. */
export async function answerInTime(
  { engine, doorbell, clock, later }: Answering,
  eventId: string,
  receivedAt: number,
): Promise<string | null> {
  try {
    const left = receivedAt + decideWithinMs - clock();
    await withTimeout(processEvent(engine, eventId, clock()), Math.max(0, left));
  } catch (error) {
    // The event is stored: the queue consumer decides it again, and nothing happens twice.
    log('warn', 'reply_late', { why: error instanceof Error ? error.message : 'unknown' });
    doorbell.ring(ringAgainSeconds);
    return null;
  }
  const claimedAt = clock();
  const claimed = claimReply(engine.db, eventId, claimedAt);
  try {
    return await withTimeout(claimed, claimWithinMs);
  } catch {
    // Whether sent or aborted, this claim releases only its own reply.
    const givenBack = claimed
      .catch(() => null)
      .then(() => releaseReply(engine.db, eventId, claimedAt, clock()));
    later(givenBack.catch(() => undefined));
    doorbell.ring(ringAgainSeconds);
    return null;
  }
}
