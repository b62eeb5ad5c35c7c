/**
 * 结账: one day is closed by going once through the members, a page at a time. Of each account two rows are looked up: the last
 * one posted before the day and the last one posted before its end. What lies between them is the day's, and only that is read:
 * an account that nothing moved costs as much as its two rows, however long it is.
 */
import {
  owedAccounts,
  owedCloses,
  owedRows,
  owedWalks,
  type CouponId,
  type MemberId,
  type OwedAccount,
  type OwedClose,
  type OwedDay,
  type OwedRows,
  type OwedSums,
  type OwedWalk,
  type Posting,
} from '../../../schema/index.ts';
import { addSums, nothingOwed } from '../../decide/owed/moves.ts';
import { json, rowsAt, statement, type Db, type Row, type Statement } from '../db.ts';
import { decodeAll, insertSet, list, rowsOf, selectList } from '../set.ts';

export type Books = { readonly walk: OwedWalk | null; readonly last: OwedClose | null };

export async function readBooks(db: Db): Promise<Books> {
  const results = await db.batch([
    statement(`SELECT ${selectList(owedWalks, 't')} FROM owed_walks AS t`),
    statement(`SELECT ${selectList(owedCloses, 't')} FROM owed_closes AS t ORDER BY t.on_day DESC LIMIT 1`),
  ]);
  const [walk = null] = decodeAll(owedWalks, rowsAt(results, 0));
  const [last = null] = decodeAll(owedCloses, rowsAt(results, 1));
  return { walk, last };
}

/** Two turns that begin at once begin the same. */
export const beginWalk = (onDay: string): Statement =>
  statement(
    `INSERT OR IGNORE INTO owed_walks (id, on_day, at, rev, opening, closing) VALUES (1, ?1, '', 0, ?2, ?2)`,
    onDay,
    json(nothingOwed),
  );

/** From the first moment of the day to the first of the next. */
export type Day = { readonly onDay: string; readonly from: number; readonly to: number };

export type Moved = Pick<Posting, 'memberId' | 'seq' | 'cause' | 'delta' | 'storeId'> & {
  readonly account: OwedAccount;
};
export type Found = {
  /** The last member of the page; null behind the last page. */
  readonly at: string | null;
  readonly opening: OwedSums;
  readonly closing: OwedSums;
  readonly moved: readonly Moved[];
};

const lastBefore = (moment: string): string =>
  `(SELECT l.seq FROM ledger AS l WHERE l.member_id = p.id AND l.account = a.value AND l.posted_at < ${moment} ORDER BY l.seq DESC LIMIT 1)`;
/** By number: of two rows whose clocks disagree the later one brings the earlier with it. */
const heads = `WITH p AS MATERIALIZED (SELECT id FROM members WHERE id > ?1 ORDER BY id LIMIT ?2),
  h AS MATERIALIZED (SELECT p.id AS member_id, a.value AS account, ${lastBefore('?4')} AS opened, ${lastBefore('?5')} AS closed
    FROM p CROSS JOIN json_each(?3) AS a)`;
const standing = (seq: string, day: string): string =>
  `SELECT '${seq}' AS kind, l.account, sum(l.balance) AS balance,
     sum(coalesce((SELECT sum(w.value ->> 1) FROM json_each(l.waits) AS w WHERE w.value ->> 0 > ${day}), 0)) AS pending
   FROM h JOIN ledger AS l ON l.member_id = h.member_id AND l.account = h.account AND l.seq = h.${seq} GROUP BY l.account`;

