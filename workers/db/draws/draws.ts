/** 抽奖记录 in the database: one, the newest of a member, and who won what in a lottery. */
import {
  draws,
  lotteries,
  type Draw,
  type DrawId,
  type Lottery,
  type LotteryId,
  type MemberId,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, selectList } from '../set.ts';

export type DrawDone = { readonly draw: Draw; readonly lottery: Lottery };

export async function readDraw(db: Db, id: DrawId): Promise<DrawDone | null> {
  const [found] = await readDraws(db, 'd.id = ?1', [id]);
  return found ?? null;
}

export async function drawByCode(db: Db, code: string): Promise<DrawDone | null> {
  const [found] = await readDraws(db, 'd.code = ?1', [code]);
  return found ?? null;
}

/** The newest first; with `won` only those that won. */
export const drawsOf = (
  db: Db,
  memberId: MemberId,
  { won, limit }: { readonly won: boolean; readonly limit: number },
): Promise<DrawDone[]> =>
  readDraws(
    db,
    `d.member_id = ?1 AND (d.prize IS NOT NULL OR ?2 = 0) ORDER BY d.at DESC, d.id LIMIT CAST(?3 AS INTEGER)`,
    [memberId, won ? 1 : 0, limit],
  );

async function readDraws(db: Db, found: string, params: readonly (string | number)[]): Promise<DrawDone[]> {
  const results = await db.batch([
    statement(`SELECT ${selectList(draws, 'd')} FROM draws AS d WHERE ${found}`, ...params),
    statement(
      `SELECT ${selectList(lotteries, 't')} FROM lotteries AS t
       WHERE t.id IN (SELECT lottery_id FROM draws AS d WHERE ${found})`,
      ...params,
    ),
  ]);
  const drawn = new Map(decodeAll(lotteries, rowsAt(results, 1)).map((row) => [row.id, row]));
  return decodeAll(draws, rowsAt(results, 0)).flatMap((draw) => {
    const lottery = drawn.get(draw.lotteryId);
    return lottery ? [{ draw, lottery }] : [];
  });
}

type Drawn = { readonly used: number; readonly usedToday: number };

/** How often a member drew in each lottery, and of these since a moment. */
export async function countsOf(
  db: Db,
  memberId: MemberId,
  since: number,
): Promise<ReadonlyMap<LotteryId, Drawn>> {
  const results = await db.batch([
    statement(
      `SELECT lottery_id AS id, count(*) AS used, sum(at >= ?2) AS today FROM draws
       WHERE member_id = ?1 GROUP BY lottery_id`,
      memberId,
      since,
    ),
  ]);
  return new Map(
    rowsAt(results, 0).map(({ id, used, today }) => [
      String(id) as LotteryId,
      { used: Number(used), usedToday: Number(today) },
    ]),
  );
}

export type Winner = { readonly draw: Draw; readonly name: string | null; readonly phone: string | null };

/** Who won in a lottery, the newest first. */
export async function winnersOf(
  db: Db,
  id: LotteryId,
  before: NewestFirst,
  limit: number,
): Promise<Winner[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(draws, 'd')}, m.name AS "memberName", m.phone AS "memberPhone"
       FROM draws AS d LEFT JOIN members AS m ON m.id = d.member_id
       WHERE d.lottery_id = ?1 AND d.prize IS NOT NULL AND (d.at, d.id) < (?2, ?3)
       ORDER BY d.at DESC, d.id DESC LIMIT CAST(?4 AS INTEGER)`,
      id,
      before.at,
      before.id,
      limit,
    ),
  ]);
  const rows = rowsAt(results, 0);
  return decodeAll(draws, rows).map((draw, place) => {
    const { memberName, memberPhone } = rows[place] ?? {};
    return { draw, name: textOrNull(memberName), phone: textOrNull(memberPhone) };
  });
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
