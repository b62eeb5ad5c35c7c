/** 会话内容: one person's messages, notes and automatic answers in one order, and the notes that are added by hand. */
import { contacts, type Contact, type MemberId, type Message } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row, type Statement } from '../db.ts';
import { survivor } from '../members/members.ts';
import { decodeAll, insertSet, list, selectList } from '../set.ts';

/** A member is named by member id, everybody else by openid. */
export type Person = {
  readonly memberId: MemberId | null;
  /** Those that may be written to first. */
  readonly openids: readonly string[];
};

export const threadsOf = ({ memberId, openids }: Person): readonly string[] =>
  memberId === null ? openids : [memberId, ...openids];

/** Who an openid belongs to today; by themselves when they are no member. */
export async function personByOpenid(db: Db, openid: string, now: number): Promise<Person> {
  const results = await db.batch([
    statement(`SELECT member_id AS id FROM identities WHERE key = 'openid:' || ?1`, openid),
  ]);
  const id = rowsAt(results, 0)[0]?.['id'];
  const member = typeof id === 'string' ? await personById(db, id, now) : null;
  return member ?? { memberId: null, openids: [openid] };
}

/** A member who was merged into another is the other. */
export async function personById(db: Db, memberId: string, now: number): Promise<Person | null> {
  const results = await db.batch([
    statement(
      `WITH RECURSIVE ${survivor}
       SELECT s.id, (SELECT json_group_array(openid) FROM (SELECT substr(i.key, 8) AS openid FROM identities AS i
         WHERE i.member_id = s.id AND i.key >= 'openid:' AND i.key < 'openid;' ORDER BY EXISTS (
           SELECT 1 FROM fan_windows AS w WHERE w.openid = substr(i.key, 8) AND w.until > ?2 AND w.messages_left > 0) DESC))
         AS openids FROM s`,
      memberId,
      now,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  if (!row) return null;
  // Keys of identities are text, and so is what is left of them.
  return { memberId: row['id'] as MemberId, openids: JSON.parse(String(row['openids'])) as string[] };
}

export type Spoken = Omit<Contact, 'seq' | 'thread' | 'memberId'> & {
  readonly seq: number;
  /** `reply`: an automatic answer, which is stored only in the outbox. */
  readonly source: 'contact' | 'reply';
  /** For the shop's texts: the state of the message; null when it is no longer known. */
  readonly delivery: Pick<Message, 'state' | 'arrival' | 'lastError'> | null;
};

export type SpokenAt = { readonly at: number; readonly source: string; readonly seq: number };

/** Newest first. */
export async function listSpoken(db: Db, person: Person, before: SpokenAt, limit: number): Promise<Spoken[]> {
  const results = await db.batch([
    statement(
      `WITH own(thread) AS (SELECT value FROM json_each(?1)), spoken AS (
         SELECT 'contact' AS source, c.seq, c.associate_id AS "associateId", c.direction, c.channel, c.kind, c.text, c.cause,
           c.at, c.read_at AS "readAt", o.state, o.arrival, o.last_error AS "lastError"
         FROM own CROSS JOIN contacts AS c ON c.thread = own.thread
         LEFT JOIN outbox AS o ON c.direction = 'out' AND o.openid = c.thread AND o.cause = c.cause
         UNION ALL SELECT 'reply', r.seq, NULL, 'out', coalesce(r.channel, 'wechat'), 'reply', r.payload ->> 'text', r.cause,
           r.created_at, NULL, r.state, r.arrival, r.last_error
         FROM own CROSS JOIN outbox AS r ON r.openid = own.thread WHERE r.kind = 'reply' AND r.associate_id IS NULL)
       SELECT * FROM spoken WHERE (at, source, seq) < (?2, ?3, ?4) ORDER BY at DESC, source DESC, seq DESC LIMIT ?5`,
      list(threadsOf(person)),
      before.at,
      before.source,
      before.seq,
      limit,
    ),
  ]);
  return rowsAt(results, 0).map(spokenOf);
}

function spokenOf({ state, arrival, lastError, ...row }: Row): Spoken {
  const delivery = state === null ? null : { state, arrival, lastError };
  // Columns of contacts and of the outbox, read as they were written.
  return { ...row, delivery } as unknown as Spoken;
}

/** 沟通记录: what was said and noted, without what the account answers by itself; newest first. */
export async function listContacts(
  db: Db,
  person: Person,
  before: number,
  limit: number,
): Promise<Contact[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(contacts, 't')} FROM json_each(?1) AS own CROSS JOIN contacts AS t
       ON t.thread = own.value AND t.seq < ?2 ORDER BY t.seq DESC LIMIT ?3`,
      list(threadsOf(person)),
      before,
      limit,
    ),
  ]);
  return decodeAll(contacts, rowsAt(results, 0));
}

/** The one that a cause made; causes are unique. */
export async function readContact(db: Db, person: Person, cause: string): Promise<Contact | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(contacts, 't')} FROM json_each(?1) AS own CROSS JOIN contacts AS t
       ON t.thread = own.value WHERE t.cause = ?2`,
      list(threadsOf(person)),
      cause,
    ),
  ]);
  return decodeAll(contacts, rowsAt(results, 0))[0] ?? null;
}

export const insertContact = (contact: Omit<Contact, 'seq'>): Statement =>
  insertSet(contacts, [contact], ['seq']);

/** 已读: marks this message and all before it as read. False when there is no such message. */
export async function markRead(db: Db, person: Person, cause: string, now: number): Promise<boolean> {
  const results = await db.batch([
    statement(
      `UPDATE contacts SET read_at = CAST(?2 AS INTEGER) WHERE seq = (SELECT t.seq FROM json_each(?1) AS own
         CROSS JOIN contacts AS t ON t.thread = own.value WHERE t.direction = 'in' AND t.cause = ?3) RETURNING seq`,
      list(threadsOf(person)),
      now,
      cause,
    ),
  ]);
  return rowsAt(results, 0).length > 0;
}
