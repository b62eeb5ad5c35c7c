/** 薄事件 in the database: notices that only name a document, found among what is parked by the code of their reason. */
import { inbox, type InboxEvent, type ReasonCode } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';

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
      `SELECT ${selectList(inbox, 't')} FROM inbox AS t JOIN json_each(?1) AS j ON t.source_id = j.value ->> 0
         AND t.received_at <= j.value ->> 1
       WHERE t.seq IN (SELECT seq FROM inbox WHERE state = 'parked' ORDER BY seq DESC LIMIT ${parkedLookedAt})
         AND t.note ->> '$.code' = ?2 ORDER BY t.seq LIMIT ?3`,
      list(wanted.map(({ sourceId, receivedBefore }) => [sourceId, receivedBefore])),
      'READ_BACK_NEEDED' satisfies ReasonCode,
      limit,
    ),
  ]);
  return decodeAll(inbox, rowsAt(results, 0));
}
