/** 群发: one text or article for many followers; WeChat allows four a calendar month for each person. */
import * as z from 'zod';
import { MassInput, sendMass, stop, unknownMass } from '../../commands/promotions/mass.ts';
import { listMass, readMass } from '../../db/mass/mass-views.ts';
import { commit } from '../call/commit.ts';
import { created, namedBody, ok, route } from '../call/define.ts';
import { listOf, newestFirst, paged, pageQuery } from '../call/paging.ts';
import { MassAnswer, viewMass } from './mass-view.ts';

const common = { tag: 'Mass messages', scope: 'admin' } as const;
const params = z.strictObject({ id: z.string().min(1).max(128) });

const create = route({
  ...common,
  method: 'POST',
  path: '/mass-messages',
  summary: 'Send to many followers',
  description:
    'Begins within a minute of its time, but never at night (21:00 to 9:00 in Shanghai), and goes on page by page. WeChat gives each person at most four a calendar month; whoever has had them is left out and counted. It takes no list of one: a text for somebody who is left over goes as a customer-service message, an article does not go.',
  statuses: [201],
  refusals: { 409: ['idempotency_key_reused'] },
  body: namedBody('MassInput', MassInput),
  answer: MassAnswer,
  handle: async (call) => {
    const draft = sendMass(call.body, call.now);
    return 'code' in draft ? draft : commit(call, draft, created(viewMass(draft.row)));
  },
});

const list = route({
  ...common,
  method: 'GET',
  path: '/mass-messages',
  summary: 'Mass messages, newest first',
  description: 'Those that wait for their hour and those that were stopped included.',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('MassMessageList', MassAnswer),
  handle: ({ deps, query }) =>
    paged(
      query,
      newestFirst(
        (before, limit) => listMass(deps.db, before, limit),
        ({ mass: { createdAt, id } }) => ({ at: createdAt, id }),
      ),
      viewMass,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/mass-messages/{id}',
  summary: 'One mass message, and how far it has come',
  description:
    'It goes out page by page; people who had their four of the month already are counted and passed over.',
  statuses: [200],
  refusals: { 404: ['unknown_mass_message'] },
  params,
  answer: MassAnswer,
  handle: async ({ deps, params: { id } }) => {
    const found = await readMass(deps.db, id);
    return found ? ok(viewMass(found)) : unknownMass;
  },
});

const halt = route({
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
    const stopped = await stop(deps.db, id, now);
    return 'code' in stopped ? stopped : ok(viewMass(stopped));
  },
});

export const massRoutes = [create, list, get, halt];
