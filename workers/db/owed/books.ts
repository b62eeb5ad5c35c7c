/** 欠会员的账 as they are read: the closed days of a month, and the ledger rows behind one number. No ledger is searched for it. */
import {
  owedCloses,
  owedDays,
  type Member,
  type MemberId,
  type OwedAccount,
  type OwedClose,
  type OwedDay,
  type OwedMove,
  type Posting,
  type StoreId,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';

/** Days, both included, and whose: null is every store and what happened in none. */
export type BooksAsked = {
  readonly from: string;
  readonly to: string;
  readonly stores: readonly StoreId[] | null;
};

export type BooksRead = {
  /** Of these days and of the one before them, in their order. */
  readonly closes: readonly OwedClose[];
  readonly days: readonly OwedDay[];
  /** The last day that is closed at all. */
  readonly closedTo: string | null;
};

const ofStores = (column: string, place: string): string =>
  `(${place} = '' OR ${column} IN (SELECT value FROM json_each(nullif(${place}, ''))))`;
const storeList = (stores: readonly StoreId[] | null): string => (stores === null ? '' : list(stores));

export async function readOwed(db: Db, { from, to, stores }: BooksAsked): Promise<BooksRead> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(owedCloses, 't')} FROM owed_closes AS t
       WHERE t.on_day BETWEEN date(?1, '-1 day') AND ?2 ORDER BY t.on_day`,
      from,
      to,
    ),
    statement(
      `SELECT ${selectList(owedDays, 't')} FROM owed_days AS t
       WHERE t.on_day BETWEEN ?1 AND ?2 AND ${ofStores('t.store_id', '?3')} ORDER BY t.on_day, t.account, t.move, t.store_id`,
      from,
      to,
      storeList(stores),
    ),
    statement(`SELECT max(on_day) AS day FROM owed_closes`),
  ]);
  const closedTo = rowsAt(results, 2)[0]?.['day'];
  const closes = decodeAll(owedCloses, rowsAt(results, 0));
  // What is being gone through is no day yet.
  const isClosed = new Set(closes.map(({ onDay }) => onDay));
  return {
    closes,
    days: decodeAll(owedDays, rowsAt(results, 1)).filter(({ onDay }) => isClosed.has(onDay)),
    closedTo: typeof closedTo === 'string' ? closedTo : null,
  };
}

/** Which number: of one day, or of several. */
export type RowsAsked = BooksAsked & { readonly account: OwedAccount; readonly move: OwedMove };

/** Where the next page begins. */
export type RowsPlace = {
  readonly onDay: string;
  readonly storeId: string;
  readonly page: number;
  readonly place: number;
};
export const firstRow: RowsPlace = { onDay: '', storeId: '', page: -1, place: -1 };

export type OwedRow = RowsPlace &
  Pick<Posting, 'memberId' | 'delta' | 'cause' | 'at' | 'postedAt'> & {
    readonly owner: Pick<Member, 'name' | 'storeId'>;
  };

export async function listOwedRows(
  db: Db,
  { from, to, stores, account, move }: RowsAsked,
  after: RowsPlace,
  limit: number,
): Promise<{ readonly items: readonly OwedRow[]; readonly next: RowsPlace | null }> {
  const results = await db.batch([
    statement(
      `SELECT r.on_day AS onDay, r.store_id AS storeId, r.page, k.key AS place, l.member_id AS memberId, l.delta, l.cause, l.at,
         l.posted_at AS postedAt, m.name, m.store_id AS ownStore
       FROM owed_rows AS r CROSS JOIN json_each(r.keys) AS k
         CROSS JOIN ledger AS l ON l.member_id = k.value ->> 0 AND l.account = r.account AND l.seq = k.value ->> 1
         LEFT JOIN members AS m ON m.id = l.member_id
       WHERE r.on_day BETWEEN ?1 AND ?2 AND r.on_day >= ?6 AND r.account = ?3 AND r.move = ?4 AND ${ofStores('r.store_id', '?5')}
         AND (r.on_day, r.store_id, r.page, k.key) > (?6, ?7, ?8, ?9)
       ORDER BY r.on_day, r.store_id, r.page, k.key LIMIT ?10`,
      from,
      to,
      account,
      move,
      storeList(stores),
      after.onDay,
      after.storeId,
      after.page,
      after.place,
      limit,
    ),
  ]);
  const items = rowsAt(results, 0).map((row): OwedRow => ({
    onDay: String(row['onDay']),
    storeId: String(row['storeId']),
    page: Number(row['page']),
    place: Number(row['place']),
    memberId: String(row['memberId']) as MemberId,
    delta: Number(row['delta']),
    cause: String(row['cause']),
    at: Number(row['at']),
    postedAt: Number(row['postedAt']),
    owner: {
      name: row['name'] as Member['name'],
      storeId: row['ownStore'] as Member['storeId'],
    },
  }));
  const last = items.length === limit ? items.at(-1) : undefined;
  return {
    items,
    next: last ? { onDay: last.onDay, storeId: last.storeId, page: last.page, place: last.place } : null,
  };
}
