/** 群发: one text or article for many followers; four a person and calendar month is all that WeChat allows. */
import * as z from 'zod';
import { Instant, type MassAudience, type MassContent } from '../../../schema/index.ts';
import { insertMass } from '../../db/mass/mass-messages.ts';
import { stopMass } from '../../db/mass/mass-pages.ts';
import { listMass, readMass } from '../../db/mass/mass-views.ts';
import { fromNewest } from '../../db/paging.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { invalidField } from '../../commands/invalid.ts';
import { commit } from '../call/commit.ts';
import { created, namedBody, ok, route } from '../call/define.ts';
import { newId } from '../../platform/digest.ts';
import { alreadyEnded, MassAnswer, unknownMass, viewMass } from './mass-view.ts';
import { cut, listOf, NewestFirstCursor, paged, pageQuery } from '../call/paging.ts';

/** What fits into a request; WeChat takes 10,000 in one call. */
const listMax = 5_000;
const textLengthMax = 600;
const aheadDaysMax = 30;

const listed = z.array(z.string().trim().min(1).max(128)).min(1).max(listMax);
const Audience = z
  .union([
    z.strictObject({ all: z.literal(true) }),
    z.strictObject({ tag: z.string().trim().min(1).max(128) }),
    z.strictObject({ openids: listed }),
    z.strictObject({ memberIds: listed }),
  ])
  .meta({ description: 'Followers Huike knows of: all, those with a tag, or the ones named.' });

const MassInput = z
  .strictObject({
    text: z.string().trim().min(1).max(textLengthMax).optional(),
    mediaId: z.string().trim().min(1).max(128).optional().meta({ description: 'Of a draft (草稿箱).' }),
    to: Audience,
    at: Instant.optional().meta({ description: 'Now, unless given; 30 days ahead at most.' }),
  })
  .refine(({ text, mediaId }) => (text === undefined) !== (mediaId === undefined), {
    path: ['text'],
    error: 'give a text or a mediaId, one of them',
  });

const common = { tag: 'Mass messages', scope: 'admin' } as const;
const params = z.strictObject({ id: z.string().min(1).max(128) });

const create = route({
  ...common,
  method: 'POST',
  path: '/mass-messages',
  summary: 'Send to many followers',
  description:
    'Begins within a minute of its time, and goes on page by page. WeChat gives each person at most four a calendar month; whoever has had them is left out and counted. It takes no list of one: a text for somebody who is left over goes as a customer-service message, an article does not go.',
  statuses: [201],
  refusals: { 409: ['idempotency_key_reused'] },
  body: namedBody('MassInput', MassInput),
  answer: MassAnswer,
  handle: (call) => {
    const { now, body } = call;
    const dueAt = body.at === undefined ? now : Math.max(now, Date.parse(body.at));
    if (dueAt > now + aheadDaysMax * dayMs) {
      return Promise.resolve(invalidField('at', `is more than ${aheadDaysMax} days ahead`));
    }
    const mass = {
      id: newId('mm'),
      content: contentOf(body),
      audience: body.to satisfies MassAudience,
      state: 'waiting',
      dueAt,
      cursor: '',
      pages: 0,
      recipients: 0,
      overLimit: 0,
      isListed: false,
      note: null,
      createdAt: now,
      endedAt: null,
    } as const;
    return commit(call, [insertMass(mass)], created(viewMass({ mass, pages: [] })));
  },
});

const contentOf = ({ text, mediaId }: z.infer<typeof MassInput>): MassContent =>
  text === undefined ? { mediaId: mediaId ?? '' } : { text };

const list = route({
  ...common,
  method: 'GET',
  path: '/mass-messages',
  summary: 'Mass messages, newest first',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('MassMessageList', MassAnswer),
  handle: ({ deps, query }) =>
    paged(
      query,
      {
        cursor: NewestFirstCursor,
        start: fromNewest,
        read: async (before, limit) => {
          const found = await listMass(deps.db, before, limit + 1);
          return cut(found, limit, ({ mass: { createdAt, id } }) => ({ at: createdAt, id }));
        },
      },
      viewMass,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/mass-messages/{id}',
  summary: 'One mass message, and how far it has come',
  statuses: [200],
  refusals: { 404: ['unknown_mass_message'] },
  params,
  answer: MassAnswer,
  handle: async ({ deps, params: { id } }) => {
    const found = await readMass(deps.db, id);
    return found ? ok(viewMass(found)) : unknownMass;
  },
});

const stop = route({
  ...common,
  method: 'POST',
  path: '/mass-messages/{id}/stop',
  summary: 'Send no more of a mass message',
  description: 'What WeChat has been given it sends; everybody else keeps their four.',
  statuses: [200],
  refusals: { 404: ['unknown_mass_message'], 409: ['already_ended'] },
  params,
  answer: MassAnswer,
  takesKey: false,
  handle: async ({ deps, now, params: { id } }) => {
    const found = await readMass(deps.db, id);
    if (!found) return unknownMass;
    if (found.mass.endedAt !== null) return alreadyEnded;
    await deps.db.batch(stopMass(id, '已手动停止', now));
    const stopped = await readMass(deps.db, id);
    return stopped ? ok(viewMass(stopped)) : unknownMass;
  },
});

export const massRoutes = [create, list, get, stop];
