/** 发件箱: messages, how often each was tried, and trying one again. */
import * as z from 'zod';
import { arrivals, messageStates, type Message } from '../../../schema/index.ts';
import { retry } from '../../commands/messages/retry.ts';
import { listMessages } from '../../db/outbox/messages.ts';
import { endOfTime } from '../../db/paging.ts';
import { commit } from '../call/commit.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { listOf, paged, pageQuery } from '../call/paging.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const MessageAnswer = namedAnswer(
  'Message',
  z.strictObject({
    id: z.string(),
    cause: z.string(),
    kind: z.string(),
    memberId: z.string().nullable(),
    associateId: z.string().nullable(),
    payload: z.record(z.string(), z.unknown()).meta({ description: 'The stable code, for programs.' }),
    state: z.enum(messageStates),
    dueAt: At,
    attempts: z.int(),
    channel: z.string().nullable(),
    lastError: z.string().nullable(),
    receipt: z.string().nullable().meta({ description: 'The channel’s own number for it.' }),
    arrival: z
      .enum(arrivals)
      .nullable()
      .meta({ description: 'Whether it reached the person, as the channel reported later.' }),
    passedOver: z
      .array(z.strictObject({ channel: z.string(), why: z.string() }))
      .meta({ description: 'Every channel that was considered and not used, with the reason in Chinese.' }),
    createdAt: At,
    endedAt: At.nullable(),
  }),
);
type MessageAnswer = z.infer<typeof MessageAnswer>;

function view({
  seq,
  leaseUntil: _lease,
  inHand: _hand,
  openid: _openid,
  ...message
}: Message): MessageAnswer {
  return {
    ...message,
    id: String(seq),
    passedOver: (message.passedOver ?? []).map(({ channel, why }) => ({ channel, why })),
    dueAt: instant(message.dueAt),
    createdAt: instant(message.createdAt),
    endedAt: instantOrNull(message.endedAt),
  };
}

const common = { tag: 'Messages', scope: 'admin', statuses: [200] } as const;

const list = route({
  ...common,
  method: 'GET',
  path: '/messages',
  summary: 'Messages, newest first',
  description:
    'A page may be short, or empty, and still have a `next`: rare states are looked for step by step.',
  query: z.strictObject({ state: z.enum(messageStates).optional(), ...pageQuery }),
  answer: listOf('MessageList', MessageAnswer),
  handle: ({ deps, query }) =>
    paged(
      query,
      {
        cursor: z.int(),
        start: endOfTime,
        read: (before, limit) => listMessages(deps.db, query.state ?? null, before, limit),
      },
      view,
    ),
});

const again = route({
  ...common,
  method: 'POST',
  path: '/messages/{id}/retry',
  summary: 'Try a parked message again',
  description: 'Due at once, with all its attempts.',
  refusals: { 404: ['unknown_message'], 409: ['not_parked', 'idempotency_key_reused'] },
  params: z.strictObject({
    id: z
      .string()
      .regex(/^\d{1,15}$/, 'must be the number of a message')
      .transform(Number),
  }),
  answer: MessageAnswer,
  handle: async (call) => {
    const draft = await retry(call.deps.db, call.params.id, call.now);
    return 'code' in draft ? draft : commit(call, draft, ok(view(draft.row)));
  },
});

export const messageRoutes = [list, again];
