/** 批量重放: events of a time range are told again, the oldest first, under the ids they have. */
import type { EventState } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { arrivalSlackMs, lastBefore } from '../shop/numbering.ts';
import { list } from '../set.ts';

export type ReplayRange = {
  readonly state: Exclude<EventState, 'received'>;
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

/** Reads at most 20,000 rows, none of their bodies. */
export async function eventsToReplay(db: Db, range: ReplayRange, limit: number): Promise<ToReplay> {
  // Waiting ones are indexed by what they wait for: there, the time range is the better way in.
  const byIndex = range.state === 'parked' ? ` AND t.state = 'parked'` : '';
  const params = [range.after, range.from, range.to, range.state, range.source, range.type];
  const looked = `SELECT t.seq, t.state, t.source_id, t.type, t.received_at, length(t.body) AS characters FROM inbox AS t
    WHERE t.seq > max(?1, ${lastBefore(`?2 - ${arrivalSlackMs}`)}) AND t.seq <= ${lastBefore(`?3 + ${arrivalSlackMs}`)}${byIndex}
    ORDER BY t.seq LIMIT ${rowsLookedAt}`;
  const results = await db.batch([
    statement(
      `SELECT seq, characters FROM (${looked}) WHERE state = ?4 AND (?5 IS NULL OR source_id = ?5)
         AND (?6 IS NULL OR type = ?6) AND received_at >= ?2 AND received_at < ?3 ORDER BY seq LIMIT ${limit + 1}`,
      ...params,
    ),
    statement(`SELECT count(*) AS looked, max(seq) AS edge FROM (${looked})`, ...params.slice(0, 3)),
  ]);
  const found = rowsAt(results, 0).map(({ seq, characters }) => ({
    seq: Number(seq),
    isEmpty: characters === 0,
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

/** What they brought about stays beside them: telling them again changes nothing that was applied. */
export const replayEvents = (seqs: readonly number[]): Statement =>
  statement(
    `UPDATE inbox SET state = 'received', attempts = 0, note = NULL, waits_for = NULL
     WHERE seq IN (SELECT value FROM json_each(?1)) AND state <> 'received' AND body <> ''`,
    list(seqs),
  );
