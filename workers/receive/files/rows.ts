/** 收件箱行: events as inbox rows that are not written yet, so that the caller can write them in one batch with other rows. */
import type { Statement } from '../../db/db.ts';
import { takeIn, type RawEvent } from '../intake.ts';

export type Rows = { readonly ids: readonly string[]; readonly inserts: readonly Statement[] };

/** The same ids and statements as for a webhook: intake runs with a database that only records its statements. */
export async function toInboxRows(sourceId: string, events: readonly RawEvent[], now: number): Promise<Rows> {
  if (events.length === 0) return { ids: [], inserts: [] };
  const inserts: Statement[] = [];
  const notes = {
    db: {
      batch: async (statements: readonly Statement[]) => {
        inserts.push(...statements);
        return statements.map(() => ({ rows: [], rowsRead: 0, rowsWritten: 0 }));
      },
    },
    doorbell: { ring: () => undefined, handOver: async () => undefined },
  };
  const stored = await takeIn(notes, sourceId, events, now);
  if ('status' in stored)
    throw new Error(`${events.length} events of ${sourceId} could not be made into rows`);
  return { ids: stored.map(({ eventId }) => eventId), inserts };
}
