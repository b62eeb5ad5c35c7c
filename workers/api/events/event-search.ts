/** 查找事件 and 批量重放: finds events by any of their columns, and replays a range of them. */
import * as z from 'zod';
import { eventStates, Id, Instant, type InboxEvent } from '../../../schema/index.ts';
import { replayRange } from '../../commands/inbox/replay.ts';
import type { EventFilter } from '../../db/inbox/event-conditions.ts';
import { searchByOrder, searchBySender, searchEvents } from '../../db/inbox/event-search.ts';
import { endOfTime, type NumberedPage } from '../../db/paging.ts';
import { listSources } from '../../db/sources/registered-sources.ts';
import { eventKeyOf } from '../../engine/event-ids.ts';
import { reasonCodes } from '../../words/reasons.ts';
import { commit } from '../call/commit.ts';
import { namedAnswer, namedBody, ok, route, type ApiDeps } from '../call/define.ts';
import { EventSummary, viewSummary } from './event-view.ts';
import { listOf, paged, pageQuery } from '../call/paging.ts';

const At = Instant.transform((instant) => Date.parse(instant));
const number = Id.optional();
const short = z.string().trim().min(1).max(128).optional();
const common = { tag: 'Events', scope: 'admin', statuses: [200] } as const;

const Search = z
  .strictObject({
    state: z.enum(eventStates).optional(),
    source: z.string().min(1).max(40).optional(),
    type: z.string().min(1).max(64).optional(),
    sender: number.meta({ description: 'The sender’s own id of the event, in full.' }),
    order: number.meta({ description: 'An order number: every event that holds it, oldest first.' }),
    from: At.optional().meta({ description: 'Received at this instant or later.' }),
    to: At.optional().meta({ description: 'Received before this instant.' }),
    code: z.enum(reasonCodes).optional().meta({ description: 'Why it is parked, ignored or waiting.' }),
    text: short.meta({ description: 'Part of what the reason names: a number, a field.' }),
    ...pageQuery,
  })
  .refine(({ sender, order }) => sender === undefined || order === undefined, {
    path: ['order'],
    message: 'look for sender or for order, not for both at a time',
  });

const list = route({
  ...common,
  method: 'GET',
  path: '/events',
  summary: 'Events received, newest first',
  description:
    'By any of these together. By `sender` it costs the revisions found; by state parked or received, or by nothing, the page; by waiting, all that wait; by anything else at most 5,000 rows a page. A page may therefore be short, or empty, and still have a `next`; a narrow `from` and `to` are found without looking. `order` tells the story of an order from the hour in which it was made.',
  query: Search,
  answer: listOf('EventList', EventSummary),
  handle: ({ deps, now, query }) => {
    const { state, source, type, code, from, to, text, sender, order } = query;
    const filter: EventFilter = {
      state: state ?? null,
      source: source ?? null,
      type: type ?? null,
      code: code ?? null,
      from: from ?? null,
      to: to ?? null,
      text: text ?? null,
    };
    const isForward = order !== undefined;
    const read = async (place: number, limit: number): Promise<NumberedPage<InboxEvent>> => {
      if (isForward) return searchByOrder(deps.db, order, filter, { after: place, limit, now });
      if (sender === undefined) return searchEvents(deps.db, filter, place, limit);
      const keys = await senderKeys(deps, sender, source);
      return searchBySender(deps.db, keys, filter, { before: place, limit });
    };
    return paged(query, { cursor: z.int(), start: isForward ? 0 : endOfTime, read }, viewSummary);
  },
});

/** A merchant has a handful of systems. */
const sourcesMax = 100;

async function senderKeys(deps: ApiDeps, sender: string, source: string | undefined): Promise<string[]> {
  const ids =
    source === undefined ? (await listSources(deps.db, '', sourcesMax)).map(({ id }) => id) : [source];
  return Promise.all(ids.map((id) => eventKeyOf(id, sender)));
}

const replayedMax = 500;

const replay = route({
  ...common,
  method: 'POST',
  path: '/events/replay',
  summary: 'Tell a range of events again',
  description:
    'The oldest first, under the ids they have. What was applied once is never applied twice. At most 500 a call; when `next` is not null there is more: send it as `after`.',
  refusals: { 409: ['idempotency_key_reused'] },
  body: namedBody(
    'ReplayRange',
    z
      .strictObject({
        state: z.enum(['parked', 'ignored', 'waiting', 'done']),
        source: z.string().min(1).max(40).optional(),
        type: z.string().min(1).max(64).optional(),
        from: At,
        to: At,
        after: z
          .string()
          .regex(/^\d{1,15}$/, 'must be the `next` of an answer of this call')
          .transform(Number)
          .optional(),
        limit: z.int().min(1).max(replayedMax).default(replayedMax),
      })
      .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than from' }),
  ),
  answer: namedAnswer(
    'ReplayQueued',
    z.strictObject({
      queued: z.int().meta({ description: 'How many events will be decided again.' }),
      emptied: z
        .int()
        .meta({ description: 'How many were left out because their body was deleted after its retention.' }),
      next: z.string().nullable(),
    }),
  ),
  handle: async (call) => {
    const { deps, body } = call;
    const { source = null, type = null, after = 0, limit, ...range } = body;
    const draft = await replayRange(deps.db, { ...range, source, type, after }, limit);
    const { seqs, emptied, next } = draft.row;
    const answer = ok({ queued: seqs.length, emptied, next: next === null ? null : String(next) });
    return commit(call, draft, answer);
  },
});

export const eventSearchRoutes = [list, replay];
