/** 转话 of a group: what members said to the associates who now speak, as far as it reached them. */
import { answerWithinMs, type PassedOn } from '../../decide/fans/heard.ts';
import { statement } from '../db.ts';
import type { Look } from '../look.ts';
import { list } from '../set.ts';
import type { GroupQuery } from '../shelves/define.ts';

/** More than a shop hears in half an hour. */
const contactsLookedAt = 1_000;
/** Her words may lie in the inbox for a while before they are decided. */
const lookBackMs = 24 * answerWithinMs;

/**
 * Only words of those who are still hers, and only what was sent to her: she cannot be answering what she never read. For
 * everybody else no contact is looked at, because the associate stands first.
 */
const heard = `SELECT a.id AS "associateId", c.thread AS openid, m.id AS "memberId", m.name, c.at,
    EXISTS (SELECT 1 FROM fan_windows AS w WHERE w.openid = c.thread AND w.until > ?2 AND w.messages_left > 0) AS "isOpen"
  FROM associates AS a CROSS JOIN contacts AS c
    LEFT JOIN identities AS i ON i.key = 'openid:' || c.thread
    LEFT JOIN members AS m ON m.id = i.member_id
    LEFT JOIN fans AS f ON f.openid = c.thread
  WHERE (a.openid IN (SELECT value FROM json_each(?1)) OR a.wecom_user_id IN (SELECT value FROM json_each(?1)))
    AND c.seq > (SELECT max(seq) FROM contacts) - ${contactsLookedAt}
    AND c.associate_id = a.id AND c.direction = 'in' AND c.at > ?2 - ${lookBackMs}
    AND EXISTS (SELECT 1 FROM associates AS own WHERE own.id = coalesce(m.associate_id, f.associate_id)
      AND iif(own.ended_at IS NULL, own.id, own.successor_id) = a.id)
    AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.openid = c.thread AND o.kind = 'chat-associate'
      AND o.cause = c.cause || '/associate' AND o.state = 'sent')`;

export const passedOnOf = ({ needs: { speakers }, now }: GroupQuery): Look<PassedOn[]> => ({
  statements: speakers.size === 0 ? [] : [statement(heard, list(speakers), now)],
  // Columns as their tables have them.
  decode: (rows) => rows.map((row) => ({ ...row, isOpen: row['isOpen'] === 1 }) as unknown as PassedOn),
});
