/** 一对一沟通: conversations, newest first, and what was said in each. */
import * as z from 'zod';
import { AssociateId } from '../../../schema/index.ts';
import { listSpoken, markRead } from '../../db/conversations/thread-messages.ts';
import { listConversations, standingsOf, type ConversationHead } from '../../db/conversations/threads.ts';
import { endOfTime } from '../../db/paging.ts';
import type { Problem } from '../../platform/problem.ts';
import { ConversationAnswer, SpokenAnswer, viewConversation, viewSpoken } from './conversation-view.ts';
import { namedAnswer, namedBody, ok, route, type ApiDeps } from '../call/define.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { personOfThread, sealOpenid } from '../../views/thread-ids.ts';

const common = { tag: 'Conversations', scope: 'admin', statuses: [200] } as const;
export const threadParams = z.strictObject({ thread: z.string().min(1).max(400) });
export const threadRefusals = { 404: ['unknown_thread'] } as const;

const list = route({
  ...common,
  method: 'GET',
  path: '/conversations',
  summary: 'Conversations, newest first',
  description:
    'Everybody who has written to the account, or was written to. With `associate`, those who belong to that associate now. A page may be short, or empty, and still have a `next`.',
  query: z.strictObject({ associate: AssociateId.optional(), ...pageQuery }),
  answer: listOf('ConversationList', ConversationAnswer),
  handle: async ({ deps, now, query }) =>
    paged(
      query,
      {
        cursor: z.int(),
        start: endOfTime,
        read: async (before, limit) => {
          const associateId = query.associate ?? null;
          const found = await listConversations(deps.db, { associateId, before, limit });
          return { items: await present(deps, found.items, now), next: found.next };
        },
      },
      (conversation) => conversation,
    ),
});

async function present({ db, engine }: ApiDeps, heads: readonly ConversationHead[], now: number) {
  if (heads.length === 0) return [];
  const standings = await standingsOf(
    db,
    heads.map(({ person }) => person),
    now,
  );
  return Promise.all(
    heads.map(async (head) => {
      const thread = head.member?.id ?? (await sealOpenid(engine, head.person));
      return viewConversation(thread, head, standings.get(head.person) ?? { unread: 0, window: null });
    }),
  );
}

const messages = route({
  ...common,
  method: 'GET',
  path: '/conversations/{thread}/messages',
  summary: 'What was said in a conversation, newest first',
  description:
    'What the person said, what was answered by hand with how far it got, what the account answered by itself, and the notes. Notices such as those of a sale are in the member’s timeline.',
  refusals: threadRefusals,
  params: threadParams,
  query: z.strictObject(pageQuery),
  answer: listOf('ConversationMessageList', SpokenAnswer),
  handle: ({ deps, now, params: { thread }, query }) =>
    paged(
      query,
      {
        cursor: z.strictObject({ at: z.int(), source: z.string().max(10), seq: z.int() }),
        start: { at: endOfTime, source: '', seq: 0 },
        read: async (before, limit) => {
          const person = await personOfThread(deps, thread, now);
          if ('code' in person) return person;
          const found = await listSpoken(deps.db, person, before, limit + 1);
          return cut(found, limit, ({ at, source, seq }) => ({ at, source: source as string, seq }));
        },
      },
      viewSpoken,
    ),
});

const read = route({
  ...common,
  method: 'PUT',
  path: '/conversations/{thread}/read',
  summary: 'Say that a conversation was read',
  description: 'Up to one message of theirs; what they said later stays unread. Answering says so by itself.',
  refusals: { 404: ['unknown_thread', 'unknown_message'] },
  params: threadParams,
  body: namedBody('ConversationRead', z.strictObject({ upTo: z.string().min(1).max(300) })),
  answer: namedAnswer('ConversationUnread', z.strictObject({ unread: z.int() })),
  handle: async ({ deps, now, params: { thread }, body: { upTo } }) => {
    const person = await personOfThread(deps, thread, now);
    if ('code' in person) return person;
    if (!(await markRead(deps.db, person, upTo, now))) return unknownMessage;
    const id = person.memberId ?? person.openids[0] ?? '';
    const standings = await standingsOf(deps.db, [id], now);
    return ok({ unread: standings.get(id)?.unread ?? 0 });
  },
});

const unknownMessage: Problem = {
  status: 404,
  code: 'unknown_message',
  detail: 'there is no such message; give the id of a message with direction in',
};

export const conversationRoutes = [list, messages, read];
