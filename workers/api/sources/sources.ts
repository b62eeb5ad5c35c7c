/** 数据来源: the systems that may send, how they are read, and the secrets they sign with. A secret is shown once. */
import * as z from 'zod';
import type { Source } from '../../../schema/index.ts';
import { insertSource, listSources, readSource, updateSource } from '../../db/sources/registered-sources.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import { created, namedBody, ok, route } from '../call/define.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { checkSender, noSenders } from './source-check.ts';
import { SecretInput, secretsFor } from './source-secret.ts';
import { SourceAnswer, SourceSummary, viewSource, viewWebhook } from './source-view.ts';

const slug = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, `${what} is 1 to 40 of a-z, 0-9 and -, and does not begin with -`);
export const sourceParams = z.strictObject({ id: slug('an id') });

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

const get = route({
  ...common,
  method: 'GET',
  path: '/sources/{id}',
  summary: 'A system that may send, and what its sending side has to know',
  statuses: [200],
  refusals: { 404: ['unknown_source'], 503: ['no_senders'] },
  params: sourceParams,
  answer: SourceAnswer,
  handle: async ({ deps, origin, params: { id } }) => {
    const source = await readSource(deps.db, id);
    if (!source) return unknownSource;
    if (!deps.senders) return noSenders;
    return ok({ ...viewSource(source), webhook: await viewWebhook(deps.senders, source, origin) });
  },
});

const put = route({
  ...common,
  method: 'PUT',
  path: '/sources/{id}',
  summary: 'Register a system, or change how it is read',
  description:
    'Everything in `config` is checked first: the adapter’s own settings, the signature scheme, the mapping against its samples, and `poll`; `issues` names each mistake. A secret made here is shown once, and so is an address with a token. A new source may send within five seconds, and a change is known everywhere within half a minute. The namespace keeps the numbers of two systems apart and never changes; it is the id unless given. A config that is left out stays.',
  statuses: [200, 201],
  refusals: { 409: ['namespace_is_fixed', 'secret_is_kept', 'changed_meanwhile'], 503: ['no_senders'] },
  params: sourceParams,
  body: namedBody(
    'SourceInput',
    z.strictObject({
      name: z.string().trim().min(1).max(60),
      adapter: z.string().min(1).max(40).meta({ description: 'One of GET /source-adapters.' }),
      namespace: slug('a namespace').optional(),
      config: z.record(z.string(), z.unknown()).nullable().optional(),
      secret: SecretInput.optional(),
    }),
  ),
  answer: SourceAnswer,
  handle: async ({ deps, now, origin, params: { id }, body }) => {
    const { db, senders, polls } = deps;
    if (!senders) return noSenders;
    if (senders.reservedIds.includes(id)) return invalidField('id', 'is taken by Huike itself');
    const before = await readSource(db, id);
    const { name, adapter, namespace = before?.namespace ?? id, secret: given } = body;
    if (before && namespace !== before.namespace) return namespaceIsFixed(before.namespace);
    const config = body.config === undefined ? (before?.config ?? null) : body.config;
    const problem = await checkSender({ senders, polls }, { adapter, config }, before);
    if (problem) return problem;
    const chosen = await secretsFor(senders, { adapter, config }, before, given);
    if ('code' in chosen) return chosen;

    const { secrets, secret, token } = chosen;
    const createdAt = before?.createdAt ?? now;
    const source: Source = { id, name, adapter, namespace, config, secrets, createdAt };
    const isStored = before ? await updateSource(db, before, source) : await insertSource(db, source);
    if (!isStored) return changedMeanwhile;
    await senders.renew();
    const answer = {
      ...viewSource(source),
      webhook: await viewWebhook(senders, source, origin, token),
      ...(secret !== null && { secret }),
    };
    return before ? ok(answer) : created(answer);
  },
});

export const unknownSource: Problem = {
  status: 404,
  code: 'unknown_source',
  detail: 'no source has this id',
};
const namespaceIsFixed = (namespace: string): Problem => ({
  status: 409,
  code: 'namespace_is_fixed',
  detail: `everything this source sent is kept under ${namespace}; register another source for another namespace`,
  field: 'namespace',
});
const changedMeanwhile: Problem = {
  status: 409,
  code: 'changed_meanwhile',
  detail: 'somebody else changed this source at the same moment; look at it, and send it again',
};

export const sourceRoutes = [list, get, put];
