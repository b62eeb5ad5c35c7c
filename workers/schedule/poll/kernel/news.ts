/** 新的记录: the records of a page that are not stored yet. Most of a page was read before and costs only this look. */
import type { Db, Statement } from '../../../db/db.ts';
import { eventKey, storedIds } from '../../../db/sources/polls.ts';
import type { PageRead, RawEvent } from '../define.ts';

/** Records as inbox rows that are not written yet: their ids, and the statements that insert them. */
export type ToInbox = (
  sourceId: string,
  events: readonly RawEvent[],
  now: number,
) => Promise<{ readonly ids: readonly string[]; readonly inserts: readonly Statement[] }>;

/** The records that are not stored yet, and the questions that are still open. */
export async function news(
  deps: { readonly db: Db; readonly toInbox: ToInbox },
  sourceId: string,
  { events, questions, onlyIfKnown }: Extract<PageRead, { ok: true }>,
  now: number,
): Promise<{ fresh: readonly RawEvent[]; questions: readonly RawEvent[] }> {
  const voids = onlyIfKnown.map(({ event }) => event);
  const voided = onlyIfKnown.map(({ senderId }) => ({ senderId, type: '', body: '' }));
  const candidates = [...events, ...questions, ...voids];
  const { ids } = await deps.toInbox(sourceId, [...candidates, ...voided], now);
  const stored = await storedIds(deps.db, [...new Set(ids.map(eventKey))]);
  const storedKeys = new Set([...stored].map(eventKey));
  const idOf = (place: number): string => ids[place] ?? '';
  const voidsFrom = events.length + questions.length;
  return {
    fresh: [
      ...events.filter((_, place) => !stored.has(idOf(place))),
      ...voids.filter(
        (_, place) =>
          !stored.has(idOf(voidsFrom + place)) && storedKeys.has(eventKey(idOf(candidates.length + place))),
      ),
    ],
    questions: questions.filter((_, place) => !storedKeys.has(eventKey(idOf(events.length + place)))),
  };
}
