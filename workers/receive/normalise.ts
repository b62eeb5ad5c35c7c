/** A stored body in our words, by the adapter of its source. */
import type { InboxEvent, Source } from '../../schema/index.ts';
import type { SourceCache } from '../db/sources.ts';
import type { Normalised } from '../engine.ts';
import { adapterNamed } from './erp/index.ts';
import { wechatSourceId } from './wechat.ts';

export async function normaliseRows(
  rows: readonly InboxEvent[],
  sources: SourceCache,
): Promise<readonly Normalised[]> {
  const ids = new Set(rows.map(({ sourceId }) => sourceId).filter((id) => id !== wechatSourceId));
  const known = new Map(
    await Promise.all([...ids].map(async (id) => [id, await sources.known(id)] as const)),
  );
  return rows.map((row) => normalise(row, known.get(row.sourceId) ?? null));
}

function normalise(row: InboxEvent, source: Source | null): Normalised {
  if (row.sourceId === wechatSourceId) return { ignored: `kept for the record: nothing acts on ${row.type}` };
  const adapter = source && adapterNamed(source.adapter);
  if (!source || !adapter)
    return { parked: `source ${row.sourceId} is no longer set up; add it again and replay` };
  try {
    return adapter.normalise(row, source);
  } catch (error) {
    // A mistake in one adapter costs the event that met it, and none of those that were read beside it.
    return {
      parked: `adapter ${adapter.name} failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
