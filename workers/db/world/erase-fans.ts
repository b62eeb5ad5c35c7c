/** 取消关注, in the database: what WeChat told of an account goes from tables that no decision loads. */
import type { Changes } from '../../decide/changes.ts';
import { statement, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';

export function eraseFans({ fansErased, copiesErased }: Changes, now: number): Statement[] {
  const statements: Statement[] = [];
  if (fansErased.size > 0) {
    const openids = list(fansErased.keys());
    const byMember = list(fansErased);
    statements.push(
      ...owned.map((table) =>
        statement(`DELETE FROM ${table} WHERE openid IN (SELECT value FROM json_each(?1))`, openids),
      ),
      statement(leftAudiences, openids),
      statement(
        `UPDATE associates SET openid = NULL, rev = rev + 1 WHERE openid IN (SELECT value FROM json_each(?1))`,
        openids,
      ),
      statement(silenced, byMember),
      statement(unsent, openids),
      statement(calledOff, byMember, now),
    );
  }
  if (copiesErased.size > 0) statements.push(statement(emptied, list(copiesErased)));
  return statements;
}

/** Tables in which a row is one account's. */
const owned = ['fans', 'fan_windows', 'permissions', 'mass_counters'] as const;

const leftAudiences = `UPDATE mass_messages SET audience = json_object('openids', (SELECT json_group_array(value)
    FROM json_each(audience, '$.openids') WHERE value NOT IN (SELECT value FROM json_each(?1))))
  WHERE state IN ('waiting', 'sending') AND audience -> 'openids' IS NOT NULL`;

/** That they spoke stays on record, under the member if there is one; what was said does not. */
const silenced = `WITH ${rowsOf('?1')} UPDATE contacts SET text = NULL, thread = coalesce(v ->> 1, 'gone')
  FROM r WHERE contacts.thread = v ->> 0`;

const unsent = `UPDATE outbox SET payload = '{}', openid = NULL,
    last_error = CASE state WHEN 'pending' THEN '已取消关注' ELSE last_error END,
    state = CASE state WHEN 'pending' THEN 'parked' ELSE state END
  WHERE openid IN (SELECT value FROM json_each(?1))`;

/** Nobody may be known by an openid that has to go: what is under way to it is called off, and found again by its number. */
const calledOff = `WITH ${rowsOf('?1')} UPDATE transfers SET openid = NULL, due_at = min(due_at, CAST(?2 AS INTEGER)),
    cancel_asked_at = coalesce(cancel_asked_at, CAST(?2 AS INTEGER)), cancel_reason = coalesce(cancel_reason, 'asked')
  FROM r WHERE transfers.member_id = v ->> 1 AND transfers.openid = v ->> 0 AND transfers.ended_at IS NULL`;

/** What they did after leaving, and news of money, is still to be decided. */
const emptied = `WITH departed AS MATERIALIZED (SELECT j.value AS openid, (SELECT max(seq) FROM inbox WHERE subject = j.value
      AND type = 'wechat.unsubscribe') AS at FROM json_each(?1) AS j)
  UPDATE inbox SET body = '', sender_id = '', subject = NULL FROM departed WHERE subject = departed.openid
    AND (EXISTS (SELECT 1 FROM decisions AS d WHERE d.seq = inbox.seq) OR (source_id <> 'wechat-pay' AND seq <= coalesce(departed.at, seq)))`;
