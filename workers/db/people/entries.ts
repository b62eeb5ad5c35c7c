/** 登录凭证 and 登录会话 in the database. What a browser holds is looked up by its hash. */
import {
  consoleSessions,
  entries,
  people,
  type ConsoleSession,
  type Entry,
  type Person,
  type PersonId,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decode, decodeAll, decodeValues, insertSet, selectList, valueList } from '../set.ts';

/** A second one under the same key is refused by the key. */
export const insertEntry = (entry: Entry): Statement => insertSet(entries, [entry]);

/** Takes an open entry, if it is still good: of two who come at once only one gets it. */
export async function takeEntry(
  db: Db,
  { key, kind }: Pick<Entry, 'key' | 'kind'>,
  now: number,
): Promise<Entry | null> {
  const results = await db.batch([
    statement(
      `UPDATE entries SET state = 'taken' WHERE key = ?1 AND kind = ?2 AND state = 'open' AND expires_at > ?3
       RETURNING ${selectList(entries, 'entries')}`,
      key,
      kind,
      now,
    ),
  ]);
  return decodeAll(entries, rowsAt(results, 0))[0] ?? null;
}

/** As it stands, taking nothing. */
export async function readEntry(db: Db, key: string): Promise<Entry | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(entries, 't')} FROM entries AS t WHERE t.key = ?1`, key),
  ]);
  return decodeAll(entries, rowsAt(results, 0))[0] ?? null;
}

export const insertSession = (session: ConsoleSession): Statement => insertSet(consoleSessions, [session]);

export type SignedIn = { readonly session: ConsoleSession; readonly person: Person };

/** Null once the session has ended, lain idle since `idleSince`, or its person has left. */
export async function readSignedIn(db: Db, key: string, idleSince: number): Promise<SignedIn | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(consoleSessions, 't')}, json_array(${valueList(people, 'p')}) AS person
       FROM console_sessions AS t CROSS JOIN people AS p ON p.id = t.person_id
       WHERE t.key = ?1 AND t.ended_at IS NULL AND t.last_at > ?2 AND p.ended_at IS NULL`,
      key,
      idleSince,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  if (!row) return null;
  return { session: decode(consoleSessions, row), person: decodeValues(people, String(row['person'])) };
}

export const touchSession = (key: string, now: number): Statement =>
  statement(`UPDATE console_sessions SET last_at = CAST(?2 AS INTEGER) WHERE key = ?1`, key, now);

/** One of a person's own sessions; whoever asks for another's ends nothing. */
export const endSession = (personId: PersonId, key: string, now: number): Statement =>
  statement(
    `UPDATE console_sessions SET ended_at = CAST(?3 AS INTEGER) WHERE key = ?2 AND person_id = ?1 AND ended_at IS NULL`,
    personId,
    key,
    now,
  );

export const endSessionsOf = (personId: PersonId, now: number): Statement =>
  statement(
    `UPDATE console_sessions SET ended_at = CAST(?2 AS INTEGER) WHERE person_id = ?1 AND ended_at IS NULL`,
    personId,
    now,
  );

const sessionsShownMax = 50;

/** Those that are still good, the latest first. */
export async function sessionsOf(db: Db, personId: PersonId, idleSince: number): Promise<ConsoleSession[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(consoleSessions, 't')} FROM console_sessions AS t
       WHERE t.person_id = ?1 AND t.ended_at IS NULL AND t.last_at > ?2 ORDER BY t.last_at DESC LIMIT ${sessionsShownMax}`,
      personId,
      idleSince,
    ),
  ]);
  return decodeAll(consoleSessions, rowsAt(results, 0));
}

/** What lets nobody in any more. */
export const forgetEntries = (before: number): Statement =>
  statement(`DELETE FROM entries WHERE expires_at < CAST(?1 AS INTEGER)`, before);
export const forgetSessions = (before: number): Statement =>
  statement(`DELETE FROM console_sessions WHERE last_at < CAST(?1 AS INTEGER)`, before);
