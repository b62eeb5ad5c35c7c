/** 薄事件 in the database: notices that only name a document, found among what is parked by the code of their reason. */
import type { InboxEvent, ReasonCode } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { list } from '../set.ts';
import { decodeEvents, eventList, events } from './event-rows.ts';

/** More than this parked at once is a shop with another problem. */
const parkedLookedAt = 1_000;

export type ThinEventSearch = { readonly sourceId: string; readonly receivedBefore: number };

/** The oldest first, of these sources. One round trip, and none where nobody wants any. */
export async function thinEvents(
  db: Db,
  wanted: readonly ThinEventSearch[],
  limit: number,
): Promise<readonly InboxEvent[]> {
  if (wanted.length === 0) return [];
  const results = await db.batch([
    statement(
      `SELECT ${eventList} FROM (SELECT p.seq
         FROM (SELECT seq, source_id, received_at, note FROM decisions WHERE state = 'parked' ORDER BY seq DESC LIMIT ${parkedLookedAt}) AS p
         JOIN json_each(?1) AS j ON p.source_id = j.value ->> 0 AND p.received_at <= j.value ->> 1
         WHERE p.note ->> '$.code' = ?2 ORDER BY p.seq LIMIT ?3) AS f CROSS JOIN ${events} AS t ON t.seq = f.seq ORDER BY f.seq`,
      list(wanted.map(({ sourceId, receivedBefore }) => [sourceId, receivedBefore])),
      'READ_BACK_NEEDED' satisfies ReasonCode,
      limit,
    ),
  ]);
  return decodeEvents(rowsAt(results, 0));
}
