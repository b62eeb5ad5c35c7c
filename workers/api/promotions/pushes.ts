/** 导购发券: who offered which coupon to how many, and what became of it. */
import * as z from 'zod';
import { AssociateId, pushModes } from '../../../schema/index.ts';
import { listPushes, placesOfPush, readPush, type PushCounts } from '../../db/coupons/pushes.ts';
import type { Problem } from '../../platform/problem.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { listOf, newestFirst, paged, pageQuery } from '../call/paging.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const common = { tag: 'Coupons', scope: 'admin', method: 'GET', statuses: [200] } as const;
const unknownPush: Problem = {
  code: 'unknown_push',
  status: 404,
  detail: 'No push has this id: GET /coupon-pushes lists them.',
};

const Answer = namedAnswer(
  'CouponPush',
  z.strictObject({
    id: z.string(),
    associateId: z.string(),
    templateId: z.string(),
    mode: z.enum(pushModes).meta({
      description: 'entrance: each member was told and takes it herself. direct: given at once.',
    }),
    at: At,
    until: At.meta({ description: 'What nobody has taken by then is the associate’s to offer again.' }),
    pushed: z.int().meta({ description: 'Members it was offered to.' }),
    claimed: z.int(),
    used: z.int(),
    reclaimed: z.int().meta({ description: 'Not taken in time.' }),
  }),
);

const view = ({ push, pushed, claimed, used, reclaimed }: PushCounts): z.infer<typeof Answer> => ({
  id: push.id,
  associateId: push.associateId,
  templateId: push.templateId,
  mode: push.mode,
  at: instant(push.at),
  until: instant(push.until),
  pushed,
  claimed,
  used,
  reclaimed,
});

const many = route({
  ...common,
  path: '/coupon-pushes',
  summary: 'Coupons that associates offered, newest first',
  description: 'With `associate`, those of one of them.',
  query: z.strictObject({ ...pageQuery, associate: AssociateId.optional() }),
  answer: listOf('CouponPushList', Answer),
  handle: ({ deps, query, now }) =>
    paged(
      query,
      newestFirst(
        (before, limit) => listPushes(deps.db, { associateId: query.associate ?? null, before, limit }, now),
        ({ push: { at, id } }) => ({ at, id }),
      ),
      view,
    ),
});

const one = route({
  ...common,
  path: '/coupon-pushes/{id}',
  summary: 'What became of each place of a push',
  description: 'At most two hundred places, in the order they were offered; names of the forgotten are null.',
  params: z.strictObject({ id: z.string().min(1).max(64) }),
  refusals: { 404: [unknownPush.code] },
  answer: namedAnswer(
    'CouponPushPlaces',
    z.strictObject({
      items: z.array(
        z.strictObject({
          memberId: z.string(),
          name: z.string().nullable(),
          claimedAt: At.nullable(),
          usedAt: At.nullable(),
          usedFor: z
            .string()
            .nullable()
            .meta({ description: 'The receipt or cart that the coupon was used for.' }),
        }),
      ),
    }),
  ),
  handle: async ({ deps, params: { id } }) => {
    if (!(await readPush(deps.db, id))) return unknownPush;
    const places = await placesOfPush(deps.db, id);
    return ok({
      items: places.map((place) => ({
        ...place,
        claimedAt: instantOrNull(place.claimedAt),
        usedAt: instantOrNull(place.usedAt),
      })),
    });
  },
});

export const pushRoutes = [many, one];
