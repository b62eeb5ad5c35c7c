/** 场景二维码: one code for each associate, store, coupon and source, with its results. */
import * as z from 'zod';
import { sceneKinds } from '../../../schema/index.ts';
import { enterScene, SceneId, SceneInput } from '../../commands/shop/scenes.ts';
import { listScenes, readScene } from '../../db/shop/scenes.ts';
import { accountRefusals } from '../account/official-account.ts';
import { namedBody, ok, route } from '../call/define.ts';
import { byId, listOf, paged, pageQuery } from '../call/paging.ts';
import { SceneAnswer, unknownScene, viewScene } from './scene-view.ts';

const common = { tag: 'Scenes', scope: 'admin', statuses: [200] } as const;
const params = z.strictObject({ id: SceneId });

const put = route({
  ...common,
  method: 'PUT',
  path: '/scenes/{id}',
  summary: 'Enter or change a scene, with a code for it',
  description:
    'Asks WeChat for a code, unless the one there is still does. A printed code may be given another meaning: whoever scans it gets what the scene stands for then. Temporary codes are made anew before they end, and look different afterwards: print permanent ones, of which an account has 100,000.',
  refusals: { ...accountRefusals, 409: ['too_many_permanent', ...accountRefusals[409]] },
  params,
  body: namedBody('SceneInput', SceneInput),
  answer: SceneAnswer,
  handle: async ({ deps, now, params: { id }, body }) => {
    const scene = await enterScene(deps, { id, ...body }, now);
    return 'code' in scene ? scene : ok(viewScene(scene));
  },
});

const list = route({
  ...common,
  method: 'GET',
  path: '/scenes',
  summary: 'Scenes by id',
  description: 'Without a kind, all but the invitations of associates.',
  query: z.strictObject({ kind: z.enum(sceneKinds).optional(), ...pageQuery }),
  answer: listOf('SceneList', SceneAnswer),
  handle: ({ deps, query }) =>
    paged(
      query,
      byId(
        (after, limit) => listScenes(deps.db, { kind: query.kind ?? null, after, limit }),
        ({ id }) => id,
      ),
      viewScene,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/scenes/{id}',
  summary: 'One scene, with its code, its scans and its claims',
  description:
    '`imageUrl` is the picture of the code, `url` what to draw for printing; both change when the code is renewed.',
  refusals: { 404: ['unknown_scene'] },
  params,
  answer: SceneAnswer,
  handle: async ({ deps, params: { id } }) => {
    const scene = await readScene(deps.db, id);
    return scene ? ok(viewScene(scene)) : unknownScene;
  },
});

export const sceneRoutes = [put, list, get];
