/** 群发进度: what became of each mass message, page by page, as far as WeChat has said. */
import {
  massMessages,
  massPages,
  massReceipts,
  type MassMessage,
  type MassPage,
  type MassReceipt,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, list, selectList } from '../set.ts';

/** Without the people on it: there may be ten thousand. */
export type PageOutcome = Omit<MassPage, 'openids'> & { readonly receipt: MassReceipt | null };
export type MassProgress = { readonly mass: MassMessage; readonly pages: readonly PageOutcome[] };

export async function listMass(db: Db, before: NewestFirst, limit: number): Promise<MassProgress[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(massMessages, 't')} FROM mass_messages AS t WHERE (t.created_at, t.id) < (?1, ?2)
       ORDER BY t.created_at DESC, t.id DESC LIMIT ?3`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return withPages(db, decodeAll(massMessages, rowsAt(results, 0)));
}

export async function readMass(db: Db, id: string): Promise<MassProgress | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(massMessages, 't')} FROM mass_messages AS t WHERE t.id = ?1`, id),
  ]);
  const [progress] = await withPages(db, decodeAll(massMessages, rowsAt(results, 0)));
  return progress ?? null;
}

async function withPages(db: Db, masses: readonly MassMessage[]): Promise<MassProgress[]> {
  if (masses.length === 0) return [];
  const ids = list(masses.map(({ id }) => id));
  const results = await db.batch([selectPages(ids), selectReceipts(ids)]);
  const receipts = new Map(
    decodeAll(massReceipts, rowsAt(results, 1)).map((receipt) => [receipt.msgId, receipt]),
  );
  const pages = Map.groupBy(decodeAll(massPages, rowsAt(results, 0)), ({ massId }) => massId);
  const outcomeOf = (page: MassPage): PageOutcome => {
    const { openids: _, ...outcome } = page;
    return { ...outcome, receipt: page.msgId === null ? null : (receipts.get(page.msgId) ?? null) };
  };
  return masses.map((mass) => ({ mass, pages: (pages.get(mass.id) ?? []).map(outcomeOf) }));
}

const selectPages = (ids: string): Statement =>
  statement(
    `SELECT ${selectList(massPages, 't').replace('t.openids', `'[]'`)} FROM mass_pages AS t
     WHERE t.mass_id IN (SELECT value FROM json_each(?1)) ORDER BY t.mass_id, t.page`,
    ids,
  );

const selectReceipts = (ids: string): Statement =>
  statement(
    `SELECT ${selectList(massReceipts, 't')} FROM mass_receipts AS t WHERE t.msg_id IN (
       SELECT msg_id FROM mass_pages WHERE mass_id IN (SELECT value FROM json_each(?1)) AND msg_id IS NOT NULL)`,
    ids,
  );
