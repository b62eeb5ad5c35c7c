/** 收件箱: replays one event. */
import * as z from 'zod';
import { EventId, type InboxEvent } from '../../../schema/index.ts';
import { replayOne } from '../../commands/inbox/replay.ts';
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
    const draft = await replayOne(call.deps.db, call.params.id);
    return 'code' in draft ? draft : commit(call, draft, ok(await shown(call.deps.engine, draft.row)));
  },
});

async function shown(engine: Engine, row: InboxEvent): Promise<EventAnswer> {
  const [normalised] = await engine.normalise([row]);
  return viewEvent(row, normalised);
}

export const eventRoutes = [replay];
