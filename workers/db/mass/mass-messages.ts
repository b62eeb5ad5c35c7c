/** 群发 in the database: who gets it, page by page, each counted before WeChat is called. */
import {
  massMessages,
  massPages,
  type MassContent,
  type MassMessage,
  type MassPage,
} from '../../../schema/index.ts';
import type { Candidate, MassPagePlan } from '../../decide/fans/mass.ts';
import { rowsAt, statement, type Db, type Row, type Statement } from '../db.ts';
import { candidatesOf } from './mass-audience.ts';
import { endIfDone } from './mass-pages.ts';
import { isRefusedBy } from '../refusals.ts';
import { decode, decodeAll, insertSet, list, selectList } from '../set.ts';

export const insertMass = (mass: MassMessage): Statement => insertSet(massMessages, [mass]);

export type LeasedPage = { readonly page: MassPage; readonly content: MassContent };

export type MassWork = {
  readonly leased: LeasedPage | null;
  /** The oldest message that still has people to be looked at. */
  readonly toList: MassMessage | null;
};

/** The next thing to do: an open page comes before a new one. */
export async function nextMassWork(db: Db, now: number, leaseMs: number): Promise<MassWork> {
  const results = await db.batch([
    statement(
      `UPDATE mass_pages SET lease_until = CAST(?2 AS INTEGER), attempts = attempts + 1,
         unsure_since = coalesce(unsure_since, CAST(?1 AS INTEGER))
       WHERE (mass_id, page) = (SELECT mass_id, page FROM mass_pages WHERE state = 'pending' AND due_at <= ?1
         AND (lease_until IS NULL OR lease_until <= ?1) ORDER BY due_at, mass_id, page LIMIT 1)
       RETURNING ${selectList(massPages, 'mass_pages')},
         (SELECT content FROM mass_messages WHERE id = mass_id) AS content`,
      now,
      now + leaseMs,
    ),
    statement(
      `SELECT ${selectList(massMessages, 't')} FROM mass_messages AS t
       WHERE t.state IN ('waiting', 'sending') AND t.due_at <= ?1 AND t.is_listed = 0 ORDER BY t.due_at, t.id LIMIT 1`,
      now,
    ),
  ]);
  const [page] = rowsAt(results, 0);
  const [toList] = decodeAll(massMessages, rowsAt(results, 1));
  return { leased: page ? leasedOf(page) : null, toList: toList ?? null };
}

const leasedOf = (row: Row): LeasedPage => ({
  page: decode(massPages, row),
  // Written by `insertMass` alone.
  content: JSON.parse(String(row['content'])) as MassContent,
});

/** The next of the audience, in order, with how often each was written to in `month`. */
export async function readCandidates(
  db: Db,
  { audience, cursor }: MassMessage,
  { month, limit }: { readonly month: string; readonly limit: number },
): Promise<Candidate[]> {
  const results = await db.batch([candidatesOf(audience, { cursor, month, limit })]);
  return rowsAt(results, 0).map(({ openid, sent }) => ({ openid: String(openid), sent: Number(sent) }));
}

export type NextPage = {
  readonly plan: MassPagePlan;
  readonly month: string;
  readonly now: number;
  readonly leaseUntil: number;
  /** What happens to the one who would have been alone on a page. */
  readonly more: readonly Statement[];
  readonly note: string | null;
};

/**
 * Writes a page, already leased, and counts its people; `null` when there is none to send. `stale`: somebody else was faster, or
 * has given one of them their fourth.
 */
export async function writePage(
  db: Db,
  mass: MassMessage,
  next: NextPage,
): Promise<LeasedPage | null | 'stale'> {
  const { plan, month, now, leaseUntil, note } = next;
  const { openids } = plan;
  const page: MassPage = {
    massId: mass.id,
    page: mass.pages,
    month,
    openids,
    recipients: openids.length,
    state: 'pending',
    dueAt: now,
    leaseUntil,
    attempts: 1,
    unsureSince: now,
    msgId: null,
    lastError: null,
  };
  try {
    await db.batch([
      isAsRead(mass),
      ...(openids.length > 0 ? [insertSet(massPages, [page]), count(openids, month)] : []),
      ...next.more,
      moveOn(mass, plan, note),
      endIfDone(mass.id, now),
    ]);
  } catch (error) {
    if (isRefusedBy(error, 'reading_is_current') || isRefusedBy(error, 'mass_monthly')) return 'stale';
    throw error;
  }
  return openids.length > 0 ? { page, content: mass.content } : null;
}

const isAsRead = ({ id, cursor, pages }: MassMessage): Statement =>
  statement(
    `INSERT INTO guards (name) SELECT 'mass' FROM mass_messages WHERE id = ?1
     AND (cursor <> ?2 OR pages <> ?3 OR is_listed = 1 OR state NOT IN ('waiting', 'sending'))`,
    id,
    cursor,
    pages,
  );

const count = (openids: readonly string[], month: string): Statement =>
  statement(
    `INSERT INTO mass_counters (openid, month, sent) SELECT value, ?2, 1 FROM json_each(?1) WHERE true
     ON CONFLICT (openid) DO UPDATE SET
       sent = CASE WHEN month = excluded.month THEN sent + 1 ELSE 1 END, month = excluded.month`,
    list(openids),
    month,
  );

const moveOn = (
  { id }: MassMessage,
  { openids, overLimit, cursor, isListed }: MassPagePlan,
  note: string | null,
) =>
  statement(
    `UPDATE mass_messages SET state = 'sending', cursor = ?2, pages = pages + ?3,
       recipients = recipients + CAST(?4 AS INTEGER), over_limit = over_limit + CAST(?5 AS INTEGER),
       is_listed = CAST(?6 AS INTEGER), note = coalesce(?7, note) WHERE id = ?1`,
    id,
    cursor,
    openids.length > 0 ? 1 : 0,
    openids.length,
    overLimit,
    isListed ? 1 : 0,
    note,
  );
