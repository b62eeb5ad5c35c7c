/** 收件箱: every webhook that was verified, what became of it, and telling it again. */
import * as z from 'zod';
import { EventId, eventStates, type InboxEvent } from '../../schema/index.ts';
import { listEvents, readEvent, replayEvent } from '../db/events.ts';
import { endOfTime } from '../db/paging.ts';
import type { Problem } from '../problem.ts';
import type { Engine } from '../process.ts';
import { commit } from './commit.ts';
import { ok, route } from './define.ts';
import { EventAnswer, EventSummary, viewEvent, viewSummary } from './event-view.ts';
import { listOf, paged, pageQuery } from './paging.ts';

const params = z.strictObject({ id: EventId });
const common = { tag: 'Events', scope: 'admin', statuses: [200] } as const;

const list = route({
  ...common,
  method: 'GET',
  path: '/events',
  summary: 'Events received, newest first',
  description: 'A page may be short, or empty, and still have a `next`: rare events are looked for step by step.',
  query: z.strictObject({
    state: z.enum(eventStates).optional(),
    source: z.string().min(1).max(40).optional(),
    ...pageQuery,
  }),
  answer: listOf('EventList', EventSummary),
  handle: ({ deps, query }) =>
    paged(
      query,
      {
        cursor: z.int(),
        start: endOfTime,
        read: (before, limit) => {
          const filter = { state: query.state ?? null, source: query.source ?? null };
          return listEvents(deps.db, filter, before, limit);
        },
      },
      viewSummary,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/events/{id}',
  summary: 'One event: as received, as understood, and what it brought about',
  refusals: { 404: ['unknown_event'] },
  params,
  answer: EventAnswer,
  handle: async ({ deps, params: { id } }) => {
    const row = await readEvent(deps.db, id);
    return row ? ok(await shown(deps.engine, row)) : unknownEvent;
  },
});

const replay = route({
  ...common,
  method: 'POST',
  path: '/events/{id}/replay',
  summary: 'Tell an event again',
  description: 'After a correction. What was applied once is never applied twice.',
  refusals: { 404: ['unknown_event'], 409: ['already_pending', 'idempotency_key_reused'] },
  params,
  answer: EventAnswer,
  handle: async (call) => {
    const { deps, params: { id } } = call;
    const row = await readEvent(deps.db, id);
    if (!row) return unknownEvent;
    if (row.state === 'received') return alreadyPending;
    const told = { ...row, state: 'received' as const, attempts: 0, note: null, waitsFor: null };
    const outcome = await commit(call, [replayEvent(row.seq)], ok(await shown(deps.engine, told)));
    deps.doorbell.ring();
    return outcome;
  },
});

async function shown(engine: Engine, row: InboxEvent): Promise<EventAnswer> {
  const [normalised] = await engine.normalise([row]);
  return viewEvent(row, normalised);
}

const unknownEvent: Problem = { status: 404, code: 'unknown_event', detail: 'no event has this id' };
const alreadyPending: Problem = {
  status: 409,
  code: 'already_pending',
  detail: 'the event is about to be decided; look again in a moment',
};

export const eventRoutes = [list, get, replay];
