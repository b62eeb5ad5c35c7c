/**
 * 每日限量 in the database: what a day brought about is counted in the decisions, so that nothing more is written for it. Costs the
 * rows that arrived that day so far, twice a group, and only for groups with events of a source that has a limit.
 */
import { capKey, type DailyCap } from '../../decide/allowances.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { arrivalSlackMs, lastBefore } from '../shop/numbering.ts';

/** Parameters 1 to 3: source, from, to. */
const decidedOf = `(SELECT count(*) FROM decisions AS t WHERE t.seq > ${lastBefore(`?2 - ${arrivalSlackMs}`)}
  AND t.seq <= ${lastBefore(`?3 + ${arrivalSlackMs}`)} AND t.source_id = ?1 AND t.trust IN ('weak', 'token')
  AND t.state = 'done' AND t.received_at >= ?2 AND t.received_at < ?3)`;

/** By `capKey`. One round trip, and none without a cap. */
export async function countDecided(db: Db, caps: readonly DailyCap[]): Promise<ReadonlyMap<string, number>> {
  const results = await db.batch(
    caps.map(({ sourceId, from, to }) => statement(`SELECT ${decidedOf} AS decided`, sourceId, from, to)),
  );
  return new Map(
    caps.map((cap, place) => [capKey(cap), Number(rowsAt(results, place)[0]?.['decided'] ?? 0)]),
  );
}

/** Refuses to write when somebody else has decided events of that day since they were counted. */
export const countsAreCurrent = (
  caps: readonly DailyCap[],
  decided: ReadonlyMap<string, number>,
): Statement[] =>
  caps.map((cap) =>
    statement(
      `INSERT INTO guards (name) SELECT 'cap' WHERE ${decidedOf} <> ?4`,
      cap.sourceId,
      cap.from,
      cap.to,
      decided.get(capKey(cap)) ?? 0,
    ),
  );
