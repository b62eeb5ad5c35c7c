/** 批量重放: events of a time range are told again, the oldest first, under the ids they have. */
import type { DecidedState } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { arrivalSlackMs, lastBefore } from '../shop/numbering.ts';
import { isForgotten } from '../members/forgotten.ts';
import { list } from '../set.ts';

export type ReplayRange = {
  readonly state: DecidedState;
  readonly source: string | null;
  readonly type: string | null;
  readonly from: number;
  readonly to: number;
  /** Only events numbered higher: where the call before it ended. */
  readonly after: number;
};

export type ToReplay = {
  readonly seqs: readonly number[];
  /** Of these the body was emptied when its time was up: nothing is left to tell. */
  readonly emptied: number;
  /** Where the next call goes on; null when nothing is left in the range. */
  readonly next: number | null;
};

/** Looked at in one call, whatever is found. */
const rowsLookedAt = 20_000;

/** Looks at 20,000 decisions at most, and at the inbox only for those that are asked for. */
export async function eventsToReplay(db: Db, range: ReplayRange, limit: number): Promise<ToReplay> {
  // Waiting ones are indexed by what they wait for: there, the time range is the better way in.
  const byIndex = range.state === 'parked' ? ` AND d.state = 'parked'` : '';
  const params = [range.after, range.from, range.to, range.state, range.source, range.type];
  const looked = `SELECT d.seq, d.state, d.source_id, d.received_at FROM decisions AS d
    WHERE d.seq > max(?1, ${lastBefore(`?2 - ${arrivalSlackMs}`)}) AND d.seq <= ${lastBefore(`?3 + ${arrivalSlackMs}`)}${byIndex}
    ORDER BY d.seq LIMIT ${rowsLookedAt}`;
  const results = await db.batch([
    statement(
      `SELECT l.seq, octet_length(i.body) AS bytes FROM (${looked}) AS l CROSS JOIN inbox AS i ON i.seq = l.seq
       WHERE l.state = ?4 AND (?5 IS NULL OR l.source_id = ?5) AND l.received_at >= ?2 AND l.received_at < ?3
         AND (?6 IS NULL OR i.type = ?6) ORDER BY l.seq LIMIT ${limit + 1}`,
      ...params,
    ),
    statement(`SELECT count(*) AS looked, max(seq) AS edge FROM (${looked})`, ...params.slice(0, 3)),
  ]);
  const found = rowsAt(results, 0).map(({ seq, bytes }) => ({
    seq: Number(seq),
    isEmpty: bytes === 0,
  }));
  const page = found.slice(0, limit);
  const edge = rowsAt(results, 1)[0];
  const wentOn = found.length > limit ? (page.at(-1)?.seq ?? null) : null;
  const lookedOn = Number(edge?.['looked'] ?? 0) < rowsLookedAt ? null : Number(edge?.['edge']);
  return {
    seqs: page.flatMap(({ seq, isEmpty }) => (isEmpty ? [] : [seq])),
    emptied: page.filter(({ isEmpty }) => isEmpty).length,
    next: wentOn ?? lookedOn,
  };
}

/**
 * Takes their decisions back, so that they are decided anew. What was applied keeps its decision: telling it again changes
 * nothing, and there is nothing left to decide. What is about somebody who was forgotten is not told again: it would make them
 * known once more.
 */
export function replayEvents(seqs: readonly number[]): Statement[] {
  const told = `seq IN (SELECT value FROM json_each(?1)) AND state <> 'done'`;
  return [
    statement(
      `INSERT INTO reopened (seq, attempts, decided_at) SELECT seq, 0, decided_at FROM decisions AS d WHERE ${told}
         AND EXISTS (SELECT 1 FROM inbox AS i WHERE i.seq = d.seq AND i.body <> '')
         AND (member_id IS NULL OR NOT ${isForgotten('d.member_id')})`,
      list(seqs),
    ),
    statement(`DELETE FROM decisions WHERE ${told} AND seq IN (SELECT seq FROM reopened)`, list(seqs)),
  ];
}
