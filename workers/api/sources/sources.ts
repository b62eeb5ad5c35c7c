/** 数据来源: the systems that may send, their adapters, and the secrets they sign with. A secret is shown once. */
import * as z from 'zod';
import { registerSource, slug, SourceInput, unknownSource } from '../../commands/sources/register.ts';
import { noSenders } from '../../commands/sources/source-check.ts';
import { listSources, readSource } from '../../db/sources/registered-sources.ts';
import { created, namedBody, ok, route } from '../call/define.ts';
import { byId, listOf, paged, pageQuery } from '../call/paging.ts';
import { SourceAnswer, SourceSummary, viewSource, viewWebhook } from './source-view.ts';

export const sourceParams = z.strictObject({ id: slug('an id') });

const common = { tag: 'Sources', scope: 'admin' } as const;

const list = route({
  ...common,
  method: 'GET',
  path: '/sources',
  summary: 'Systems that may send, by id',
  description: 'Without their secrets, which no call shows a second time.',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('SourceList', SourceSummary),
  handle: ({ deps, query }) =>
    paged(
      query,
      byId(
        (after, limit) => listSources(deps.db, after, limit),
        ({ id }) => id,
      ),
      viewSource,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/sources/{id}',
  summary: 'A system that may send, and what its sending side has to know',
  description: 'The address to paste, what is acknowledged and what is refused, without its secret.',
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
    'Everything in `config` is checked first: the adapter’s own settings, the signature scheme, the mapping against its samples, and `poll`; `issues` names each mistake. A secret made here is shown once, and so is an address with a token. A new source may send within five seconds, and a change is known everywhere within half a minute. The namespace keeps the numbers of two systems apart and never changes; it is the id unless given. `config.numbering` says how far the numbers of receipts reach; it is the same for all sources of a namespace, which follow when one of them changes. Once something was received, only a finer rule may follow; what was parked meanwhile is then replayed. A config that is left out stays.',
  statuses: [200, 201],
  refusals: {
    409: ['namespace_is_fixed', 'numbering_is_fixed', 'secret_is_kept', 'changed_meanwhile'],
    503: ['no_senders'],
  },
  params: sourceParams,
  body: namedBody('SourceInput', SourceInput),
  answer: SourceAnswer,
  handle: async ({ deps, now, origin, params: { id }, body }) => {
    const registered = await registerSource(deps, { id, ...body }, now);
    if ('code' in registered) return registered;
    const { source, senders, shown, isNew } = registered;
    const answer = {
      ...viewSource(source),
      webhook: await viewWebhook(senders, source, origin, shown.token),
      ...(shown.secret !== null && { secret: shown.secret }),
    };
    return isNew ? created(answer) : ok(answer);
  },
});

export const sourceRoutes = [list, get, put];
