/** 接口令牌: who may call, for which till, and until when. */
import * as z from 'zod';
import { tokenScopes } from '../../../schema/index.ts';
import { makeToken, revokeToken, TokenInput } from '../../commands/shop/tokens.ts';
import { listTokens, type Token } from '../../db/shop/tokens.ts';
import type { Problem } from '../../platform/problem.ts';
import { commit } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { listOf, newestFirst, paged, pageQuery } from '../call/paging.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const TokenSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.enum(tokenScopes),
  source: z
    .string()
    .nullable()
    .meta({ description: 'The only system that it acts for; null for the office.' }),
  stores: z
    .array(z.string())
    .nullable()
    .meta({ description: 'The only stores that it acts in; null for all.' }),
  createdAt: At,
  expiresAt: At.nullable(),
  revokedAt: At.nullable(),
  lastUsedAt: At.nullable().meta({ description: 'To the day: noted once in 24 hours.' }),
});
const Listed = namedAnswer('Token', TokenSummary);
const Made = namedAnswer(
  'NewToken',
  TokenSummary.extend({
    token: z.string().optional().meta({ description: 'Shown once: only its hash is stored.' }),
    notice: z.string().optional().meta({
      description: 'Of an answer repeated for its Idempotency-Key: what it holds no longer.',
    }),
  }),
);

const view = (token: Token): z.infer<typeof TokenSummary> => ({
  id: token.id,
  name: token.name,
  scope: token.scopes.includes('admin') ? 'admin' : 'pos',
  source: token.sourceId,
  stores: token.stores && [...token.stores],
  createdAt: instant(token.createdAt),
  expiresAt: instantOrNull(token.expiresAt),
  revokedAt: instantOrNull(token.revokedAt),
  lastUsedAt: instantOrNull(token.lastUsedAt),
});

const common = { tag: 'Tokens', scope: 'admin' } as const;

const list = route({
  ...common,
  method: 'GET',
  path: '/tokens',
  summary: 'API tokens, newest first',
  description: 'Without their secrets; revoked and expired ones as well.',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('TokenList', Listed),
  handle: ({ deps, query }) =>
    paged(
      query,
      newestFirst(
        (before, limit) => listTokens(deps.db, before, limit),
        ({ createdAt, id }) => ({ at: createdAt, id }),
      ),
      view,
    ),
});

const shownBefore =
  'the token was shown once, in the first answer to this Idempotency-Key; if it was lost, revoke it and make another';

const make = route({
  ...common,
  method: 'POST',
  path: '/tokens',
  summary: 'Make an API token',
  description:
    'For a till (pos), bound to the source it sends as and, if given, to its stores: a call that names another is refused with 403 outside_binding. Or for the office (admin), bound to nothing.',
  statuses: [201],
  body: namedBody('TokenInput', TokenInput),
  answer: Made,
  handle: async (call) => {
    const draft = await makeToken(call.deps, call.body, call.now);
    if ('code' in draft) return draft;
    const { token, secret } = draft.row;
    const shown: z.infer<typeof Made> = { ...view(token), token: secret };
    return commit(call, draft, created(shown), created({ ...view(token), notice: shownBefore }));
  },
});

const revoke = route({
  ...common,
  method: 'DELETE',
  path: '/tokens/{id}',
  summary: 'Revoke an API token',
  description: 'From the next call on. It stays listed; revoking it again changes nothing.',
  statuses: [200],
  refusals: { 404: ['unknown_token'], 409: ['own_token'] },
  params: z.strictObject({ id: z.string().min(1).max(64) }),
  answer: Listed,
  handle: async ({ deps, now, token, params: { id } }) => {
    if (id === token.id) return ownToken;
    const revoked = await revokeToken(deps.db, id, now);
    return 'code' in revoked ? revoked : ok(view(revoked));
  },
});

/** So that a shop never revokes the last one that can make others. */
const ownToken: Problem = {
  status: 409,
  code: 'own_token',
  detail:
    'this is the token of this very call; revoke it with another one, or with `npm run token -- revoke`',
};

export const tokenRoutes = [list, make, revoke];