export async function readWalkPage(
  db: Db,
  at: string,
  { day, before, limit }: { readonly day: Day; readonly before: string; readonly limit: number },
): Promise<Found> {
  const page = [at, limit, list(owedAccounts), day.from, day.to] as const;
  const results = await db.batch([
    statement(
      `${heads} SELECT 'at' AS kind, max(id) AS account, 0 AS balance, 0 AS pending FROM p
       UNION ALL ${standing('opened', '?6')} UNION ALL ${standing('closed', '?7')}`,
      ...page,
      before,
      day.onDay,
    ),
    statement(
      `${heads} SELECT l.member_id AS memberId, l.account, l.seq, l.cause, l.delta, l.store_id AS storeId
       FROM h JOIN ledger AS l ON l.member_id = h.member_id AND l.account = h.account
         AND l.seq > coalesce(h.opened, 0) AND l.seq <= h.closed`,
      ...page,
    ),
  ]);
  const rows = Map.groupBy(rowsAt(results, 0), ({ kind }) => String(kind));
  const last = rows.get('at')?.[0]?.['account'];
  return {
    at: typeof last === 'string' ? last : null,
    opening: sumsOf(rows.get('opened') ?? []),
    closing: sumsOf(rows.get('closed') ?? []),
    moved: rowsAt(results, 1).map((row) => ({
      memberId: String(row['memberId']) as MemberId,
      account: row['account'] as OwedAccount,
      seq: Number(row['seq']),
      cause: String(row['cause']),
      delta: Number(row['delta']),
      storeId: row['storeId'] as Moved['storeId'],
    })),
  };
}

const sumsOf = (rows: readonly Row[]): OwedSums =>
  rows.reduce<OwedSums>((sums, row) => {
    const account = row['account'] as OwedAccount;
    const pending = account === 'points' ? Number(row['pending']) : 0;
    return addSums(sums, { ...nothingOwed, [account]: Number(row['balance']), pending });
  }, nothingOwed);

/** Another turn may have been faster: then nothing is written. */
const unmoved = ({ rev }: OwedWalk): Statement =>
  statement(
    `INSERT INTO guards (name) SELECT 'owed' WHERE NOT EXISTS (SELECT 1 FROM owed_walks WHERE rev = ?1)`,
    rev,
  );

export type Booked = { readonly days: readonly OwedDay[]; readonly rows: readonly OwedRows[] };

export const goOn = (walk: OwedWalk, { at, opening, closing }: Found, booked: Booked): Statement[] => [
  unmoved(walk),
  ...(booked.days.length > 0 ? [addDays(booked.days), insertSet(owedRows, booked.rows)] : []),
  statement(
    `UPDATE owed_walks SET at = ?1, rev = rev + 1, opening = ?2, closing = ?3`,
    at,
    json(addSums(walk.opening, opening)),
    json(addSums(walk.closing, closing)),
  ),
];

const dayColumns = `on_day, account, move, store_id, amount`;
const addDays = (days: readonly OwedDay[]): Statement =>
  statement(
    `INSERT INTO owed_days (${dayColumns}) WITH ${rowsOf('?1')}
     SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3, v ->> 4 FROM r WHERE true
     ON CONFLICT (on_day, account, move, store_id) DO UPDATE SET amount = amount + excluded.amount`,
    list(days.map(({ onDay, account, move, storeId, amount }) => [onDay, account, move, storeId, amount])),
  );

/** The first day of the books has one before it: what stood when they began. */
export const closeDay = (walk: OwedWalk, closes: readonly OwedClose[]): Statement[] => [
  unmoved(walk),
  insertSet(owedCloses, closes),
  statement(`DELETE FROM owed_walks`),
];

/** What the day's rows come to, account by account. */
export async function movedOn(db: Db, onDay: string): Promise<OwedSums> {
  const results = await db.batch([
    statement(
      `SELECT account, sum(amount) AS balance, 0 AS pending FROM owed_days WHERE on_day = ?1 GROUP BY account`,
      onDay,
    ),
  ]);
  return sumsOf(rowsAt(results, 0));
}

/** 过期不退: vouchers that went by unused and whose template keeps the money, by the index of those that were paid for. */
export async function lapsedVouchers(db: Db, now: number, limit: number): Promise<CouponId[]> {
  const results = await db.batch([
    statement(
      `SELECT c.id FROM coupons AS c LEFT JOIN coupon_templates AS t ON t.id = c.template_id
       WHERE c.paid_fen IS NOT NULL AND c.valid_to <= ?1 AND c.state = 'issued'
         AND coalesce(t.definition ->> 'ifUnused', 'keep') = 'keep' ORDER BY c.valid_to LIMIT ?2`,
      now,
      limit,
    ),
  ]);
  return rowsAt(results, 0).map(({ id }) => String(id) as CouponId);
}
