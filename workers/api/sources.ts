/** 数据来源: the systems that may send, and the secrets they sign with. A secret is shown once. */
import * as z from 'zod';
import { SourceUpkeep } from '../../schema/index.ts';
import { listSources, putSource, readSource, rotateSecret } from '../db/registered-sources.ts';
import { hourMs } from '../decide/dates.ts';
import type { Problem } from '../problem.ts';
import { invalid, invalidField } from './check.ts';
import { commit } from './commit.ts';
import { created, namedAnswer, namedBody, ok, route } from './define.ts';
import { newSecret } from './digest.ts';
import { cut, listOf, paged, pageQuery } from './paging.ts';
import { At, instant } from './shapes.ts';
import { SourceAnswer, SourceSummary, viewSource } from './source-view.ts';

const slug = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, `${what} is 1 to 40 of a-z, 0-9 and -, and does not begin with -`);
const params = z.strictObject({ id: slug('an id') });

const common = { tag: 'Sources', scope: 'admin' } as const;

const list = route({
  ...common,
  method: 'GET',
  path: '/sources',
  summary: 'Systems that may send, by id',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('SourceList', SourceSummary),
  handle: ({ deps, query }) =>
    paged(
      query,
      {
        cursor: z.string(),
        start: '',
        read: async (after, limit) =>
          cut(await listSources(deps.db, after, limit + 1), limit, ({ id }) => id),
      },
      viewSource,
    ),
});

const put = route({
  ...common,
  method: 'PUT',
  path: '/sources/{id}',
  summary: 'Register a system, or rename it',
  description:
    'A new one gets its secret here, shown once; it may send to /hooks/erp/{id} within half a minute. The namespace keeps the numbers of two systems apart and never changes; it is the id unless given. A config that is left out stays.',
  statuses: [200, 201],
  refusals: { 409: ['namespace_is_fixed'] },
  params,
  body: namedBody(
    'SourceInput',
    z.strictObject({
      name: z.string().trim().min(1).max(60),
      adapter: z.string().min(1).max(40),
      namespace: slug('a namespace').optional(),
      config: z.record(z.string(), z.unknown()).nullable().optional(),
    }),
  ),
  answer: SourceAnswer,
  handle: async ({ deps, now, params: { id }, body }) => {
    const { name, adapter, namespace } = body;
    const adapters = deps.adapters ?? ['generic'];
    if (!adapters.includes(adapter)) return invalidField('adapter', `must be one of ${adapters.join(', ')}`);
    const upkeep = SourceUpkeep.safeParse(body.config ?? {});
    if (!upkeep.success) return invalid(upkeep.error, 'config');
    const secret = newSecret();
    const known = await readSource(deps.db, id);
    if (known && namespace !== undefined && namespace !== known.namespace)
      return namespaceIsFixed(known.namespace);
    const stored = await putSource(deps.db, {
      id,
      name,
      adapter,
      namespace: namespace ?? id,
      config: body.config === undefined ? (known?.config ?? null) : body.config,
      secrets: [{ secret, validTo: null }],
      createdAt: now,
    });
    const isNew = stored.secrets.some((one) => one.secret === secret);
    return isNew ? created({ ...viewSource(stored), secret }) : ok(viewSource(stored));
  },
});

const overlapHoursMax = 24 * 30;

const rotate = route({
  ...common,
  method: 'POST',
  path: '/sources/{id}/rotate',
  summary: 'Give a system a new secret',
  description: 'Both verify until the overlap ends; 0 hours ends the old one at once.',
  statuses: [200],
  refusals: { 404: ['unknown_source'], 409: ['idempotency_key_reused'] },
  params,
  body: namedBody(
    'Rotation',
    z.strictObject({ overlapHours: z.int().min(0).max(overlapHoursMax).default(24) }),
  ),
  answer: namedAnswer('NewSecret', z.strictObject({ id: z.string(), secret: z.string(), oldValidTo: At })),
  handle: async (call) => {
    const {
      deps,
      now,
      params: { id },
      body,
    } = call;
    if (!(await readSource(deps.db, id))) return unknownSource;
    const secret = newSecret();
    const overlapTo = now + body.overlapHours * hourMs;
    const answer = ok({ id, secret, oldValidTo: instant(overlapTo) });
    return commit(call, [rotateSecret(id, secret, now, overlapTo)], answer);
  },
});

const unknownSource: Problem = { status: 404, code: 'unknown_source', detail: 'no source has this id' };
const namespaceIsFixed = (namespace: string): Problem => ({
  status: 409,
  code: 'namespace_is_fixed',
  detail: `everything this source sent is kept under ${namespace}; register another source for another namespace`,
  field: 'namespace',
});

export const sourceRoutes = [list, put, rotate];
