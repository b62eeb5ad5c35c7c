/** 群发的每一页: what WeChat's answer to a page changes, and how a message ends. */
import type { MassPage } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';

/** Lists of people are not kept beyond their use. */
const emptied = `audience = CASE WHEN audience -> 'openids' IS NOT NULL THEN '{"openids":[]}'
    WHEN audience -> 'memberIds' IS NOT NULL THEN '{"memberIds":[]}' ELSE audience END`;

export const endIfDone = (massId: string, now: number): Statement =>
  statement(
    `UPDATE mass_messages SET state = 'done', ${emptied}, ended_at = CAST(?2 AS INTEGER)
     WHERE id = ?1 AND state = 'sending' AND is_listed = 1
     AND NOT EXISTS (SELECT 1 FROM mass_pages WHERE mass_id = ?1 AND state = 'pending')`,
    massId,
    now,
  );

const mine = `mass_id = ?1 AND page = ?2 AND state = 'pending' AND lease_until IS ?3`;
const place = ({ massId, page, leaseUntil }: MassPage) => [massId, page, leaseUntil] as const;

/** WeChat has accepted it. */
export const pageSent = (page: MassPage, msgId: string | null, now: number): Statement[] => [
  statement(
    `UPDATE mass_pages SET state = 'sent', msg_id = ?4, openids = '[]', lease_until = NULL, last_error = NULL WHERE ${mine}`,
    ...place(page),
    msgId,
  ),
  endIfDone(page.massId, now),
];

/** `isHeard` is false when WeChat answered and did not accept it. */
export const pageWaits = (
  page: MassPage,
  { dueAt, why, isHeard, now }: { dueAt: number; why: string; isHeard: boolean; now: number },
): Statement =>
  statement(
    `UPDATE mass_pages SET due_at = CAST(?4 AS INTEGER), last_error = ?5, lease_until = NULL,
       unsure_since = CASE WHEN ?6 = 0 AND unsure_since = ?7 THEN NULL ELSE unsure_since END WHERE ${mine}`,
    ...place(page),
    dueAt,
    why,
    isHeard ? 1 : 0,
    now,
  );

/**
 * Ends a message early. People who certainly did not get it are not charged for it; pages that WeChat may have received are
 * left as unsure.
 */
export const stopMass = (massId: string, note: string, now: number): Statement[] => [
  statement(
    `UPDATE mass_counters SET sent = max(0, sent - 1) FROM (
       SELECT j.value AS openid, p.month AS month FROM mass_pages AS p, json_each(p.openids) AS j
       WHERE p.mass_id = ?1 AND p.state = 'pending' AND p.unsure_since IS NULL) AS given
     WHERE mass_counters.openid = given.openid AND mass_counters.month = given.month`,
    massId,
  ),
  statement(
    `UPDATE mass_pages SET state = CASE WHEN unsure_since IS NULL THEN 'refused' ELSE 'unsure' END, openids = '[]',
       lease_until = NULL, last_error = coalesce(last_error, ?2) WHERE mass_id = ?1 AND state = 'pending'`,
    massId,
    note,
  ),
  statement(
    `UPDATE mass_messages SET state = 'stopped', ${emptied}, note = ?2, ended_at = CAST(?3 AS INTEGER)
     WHERE id = ?1 AND state IN ('waiting', 'sending')`,
    massId,
    note,
    now,
  ),
];
