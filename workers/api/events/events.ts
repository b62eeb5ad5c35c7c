/** 收件箱: telling an event again. */
import * as z from 'zod';
import { EventId, type InboxEvent } from '../../../schema/index.ts';
import { readEvent, replayEvent } from '../../db/inbox/events.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Engine } from '../../engine/engine.ts';
import { commit } from '../call/commit.ts';
import { ok, route } from '../call/define.ts';
import { EventAnswer, viewEvent } from './event-view.ts';

const params = z.strictObject({ id: EventId });
const common = { tag: 'Events', scope: 'admin', statuses: [200] } as const;

const replay = route({
  ...common,
  method: 'POST',
  path: '/events/{id}/replay',
  summary: 'Tell an event again',
  description: 'After a correction. What was applied once is never applied twice.',
  refusals: { 404: ['unknown_event'], 409: ['already_pending', 'body_gone', 'idempotency_key_reused'] },
  params,
  answer: EventAnswer,
  handle: async (call) => {
    const {
      deps,
      params: { id },
    } = call;
    const row = await readEvent(deps.db, id);
    if (!row) return unknownEvent;
    if (row.state === 'received') return alreadyPending;
    if (row.body === '') return bodyGone;
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
    'its body was emptied when its time was up (rawBodyDays of its source); ask the till to send it again',
};

export const eventRoutes = [replay];
