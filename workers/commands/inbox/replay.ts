/** 重放: decides an event again after a correction. An applied event is never applied twice. */
import type { EventId, InboxEvent } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readEvent } from '../../db/inbox/events.ts';
import { eventsToReplay, replayEvents, type ReplayRange, type ToReplay } from '../../db/inbox/replay.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';

export async function replayOne(db: Db, id: EventId): Promise<Draft<InboxEvent> | Problem> {
  const found = await readEvent(db, id);
  if (!found) return unknownEvent;
  if (found.state === 'received') return alreadyPending;
  if (found.body === '') return bodyGone;
  // It was applied, and would not be again: nothing is left to decide.
  if (found.state === 'done') return { row: found, statements: [] };
  const row = {
    ...found,
    state: 'received',
    attempts: 0,
    memberId: null,
    note: null,
    waitsFor: null,
  } as const;
  return { row, statements: replayEvents([found.seq]), rings: 'doorbell' };
}

/** The oldest first; ids do not change. */
export async function replayRange(db: Db, range: ReplayRange, limit: number): Promise<Draft<ToReplay>> {
  const row = await eventsToReplay(db, range, limit);
  return { row, statements: row.seqs.length === 0 ? [] : replayEvents(row.seqs), rings: 'doorbell' };
}

export const unknownEvent: Problem = { status: 404, code: 'unknown_event', detail: 'no event has this id' };
const alreadyPending: Problem = {
  status: 409,
  code: 'already_pending',
  detail: 'the event is about to be decided; look again in a moment',
};
const bodyGone: Problem = {
  status: 409,
  code: 'body_gone',
  detail:
    'its body was emptied: its time was up (rawBodyDays of its source), or its member was forgotten; ask the till to send it again',
};
