/** 被动回复 in the database: claimed from the outbox by the request that answers in place. */
import { outbox } from '../../../schema/index.ts';
import type { QueuedMessage } from '../../decide/notes/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { insertSet } from '../set.ts';

export const passiveChannel = 'wechat-passive';

/** WeChat repeats a callback after five seconds: an answer older than this was never received. */
const unheardAfterMs = 4_500;

/** The text, once; null when there is none, or another request is sending it or has just sent it. */
export async function claimReply(db: Db, eventId: string, now: number): Promise<string | null> {
  const results = await db.batch([
    statement(
      `UPDATE outbox SET state = 'sent', channel = '${passiveChannel}', attempts = attempts + 1,
         ended_at = CAST(?2 AS INTEGER)
       WHERE cause = ?1 AND kind = 'reply' AND payload ->> 'text' IS NOT NULL
         AND ((state = 'pending' AND (lease_until IS NULL OR lease_until <= ?2))
           OR (state = 'sent' AND channel = '${passiveChannel}' AND ended_at <= ?2 - ${unheardAfterMs}))
       RETURNING payload ->> 'text' AS text`,
      causeOf(eventId),
      now,
    ),
  ]);
  const text = rowsAt(results, 0)[0]?.['text'];
  return typeof text === 'string' ? text : null;
}

export async function releaseReply(db: Db, eventId: string, claimedAt: number, now: number): Promise<void> {
  await db.batch([
    statement(
      `UPDATE outbox SET state = 'pending', channel = NULL, ended_at = NULL, due_at = CAST(?2 AS INTEGER)
       WHERE cause = ?1 AND kind = 'reply' AND state = 'sent' AND channel = '${passiveChannel}' AND ended_at = ?3`,
      causeOf(eventId),
      now,
      claimedAt,
    ),
  ]);
}

const causeOf = (eventId: string): string => `${eventId}/reply`;

/** To be sent at once. A reply whose cause is there already is not queued again. */
export function queueReplies(replies: readonly QueuedMessage[], now: number): Statement {
  const rows = replies.map((reply) => ({
    ...reply,
    state: 'pending' as const,
    attempts: 0,
    createdAt: now,
  }));
  const { sql, params } = insertSet(outbox, rows, ['seq']);
  return statement(
    `${sql} WHERE NOT EXISTS (SELECT 1 FROM outbox AS known WHERE known.kind = 'reply' AND known.cause = v ->> 0)`,
    ...params,
  );
}
