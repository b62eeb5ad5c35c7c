/** 批量打标签 over the API: put on, taken off, copied or moved by a job that goes on page by page. */
import * as z from 'zod';
import {
  tagJobStates,
  tagOutcomes,
  type TagAudience,
  type Tagging,
  type TagJob,
} from '../../../schema/index.ts';
import {
  copying,
  drawTagJob,
  moving,
  putting,
  taking,
  TagMoveInput,
  TagPutInput,
} from '../../commands/tags/tag-many.ts';
import { readTagJob } from '../../db/tags/tag-jobs.ts';
import type { Problem } from '../../platform/problem.ts';
import { commit } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route, type Call } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const common = { tag: 'Tags', scope: 'admin' } as const;

const Job = namedAnswer(
  'TagJob',
  z.strictObject({
    id: z.string(),
    state: z.enum(tagJobStates),
    put: z.array(z.string()),
    off: z.array(z.string()),
    from: z.string().nullable().meta({ description: 'Only who wears it is dealt with.' }),
    outcomes: z.strictObject(Object.fromEntries(tagOutcomes.map((kind) => [kind, z.int()]))).meta({
      description:
        'How many were dealt with so far: changed, or as they were; full: they wear as many as one may; nobody: merged or deleted.',
    }),
    createdAt: At,
    endedAt: At.nullable(),
  }),
);

const view = ({ id, state, tagging, counts, createdAt, endedAt }: TagJob): z.infer<typeof Job> => ({
  id,
  state,
  put: [...(tagging?.put ?? [])],
  off: [...(tagging?.off ?? [])],
  from: tagging?.from ?? null,
  outcomes: Object.fromEntries(tagOutcomes.map((kind) => [kind, counts[kind] ?? 0])),
  createdAt: instant(createdAt),
  endedAt: instantOrNull(endedAt),
});

const begin = <Body>(call: Call<unknown, unknown, Body>, tagging: Tagging, audience: TagAudience) => {
  const { token, now } = call;
  const draft = drawTagJob({ tagging, audience }, { by: token.name, storeIds: token.stores }, now);
  return commit(call, draft, created(view(draft.row)));
};

const job = {
  ...common,
  method: 'POST',
  statuses: [201],
  refusals: { 409: ['idempotency_key_reused'] },
  untold: ['memberIds'],
  answer: Job,
} as const;
const paged =
  'It begins at once and goes on page by page, everybody once. A token that is bound to stores reaches their members alone.';

const moveBody = namedBody('TagMove', TagMoveInput);
const putBody = namedBody('TagPut', TagPutInput);

const moved = (word: 'copy' | 'move', summary: string, tagging: typeof copying) =>
  route({
    ...job,
    path: `/tags/${word}`,
    summary,
    description: paged,
    body: moveBody,
    handle: (call) => {
      const { from, to, memberIds } = call.body;
      return begin(call, tagging(from, to), memberIds === null ? { tag: from } : { memberIds });
    },
  });

const given = (word: 'put' | 'remove', summary: string, tagging: typeof putting) =>
  route({
    ...job,
    path: `/tags/${word}`,
    summary,
    description: paged,
    body: putBody,
    handle: (call) => begin(call, tagging(call.body.tag), { memberIds: call.body.memberIds }),
  });

const get = route({
  ...common,
  method: 'GET',
  path: '/tag-jobs/{id}',
  summary: 'How far tagging many has come',
  description: 'Ask again while `state` is running; `outcomes` counts everybody who was dealt with so far.',
  statuses: [200],
  refusals: { 404: ['unknown_tag_job'] },
  params: z.strictObject({ id: z.string().min(1).max(128) }),
  answer: Job,
  handle: async ({ deps, params: { id }, token }) => {
    const found = await readTagJob(deps.db, id);
    const isIts =
      token.stores === null || (found?.storeIds?.every((store) => token.stores?.includes(store)) ?? false);
    return found && isIts ? ok(view(found)) : unknownJob;
  },
});

const unknownJob: Problem = { status: 404, code: 'unknown_tag_job', detail: 'no job has this id' };

export const tagJobRoutes = [
  moved('copy', 'Put a tag on everybody who wears another', copying),
  moved('move', 'Put another tag in the place of one', moving),
  given('put', 'Put a tag on many members', putting),
  given('remove', 'Take a tag off many members', taking),
  get,
];
