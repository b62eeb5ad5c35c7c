/** 场景二维码: one code for each associate, store, placement and source, with what came of it. */
import * as z from 'zod';
import { sceneKinds, type Scene } from '../../../schema/index.ts';
import { listScenes, lookUpScene, putScene, readScene, type Ticket } from '../../db/shop/scenes.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import { namedBody, ok, route, type Call } from '../call/define.ts';
import { accountRefusals, makeCode } from '../account/official-account.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { SceneAnswer, SceneId, unknownScene, viewScene, withTicket } from './scene-view.ts';

const daysMax = 30;
const secondsPerDay = 86_400;
/** WeChat's own limit for one account. */
const permanentMax = 100_000;

const SceneInput = z
  .strictObject({
    kind: z.enum(sceneKinds),
    targetId: z.string().trim().min(1).max(128).meta({
      description: 'The associate, store, coupon template or campaign; for a source, its own name.',
    }),
    name: z.string().trim().min(1).max(60),
    permanent: z.boolean().default(false),
    days: z.int().min(1).max(daysMax).default(daysMax).meta({ description: 'Of a temporary code.' }),
    renewed: z.boolean().default(true).meta({
      description: 'A fresh code takes the place of a temporary one before it ends; false lets it end.',
    }),
  })
  .refine(({ kind, permanent }) => kind !== 'staff' || !permanent, {
    path: ['permanent'],
    error: 'a code that makes a colleague of whoever scans it has to end',
  });
type SceneInput = z.infer<typeof SceneInput>;

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
  handle: async (call) => {
    const {
      deps,
      now,
      params: { id },
      body,
    } = call;
    const found = await lookUpScene(deps.db, { id, ...body }, body.permanent);
    if (!found.isTargetKnown) return invalidField('targetId', `no ${targetNames[body.kind]} has this id`);
    if (body.kind === 'staff' && (found.scene?.scans ?? 0) > 0) return alreadyScanned;
    if (body.permanent && found.permanent >= permanentMax) return tooManyPermanent(found.permanent);
    const ticket = await ticketFor(call, found.scene);
    if ('code' in ticket) return ticket;
    const createdAt = found.scene?.createdAt ?? now;
    const { kind, targetId, name } = body;
    const scene = { id, kind, targetId, name, createdAt, renewalDays: renewalDaysOf(body) };
    const written = withTicket(scene, ticket, found.scene);
    await deps.db.batch([putScene(written)]);
    return ok(viewScene(written));
  },
});

type PutCall = Call<z.infer<typeof params>, unknown, SceneInput>;

const targetNames = {
  associate: 'associate',
  staff: 'associate',
  store: 'store',
  coupon: 'coupon template',
  campaign: 'campaign',
  source: 'source',
} as const;

const renewalDaysOf = ({ kind, permanent, renewed, days }: SceneInput): number | null =>
  permanent || !renewed || kind === 'staff' ? null : days;

/** A code that is looked after by itself, or never ends, is as good as a new one. */
async function ticketFor(
  { deps: { account }, now, params: { id: scene }, body }: PutCall,
  before: Scene | null,
): Promise<Ticket | Problem> {
  const wasPermanent = before?.ticket != null && before.expiresAt === null;
  const isLookedAfter = renewalDaysOf(body) !== null && (before?.expiresAt ?? 0) > now;
  const isKept = body.permanent ? wasPermanent : isLookedAfter && before?.renewalDays === body.days;
  if (before && isKept) return { ticket: before.ticket, url: before.url, expiresAt: before.expiresAt };
  const expiresInSeconds = body.permanent ? null : body.days * secondsPerDay;
  return makeCode(account, { scene, expiresInSeconds }, now);
}

const alreadyScanned = invalidField(
  'kind',
  'a colleague’s code works once, and this one was scanned already',
);

const tooManyPermanent = (permanent: number): Problem => ({
  status: 409,
  code: 'too_many_permanent',
  detail: `an account has at most ${permanentMax} permanent codes; make this one temporary`,
  numbers: { permanent, limit: permanentMax },
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
      {
        cursor: z.string().max(64),
        start: '',
        read: async (after, limit) => {
          const found = await listScenes(deps.db, { kind: query.kind ?? null, after, limit: limit + 1 });
          return cut(found, limit, ({ id }) => id);
        },
      },
      viewScene,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/scenes/{id}',
  summary: 'One scene, with its code, its scans and its claims',
  refusals: { 404: ['unknown_scene'] },
  params,
  answer: SceneAnswer,
  handle: async ({ deps, params: { id } }) => {
    const scene = await readScene(deps.db, id);
    return scene ? ok(viewScene(scene)) : unknownScene;
  },
});

export const sceneRoutes = [put, list, get];
