/** 领券批次: made, listed, printed and called off over the API. */
import * as z from 'zod';
import { BatchId, BatchInput, type CouponBatch } from '../../../schema/index.ts';
import { listCodes, codeStates } from '../../commands/coupons/list-codes.ts';
import { callOff, couponBatches } from '../../commands/definitions/coupon-batches.ts';
import { unknown } from '../../commands/definitions/define.ts';
import { readBatch } from '../../db/coupons/batches.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { listOf, paged, pageQuery } from '../call/paging.ts';
import { fixedResource } from '../call/resource.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const [link, codes] = BatchInput.options;
const more = {
  id: z.string(),
  claimed: z.int(),
  createdAt: At,
  endedAt: At.nullable().meta({ description: 'When what was left of it was called off.' }),
};
const Batch = z.discriminatedUnion('kind', [link.extend(more), codes.extend(more)]);

const view = ({ id, definition, claimed, createdAt, endedAt }: CouponBatch): z.infer<typeof Batch> => ({
  ...definition,
  id,
  claimed,
  createdAt: instant(createdAt),
  endedAt: instantOrNull(endedAt),
});

const made = fixedResource({
  definition: couponBatches,
  path: '/coupon-batches',
  tag: 'Coupons',
  name: 'CouponBatch',
  answer: Batch,
  view,
  create: {
    summary: 'Make a batch of coupons to be claimed',
    description:
      'A link is one address, `/m/claim/{id}` of the shop, that anybody may open; `?at=` names one of its placements, from 0. Codes are printed, and each is good once.',
  },
  list: { summary: 'Batches, newest first', description: 'Those that are over or called off included.' },
});

const unknownBatch = unknown(couponBatches);
const one = {
  tag: 'Coupons',
  scope: 'admin',
  statuses: [200],
  params: z.strictObject({ id: BatchId }),
  refusals: { 404: [unknownBatch.code] },
} as const;

const get = route({
  ...one,
  method: 'GET',
  path: '/coupon-batches/{id}',
  summary: 'One batch, with how many were claimed',
  description: 'Its printed codes are listed by GET /coupon-batches/{id}/codes.',
  answer: Batch,
  handle: async ({ deps, params: { id } }) => {
    const batch = await readBatch(deps.db, id);
    return batch ? ok(view(batch)) : unknownBatch;
  },
});

const printed = route({
  ...one,
  method: 'GET',
  path: '/coupon-batches/{id}/codes',
  summary: 'The printed codes of a batch, with the state of each',
  description: 'Of a link there are none.',
  query: z.strictObject(pageQuery),
  answer: listOf(
    'CouponCodeList',
    namedAnswer(
      'CouponCode',
      z.strictObject({
        number: z.int(),
        code: z.string(),
        state: z.enum(codeStates),
        claimedAt: At.nullable(),
      }),
    ),
  ),
  handle: async ({ deps, params: { id }, query, now }) => {
    const batch = await readBatch(deps.db, id);
    if (!batch) return unknownBatch;
    return paged(
      query,
      {
        cursor: z.int().min(0),
        start: 0,
        read: (from, limit) => listCodes(deps.engine, batch, { from, limit }, now),
      },
      ({ claimedAt, ...code }) => ({ ...code, claimedAt: instantOrNull(claimedAt) }),
    );
  },
});

const end = route({
  ...one,
  method: 'POST',
  path: '/coupon-batches/{id}/call-off',
  summary: 'Call off what is left of a batch',
  description: 'Nothing more is claimed of it. Coupons that were claimed stay with whoever has them.',
  takesKey: false,
  answer: Batch,
  handle: async ({ deps, params: { id }, now }) => {
    const batch = await callOff(deps.db, id, now);
    return batch ? ok(view(batch)) : unknownBatch;
  },
});

export const batchRoutes = [...made, get, printed, end];
