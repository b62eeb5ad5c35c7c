/** 沟通记录 and 主管指导: what was said over the phone or in the store, and a supervisor's guidance. */
import * as z from 'zod';
import { AssociateId, MemberId } from '../../../schema/index.ts';
import { endOfTime } from '../../db/paging.ts';
import { listContacts, personById } from '../../db/conversations/thread-messages.ts';
import { note } from '../../commands/members/note.ts';
import { commit } from '../call/commit.ts';
import { ContactAnswer, viewContact } from './conversation-view.ts';
import { threadParams, threadRefusals } from './conversations.ts';
import { created, namedBody, route } from '../call/define.ts';
import { unknownMember } from '../members/member-view.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { personOfThread } from '../../views/thread-ids.ts';

const textLengthMax = 2_000;
const common = { tag: 'Conversations', scope: 'admin' } as const;
const text = z.string().trim().min(1).max(textLengthMax);
const params = z.strictObject({ id: MemberId });
const refusals = { 404: ['unknown_member'] };

const add = route({
  ...common,
  method: 'POST',
  path: '/members/{id}/contacts',
  summary: 'Note a call or a visit',
  description: 'What happened outside of WeChat, so that colleagues know of it. The member is told nothing.',
  statuses: [201],
  refusals,
  params,
  body: namedBody(
    'ContactInput',
    z.strictObject({ kind: z.enum(['call', 'visit']), text, associateId: AssociateId.optional() }),
  ),
  answer: ContactAnswer,
  handle: async (call) => {
    const person = await personById(call.deps.db, call.params.id, call.now);
    if (!person) return unknownMember;
    const draft = note(person, call.body, call.now);
    return commit(call, draft, created(viewContact(draft.row)), keptOf(draft.row));
  },
});

const list = route({
  ...common,
  method: 'GET',
  path: '/members/{id}/contacts',
  summary: 'Every contact with a member, newest first',
  description: 'What was written both ways, and what was noted; automatic answers are not contacts.',
  statuses: [200],
  refusals,
  params,
  query: z.strictObject(pageQuery),
  answer: listOf('ContactList', ContactAnswer),
  handle: ({ deps, now, params: { id }, query }) =>
    paged(
      query,
      {
        cursor: z.int(),
        start: endOfTime,
        read: async (before, limit) => {
          const person = await personById(deps.db, id, now);
          if (!person) return unknownMember;
          return cut(await listContacts(deps.db, person, before, limit + 1), limit, ({ seq }) => seq);
        },
      },
      viewContact,
    ),
});

const guide = route({
  ...common,
  method: 'POST',
  path: '/conversations/{thread}/notes',
  summary: 'Leave guidance on a conversation',
  description: 'For whoever answers; the person never sees it.',
  statuses: [201],
  refusals: threadRefusals,
  params: threadParams,
  body: namedBody('GuidanceInput', z.strictObject({ text, associateId: AssociateId.optional() })),
  answer: ContactAnswer,
  handle: async (call) => {
    const { deps, now } = call;
    const person = await personOfThread(deps, call.params.thread, now);
    if ('code' in person) return person;
    const draft = note(person, { kind: 'guidance', ...call.body }, now);
    return commit(call, draft, created(viewContact(draft.row)), keptOf(draft.row));
  },
});

/** A contact's text is stored in one place only, where it can be erased. */
const keptOf = (noted: Parameters<typeof viewContact>[0]) => created(viewContact({ ...noted, text: null }));

export const contactRoutes = [add, list, guide];
