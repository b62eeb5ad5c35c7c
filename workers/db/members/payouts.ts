/** 打款 as the office reads them: found by state and day, with whom they are for, and what the days come to. */
import { transfers, type TransferState } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { rowsLookedAt } from '../paging.ts';
import { decode, list, selectList } from '../set.ts';
import { lastBefore } from '../shop/numbering.ts';
import type { TransferRow } from './transfers.ts';

export type Payout = TransferRow & { readonly ownerName: string | null; readonly ownerPhone: string | null };

export type PayoutFilter = {
  /** Null is every state. */
  readonly states: readonly TransferState[] | null;
  /** Instants; `to` is not included. Null is as far as there are any. */
  readonly from: number | null;
  readonly to: number | null;
};

const numberBefore = (at: number | null, otherwise: string): string =>
  at === null ? otherwise : lastBefore(String(at), 'transfers');

/** Newest first. Days are found by halving the numbers; rare states are looked for piece by piece. */
export async function listPayouts(
  db: Db,
  { states, from, to }: PayoutFilter,
  before: number,
  limit: number,
): Promise<{ readonly items: readonly Payout[]; readonly next: number | null }> {
  const [edges] = rowsAt(
    await db.batch([
      statement(
        `SELECT ${numberBefore(from, '(SELECT coalesce(min(seq), 1) - 1 FROM transfers)')} AS below,
           ${numberBefore(to, '(SELECT max(seq) FROM transfers)')} AS last`,
      ),
    ]),
    0,
  );
  const below = Number(edges?.['below'] ?? 0);
  const start = Math.min(before, Number(edges?.['last'] ?? 0) + 1);
  const floor = states === null ? below : Math.max(below, start - 1 - rowsLookedAt);
  const results = await db.batch([
    statement(
      `SELECT ${selectList(transfers, 't')}, m.name AS "ownerName", m.phone AS "ownerPhone" FROM
         (SELECT * FROM transfers WHERE seq > ?1 AND seq < ?2 AND (?3 IS NULL OR state IN (SELECT value FROM json_each(?3)))
          ORDER BY seq DESC LIMIT ?4) AS t LEFT JOIN members AS m ON m.id = t.member_id ORDER BY t.seq DESC`,
      floor,
      start,
      states && list(states),
      limit + 1,
    ),
  ]);
  const found = rowsAt(results, 0).map(payoutIn);
  const items = found.slice(0, limit);
  if (found.length > limit) return { items, next: items.at(-1)?.seq ?? null };
  return { items, next: floor > below ? floor + 1 : null };
}

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const payoutIn = (row: Row): Payout => ({
  ...decode(transfers, row),
  ownerName: textIn(row['ownerName']),
  ownerPhone: textIn(row['ownerPhone']),
});

export type PayoutSums = {
  /** Of the day, against its limit: what came back is not in it. */
  readonly todayFen: number;
  readonly monthFen: number;
  /** Under way, as far as they are counted. */
  readonly open: number;
  readonly openFen: number;
};
/** Beyond these, under way is "at least so many". */
const openMax = 2_000;

/** `today` is the shop's, YYYY-MM-DD: its month so far is at most 31 rows. */
export async function sumPayouts(db: Db, today: string): Promise<PayoutSums> {
  const results = await db.batch([
    statement(
      `SELECT sum(iif(day_on = ?1, spent_fen, 0)) AS today, sum(spent_fen) AS month FROM payout_days
       WHERE day_on >= substr(?1, 1, 7) AND day_on <= ?1`,
      today,
    ),
    statement(
      `SELECT count(*) AS n, sum(amount_fen) AS fen FROM
         (SELECT amount_fen FROM transfers INDEXED BY transfers_due WHERE ended_at IS NULL LIMIT ${openMax})`,
    ),
  ]);
  const [days, open] = [rowsAt(results, 0)[0], rowsAt(results, 1)[0]];
  return {
    todayFen: Number(days?.['today'] ?? 0),
    monthFen: Number(days?.['month'] ?? 0),
    open: Number(open?.['n'] ?? 0),
    openFen: Number(open?.['fen'] ?? 0),
  };
}
