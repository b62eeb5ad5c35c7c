/** 会话 in the database: what one person and the shop said to each other, over any of their accounts. */
import {
  associates,
  contacts,
  type Associate,
  type AssociateId,
  type Contact,
  type MemberId,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { edges, numberedPage, window, type NumberedPage } from '../paging.ts';
import { decodeAll, decodeValues, list, selectList, valueList } from '../set.ts';

const openidsOf = (member: string): string =>
  `SELECT substr(i.key, 8) FROM identities AS i WHERE i.member_id = ${member} AND i.key >= 'openid:' AND i.key < 'openid;'`;

/** Threads of each person in ?1: what was said over WeChat, and what was not. */
const ownThreads = `own(person, thread) AS (SELECT value, value FROM json_each(?1)
  UNION SELECT i.member_id, substr(i.key, 8) FROM json_each(?1) AS j CROSS JOIN identities AS i
    ON i.member_id = j.value AND i.key >= 'openid:' AND i.key < 'openid;')`;

export type ConversationHead = {
  /** The member's id, or the openid of somebody who is none. */
  readonly person: string;
  readonly member: { readonly id: MemberId; readonly name: string | null } | null;
  readonly associate: Associate | null;
  readonly last: Contact;
};

/** Newest first by the latest contact, without notes. `seq` is that contact's. */
export async function listConversations(
  db: Db,
  { associateId, before, limit }: { associateId: AssociateId | null; before: number; limit: number },
): Promise<NumberedPage<ConversationHead & { readonly seq: number }>> {
  const results = await db.batch([
    statement(
      `WITH spoken AS (
         SELECT t.*, coalesce((SELECT i.member_id FROM identities AS i WHERE i.key = 'openid:' || t.thread), t.thread) AS person
         FROM contacts AS t WHERE t.seq < ?1 AND ${window('contacts')} AND t.direction <> 'note' AND t.thread <> 'gone')
       SELECT t.seq, t.person, json_array(${valueList(contacts, 't')}) AS last, m.id AS "memberId", m.name,
         coalesce(m.associate_id, f.associate_id) AS "associateId"
       FROM spoken AS t LEFT JOIN members AS m ON m.id = t.person LEFT JOIN fans AS f ON f.openid = t.thread
       WHERE NOT EXISTS (SELECT 1 FROM contacts AS n WHERE n.seq > t.seq AND n.direction <> 'note'
           AND n.thread IN (SELECT t.person UNION ALL ${openidsOf('t.person')}))
         AND (?3 IS NULL OR coalesce(m.associate_id, f.associate_id) = ?3)
       ORDER BY t.seq DESC LIMIT ?2`,
      before,
      limit + 1,
      associateId,
    ),
    edges('contacts'),
    // A shop has as many as it has people; one look is cheaper than a second round trip.
    statement(`SELECT ${selectList(associates, 'a')} FROM associates AS a`),
  ]);
  const people = new Map(decodeAll(associates, rowsAt(results, 2)).map((row) => [row.id as string, row]));
  const heads = rowsAt(results, 0).map((row) => headOf(row, people));
  return numberedPage(heads, limit, before, rowsAt(results, 1)[0]);
}

function headOf(
  row: Row,
  people: ReadonlyMap<string, Associate>,
): ConversationHead & { readonly seq: number } {
  const { seq, person, last, memberId, name, associateId } = row;
  return {
    seq: Number(seq),
    person: String(person),
    // Columns of members, read as they were written.
    member: memberId === null ? null : { id: memberId as MemberId, name: name as string | null },
    associate: typeof associateId === 'string' ? (people.get(associateId) ?? null) : null,
    last: decodeValues(contacts, String(last)),
  };
}

export type Standing = {
  /** Messages since the last answer, and since somebody last said that they have read. */
  readonly unread: number;
  /** 客服消息窗口: the one that stays open longest, and what it still takes; null when there is none. */
  readonly window: { readonly messagesLeft: number; readonly until: number } | null;
};

/** The present state of each thread. */
export async function standingsOf(
  db: Db,
  people: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, Standing>> {
  const given = list(people);
  const results = await db.batch([
    statement(
      `WITH ${ownThreads} SELECT own.person, count(*) AS n FROM own CROSS JOIN contacts AS c ON c.thread = own.thread
       WHERE c.direction = 'in' AND c.seq > coalesce((SELECT max(r.seq) FROM own AS o CROSS JOIN contacts AS r
         ON r.thread = o.thread WHERE o.person = own.person AND (r.direction = 'out' OR r.read_at IS NOT NULL)), 0)
       GROUP BY own.person`,
      given,
    ),
    statement(
      `WITH ${ownThreads} SELECT own.person, w.messages_left AS "messagesLeft", max(w.until) AS until
       FROM own CROSS JOIN fan_windows AS w ON w.openid = own.thread
       WHERE w.until > ?2 AND w.messages_left > 0 GROUP BY own.person`,
      given,
      now,
    ),
  ]);
  const unread = new Map(rowsAt(results, 0).map(({ person, n }) => [person, Number(n)]));
  const windows = new Map(
    rowsAt(results, 1).map(({ person, messagesLeft, until }) => [
      person,
      { messagesLeft: Number(messagesLeft), until: Number(until) },
    ]),
  );
  return new Map(
    people.map((person) => [
      person,
      { unread: unread.get(person) ?? 0, window: windows.get(person) ?? null },
    ]),
  );
}
