/** 粉丝: everybody known to follow the account, with the member when there is one. */
import * as z from 'zod';
import { AssociateId } from '../../../schema/index.ts';
import { listFans, type Follower } from '../../db/members/fans.ts';
import { standingsOf, type Standing } from '../../db/conversations/threads.ts';
import { invalidField } from '../../commands/invalid.ts';
import { viewWindow, Window } from '../conversations/conversation-view.ts';
import { namedAnswer, route, type ApiDeps } from '../call/define.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { At, instant } from '../call/shapes.ts';
import { openThreadId, sealOpenid } from '../../views/thread-ids.ts';

const FanAnswer = namedAnswer(
  'Fan',
  z.strictObject({
    openid: z.string(),
    thread: z.string().meta({ description: 'Of the conversation with them.' }),
    memberId: z.string().nullable(),
    associateId: z.string().nullable().meta({ description: 'The associate whose code they scanned.' }),
    storeId: z.string().nullable(),
    source: z.string().nullable().meta({ description: 'The first scene that was scanned.' }),
    followedAt: At,
    window: Window,
  }),
);
type FanAnswer = z.infer<typeof FanAnswer>;

const list = route({
  method: 'GET',
  path: '/fans',
  tag: 'Official account',
  summary: 'Followers the account knows of',
  description:
    'WeChat tells us of a follower when they do something. Who followed before Huike was connected appears with the first thing they do.',
  scope: 'admin',
  statuses: [200],
  query: z.strictObject({ associate: AssociateId.optional(), ...pageQuery }),
  answer: listOf('FanList', FanAnswer),
  handle: ({ deps, now, query }) =>
    paged(
      query,
      {
        // Sealed, because the cursor is part of the URL.
        cursor: z.string().max(400),
        start: '',
        read: async (sealed, limit) => {
          const after = sealed === '' ? '' : await openThreadId(deps.engine, sealed);
          if (after === null) return invalidField('after', 'is not a `next` of this list');
          const associateId = query.associate ?? null;
          const found = await listFans(deps.db, { associateId, after, limit: limit + 1 });
          const openids = found.map(({ fan }) => fan.openid);
          const standings = await standingsOf(deps.db, openids, now);
          const views = await Promise.all(
            found.map((follower) => view(deps, follower, standings.get(follower.fan.openid)?.window ?? null)),
          );
          const { items, next } = cut(views, limit, ({ openid }) => openid);
          return { items, next: next === null ? null : await sealOpenid(deps.engine, next) };
        },
      },
      (fan) => fan,
    ),
});

async function view(
  { engine }: ApiDeps,
  { fan, memberId }: Follower,
  window: Standing['window'],
): Promise<FanAnswer> {
  const { openid, associateId, storeId, source, followedAt } = fan;
  return {
    openid,
    thread: memberId ?? (await sealOpenid(engine, openid)),
    memberId,
    associateId,
    storeId,
    source,
    followedAt: instant(followedAt),
    window: viewWindow(window),
  };
}

export const fanRoutes = [list];
