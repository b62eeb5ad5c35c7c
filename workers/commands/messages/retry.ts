/** 再发一次: makes a parked message due at once, with all its attempts. */
import type { Message } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readMessage, retryMessage } from '../../db/outbox/messages.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';

export async function retry(db: Db, seq: number, now: number): Promise<Draft<Message> | Problem> {
  const message = await readMessage(db, seq);
  if (!message) return unknownMessage;
  if (message.state !== 'parked') return notParked(message.state);
  const row = {
    ...message,
    state: 'pending',
    attempts: 0,
    dueAt: now,
    endedAt: null,
    passedOver: null,
  } as const;
  return { row, statements: [retryMessage(seq, now)], rings: 'doorbell' };
}

const unknownMessage: Problem = { status: 404, code: 'unknown_message', detail: 'no message has this id' };
const notParked = (state: string): Problem => ({
  status: 409,
  code: 'not_parked',
  detail: `only a parked message can be tried again; this one is ${state}`,
});
