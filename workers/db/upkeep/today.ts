/** 今天 at a glance: what waits for a person, and what was sold; each figure is one bounded look. */
import { rowsAt, statement, type Db } from '../db.ts';

/** Beyond these a figure is "at least so many". */
export const countedMax = 200;
const messagesLookedAt = 5_000;
export const salesLookedAt = 5_000;

export type Today = {
  readonly parked: number;
  readonly waiting: number;
  readonly stuckMessages: number;
  readonly sales: number;
  readonly keptFen: number;
  /** More was sold than was looked at. */
  readonly isPart: boolean;
  /** Whether the shop has begun with them at all. */
  readonly hasCampaigns: boolean;
  readonly hasSources: boolean;
};

/** `on` is the shop's day, YYYY-MM-DD. */
export async function readToday(db: Db, on: string): Promise<Today> {
  const few = (from: string): string =>
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ${countedMax})`;
  const results = await db.batch([
    statement(few(`decisions WHERE state = 'parked'`)),
    statement(few(`decisions WHERE state = 'waiting'`)),
    statement(
      few(`(SELECT state FROM outbox ORDER BY seq DESC LIMIT ${messagesLookedAt}) WHERE state = 'parked'`),
    ),
    statement(
      `SELECT sum(occurred_on = ?1) AS sales, sum(iif(occurred_on = ?1, kept_fen, 0)) AS kept, count(*) AS looked, min(occurred_on) AS earliest
       FROM (SELECT occurred_on, kept_fen FROM sales ORDER BY seq DESC LIMIT ${salesLookedAt})`,
      on,
    ),
    statement(
      `SELECT EXISTS (SELECT 1 FROM campaigns WHERE in_force_to IS NULL) AS campaigns, EXISTS (SELECT 1 FROM sources) AS sources`,
    ),
  ]);
  const count = (place: number): number => Number(rowsAt(results, place)[0]?.['n'] ?? 0);
  const [sold] = rowsAt(results, 3);
  const [begun] = rowsAt(results, 4);
  return {
    parked: count(0),
    waiting: count(1),
    stuckMessages: count(2),
    sales: Number(sold?.['sales'] ?? 0),
    keptFen: Number(sold?.['kept'] ?? 0),
    isPart: Number(sold?.['looked'] ?? 0) === salesLookedAt && sold?.['earliest'] === on,
    hasCampaigns: begun?.['campaigns'] === 1,
    hasSources: begun?.['sources'] === 1,
  };
}
