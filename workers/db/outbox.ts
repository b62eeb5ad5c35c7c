/** 发件箱 in the database: due rows are leased, looked at again, and get their verdict. */
import { associates, outbox, type Message } from '../../schema/index.ts';
import { rowsAt, statement, type Db } from './db.ts';
import { decodeAll, list, selectList } from './set.ts';

export async function leaseMessages(db: Db, limit: number, now: number, leaseMs: number): Promise<Message[]> {
  const results = await db.batch([
    statement(
      `UPDATE outbox SET lease_until = CAST(?2 AS INTEGER), attempts = attempts + 1 WHERE seq IN (
         SELECT seq FROM outbox WHERE state = 'pending' AND due_at <= ?1 AND (lease_until IS NULL OR lease_until <= ?1)
         ORDER BY due_at, seq LIMIT ?3)
       RETURNING ${selectList(outbox, 'outbox')}`,
      now,
      now + leaseMs,
      limit,
    ),
  ]);
  // RETURNING keeps no order; the oldest message goes first.
  return decodeAll(outbox, rowsAt(results, 0)).toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
}

export type Addresses = {
  /** Openids by member id; a member who was deleted or never followed has none. */
  readonly members: ReadonlyMap<string, string>;
  readonly associates: ReadonlyMap<string, string>;
};

/** Where the recipients can be reached now, not when the message was written. */
export async function addressesOf(db: Db, messages: readonly Message[]): Promise<Addresses> {
  const memberIds = messages.flatMap(({ memberId, associateId }) =>
    memberId !== null && associateId === null ? [memberId] : [],
  );
  const associateIds = messages.flatMap(({ associateId }) => (associateId === null ? [] : [associateId]));
  const results = await db.batch([
    // A merged member is reached through the survivor, however many mergers lie between.
    statement(
      `WITH RECURSIVE way(id, at) AS (
         SELECT value, value FROM json_each(?1)
         UNION SELECT way.id, m.merged_into FROM way CROSS JOIN members AS m ON m.id = way.at WHERE m.merged_into IS NOT NULL)
       SELECT way.id AS "memberId", substr(i.key, 8) AS openid FROM way
       CROSS JOIN identities AS i ON i.member_id = way.at AND i.key >= 'openid:' AND i.key < 'openid;'`,
      list(memberIds),
    ),
    statement(
      `SELECT ${selectList(associates, 't')} FROM associates AS t WHERE t.id IN (SELECT value FROM json_each(?1))`,
      list(associateIds),
    ),
  ]);
  const members = new Map(
    rowsAt(results, 0).map(({ memberId, openid }) => [String(memberId), String(openid)]),
  );
  const byAssociate = new Map<string, string>();
  for (const { id, openid } of decodeAll(associates, rowsAt(results, 1))) {
    if (openid !== null) byAssociate.set(id, openid);
  }
  return { members, associates: byAssociate };
}

export type MessageClosing = {
  readonly seq: number;
  /** The lease it was sent under: whoever holds a newer one has the say. */
  readonly leaseUntil: number;
  readonly state: Message['state'];
  readonly dueAt: number;
  readonly channel: string | null;
  readonly lastError: string | null;
  readonly receipt: string | null;
};

export async function closeMessages(db: Db, closings: readonly MessageClosing[], now: number): Promise<void> {
  if (closings.length === 0) return;
  const rows = closings.map(({ seq, leaseUntil, state, dueAt, channel, lastError, receipt }) => [
    seq,
    leaseUntil,
    state,
    dueAt,
    channel,
    lastError,
    receipt,
  ]);
  await db.batch([
    statement(
      `UPDATE outbox SET state = j.value ->> 2, due_at = j.value ->> 3, channel = j.value ->> 4,
         last_error = j.value ->> 5, receipt = j.value ->> 6, lease_until = NULL,
         ended_at = CASE j.value ->> 2 WHEN 'pending' THEN NULL ELSE CAST(?2 AS INTEGER) END
       FROM json_each(?1) AS j WHERE outbox.seq = j.value ->> 0 AND outbox.lease_until = j.value ->> 1`,
      list(rows),
      now,
    ),
  ]);
}
