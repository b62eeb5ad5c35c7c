/** 被动回复 in the database: taken out of the outbox by whoever answers in place, and by nobody else. */
import { rowsAt, statement, type Db } from '../db.ts';

export const passiveChannel = 'wechat-passive';

/** WeChat asks again five seconds after it asked before: an answer older than this was never received. */
const unheardAfterMs = 4_500;

/** The words, once; null when there are none, or somebody else is sending them, or has just said them. */
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
