/** 给一群会员发券 over the API: tried first, then begun, looked after and stopped. */
import * as z from 'zod';
import { grantJobStates, grantOutcomeKinds, type GrantJob } from '../../../schema/index.ts';
import {
  begunAtOnce,
  drawGrantJob,
  endGrantJob,
  GrantJobInput,
  unknownJob,
} from '../../commands/coupons/grant-jobs.ts';
import { previewGrantJob } from '../../commands/coupons/grant-preview.ts';
import { readGrantJob } from '../../db/coupons/grant-jobs.ts';
import type { Db } from '../../db/db.ts';
import type { Token } from '../../db/shop/tokens.ts';
import { commit } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const Answer = namedAnswer(
  'CouponGrantJob',
  z.strictObject({
    id: z.string(),
    state: z
      .enum(grantJobStates)
      .meta({ description: 'draft: drawn up in the console, and nobody has confirmed it.' }),
    templateId: z.string(),
    count: z.int(),
    reason: z.string(),
    tells: z.boolean(),
    by: z.string(),
    people: z.int().meta({ description: 'How many there were when it was drawn up.' }),
    unknown: z.int().meta({ description: 'How many numbers of a list were nobody’s.' }),
    outcomes: z
      .strictObject(Object.fromEntries(grantOutcomeKinds.map((kind) => [kind, z.int()])))
      .meta({ description: 'What became of those dealt with so far: `given`, or what stood in the way.' }),
    createdAt: At,
    startedAt: At.nullable(),
    endedAt: At.nullable(),
  }),
);

const view = ({ counts, createdAt, startedAt, endedAt, ...job }: GrantJob): z.infer<typeof Answer> => ({
  id: job.id,
  state: job.state,
  templateId: job.templateId,
  count: job.count,
  reason: job.reason,
  tells: job.tells,
  by: job.by,
  people: job.people,
  unknown: job.unknown,
  outcomes: Object.fromEntries(grantOutcomeKinds.map((kind) => [kind, counts[kind] ?? 0])),
  createdAt: instant(createdAt),
  startedAt: instantOrNull(startedAt),
  endedAt: instantOrNull(endedAt),
});

const common = { tag: 'Coupons', scope: 'admin' } as const;
const refusals = { 404: ['unknown_template'] } as const;
const body = namedBody('CouponGrantJobInput', GrantJobInput);
const drawerOf = ({ name, stores }: Token) => ({ by: name, storeIds: stores });

const dryRun = route({
  ...common,
  method: 'POST',
  path: '/coupon-grant-jobs/dry-run',
  summary: 'Whom a grant would reach, and what it would cost',
  description: 'Nothing is given and nothing is kept.',
  statuses: [200],
  refusals,
  isTrial: true,
  takesKey: false,
  body,
  answer: namedAnswer(
    'CouponGrantForecast',
    z.strictObject({
      people: z.int(),
      unknown: z.int().meta({ description: 'How many numbers of a list were nobody’s.' }),
      full: z.int().meta({ description: 'Of them, those who have had as many as one may have.' }),
      left: z
        .int()
        .nullable()
        .meta({ description: 'How many coupons there still are, in all or today; null is no end.' }),
      getting: z.int().meta({ description: 'How many of them would get it as things stand.' }),
      costFen: z.int().nullable().meta({ description: 'Null where nobody has said what one costs.' }),
      isOver: z.boolean().meta({ description: 'It would be over when it is given.' }),
    }),
  ),
  handle: async ({ deps, body, token, now }) => {
    const draft = await drawGrantJob(deps.db, body, drawerOf(token), now);
    if ('code' in draft) return draft;
    const { template: _, ...forecast } = await previewGrantJob(deps.db, draft.row, now);
    return ok({ ...forecast, unknown: draft.row.unknown });
  },
});

const begin = route({
  ...common,
  method: 'POST',
  path: '/coupon-grant-jobs',
  summary: 'Give everybody of a group coupons',
  description:
    'It begins at once and goes on page by page, everybody once and within the limits of the template; try it with dry-run first. A token that is bound to stores reaches their members alone.',
  statuses: [201],
  refusals: { ...refusals, 409: ['idempotency_key_reused'] },
  untold: ['to'],
  body,
  answer: Answer,
  handle: async (call) => {
    const { deps, body, token, now } = call;
    const draft = await drawGrantJob(deps.db, body, drawerOf(token), now);
    if ('code' in draft) return draft;
    const begun = begunAtOnce(draft, now);
    return commit(call, begun, created(view(begun.row)));
  },
});

const one = {
  ...common,
  params: z.strictObject({ id: z.string().min(1).max(128) }),
  statuses: [200],
  answer: Answer,
} as const;

/** A token sees the jobs that end where its stores do. */
async function jobFor(db: Db, id: string, { stores }: Token): Promise<GrantJob | null> {
  const job = await readGrantJob(db, id);
  const isIts = stores === null || (job?.storeIds?.every((store) => stores.includes(store)) ?? false);
  return isIts ? job : null;
}

const get = route({
  ...one,
  method: 'GET',
  path: '/coupon-grant-jobs/{id}',
  summary: 'One grant to a group, and how far it has come',
  description: 'How many have got theirs, and why others have not; it goes on by itself until `endedAt`.',
  refusals: { 404: ['unknown_grant_job'] },
  handle: async ({ deps, params: { id }, token }) => {
    const job = await jobFor(deps.db, id, token);
    return job ? ok(view(job)) : unknownJob;
  },
});

const stop = route({
  ...one,
  method: 'POST',
  path: '/coupon-grant-jobs/{id}/stop',
  summary: 'Give no more of a grant to a group',
  description: 'What has been given stays given.',
  refusals: { 404: ['unknown_grant_job'], 409: ['already_ended'] },
  takesKey: false,
  handle: async ({ deps, params: { id }, token, now }) => {
    if (!(await jobFor(deps.db, id, token))) return unknownJob;
    const ended = await endGrantJob(deps.db, id, now);
    return 'code' in ended ? ended : ok(view(ended));
  },
});

export const grantJobRoutes = [dryRun, begin, get, stop];
