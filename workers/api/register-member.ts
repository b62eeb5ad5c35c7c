/** 建档: a member told by hand goes the way of one the till tells, with the same matching and the same gifts. */
import * as z from 'zod';
import { AssociateId, EventId, type IdentityKey, type MemberTold } from '../../schema/index.ts';
import { claimKey, fillAnswer, keptAnswer, toKeptAnswer } from '../db/idempotency.ts';
import { isAnyoneKnown, readStrongest } from '../db/members.ts';
import { identityKeys } from '../decide/identities.ts';
import { processGroup } from '../process.ts';
import type { Problem } from '../problem.ts';
import { MemberProfile } from './canonical.ts';
import { invalidField } from './check.ts';
import { replay } from './commit.ts';
import { namedBody, route, type Call, type Outcome, type Success } from './define.ts';
import { newId, sha256Hex } from './digest.ts';
import { MemberAnswer, viewMember } from './member-view.ts';
import { namespaceOf, SourceName } from './source-named.ts';

const Body = namedBody(
  'MemberInput',
  MemberProfile.extend({
    associateId: AssociateId.nullable().optional(),
    source: SourceName,
  }).strict(),
);
type RegisterCall = Call<unknown, unknown, z.infer<typeof Body>>;

export const registerMember = route({
  method: 'POST',
  path: '/members',
  tag: 'Members',
  summary: 'Register a member, or tell something new about one',
  description:
    'Matched by any of the numbers given: 200 when the member was known, 201 when not. A new member receives what a new member receives.',
  scope: 'pos',
  statuses: [201, 200],
  refusals: { 409: ['idempotency_key_reused'], 503: ['not_decided'] },
  body: Body,
  answer: MemberAnswer,
  handle: async (call) => {
    const { deps, body } = call;
    const named = await namespaceOf(deps.db, body.source);
    if ('code' in named) return named;
    const keys = identityKeys(body, named.namespace);
    if (keys.length === 0) {
      const message = 'names nobody: give externalId, cardNo, unionid, openid or a phone of 11 digits';
      return invalidField(body.phone ? 'phone' : 'externalId', message);
    }
    return (await taken(call)) ?? register(call, named.namespace, keys);
  },
});

/** Takes the key before anything happens. Who finds it taken by the same body carries on: deciding twice changes nothing. */
async function taken({ deps, now, requestKey }: RegisterCall): Promise<Outcome<MemberAnswer> | null> {
  if (requestKey === null) return null;
  const results = await deps.db.batch([claimKey(requestKey, now), keptAnswer(requestKey.key)]);
  const kept = toKeptAnswer(results[1]?.rows[0]);
  return kept && replay(kept, requestKey.bodyHash);
}

async function register(
  call: RegisterCall,
  namespace: string,
  keys: readonly IdentityKey[],
): Promise<Outcome<MemberAnswer>> {
  const { deps, now, token, requestKey } = call;
  const { associateId, source: _, ...data } = call.body;
  const isKnown = await isAnyoneKnown(deps.db, keys);
  const event: MemberTold = {
    type: 'member.created',
    // The same request is the same event, however often it is sent.
    id: EventId.parse(
      requestKey ? `api_${await sha256Hex(requestKey.key + requestKey.bodyHash)}` : newId('api'),
    ),
    namespace,
    occurredAt: now,
    data,
  };
  const failed = await processGroup(deps.engine, [{ event, seq: null }], now);
  const holdings = failed.length === 0 ? await readStrongest(deps.db, keys, associateId) : null;
  if (!holdings) return notDecided;
  deps.doorbell.ring();
  const success: Success<MemberAnswer> = {
    status: isKnown ? 200 : 201,
    body: viewMember(token, holdings),
  };
  if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}

const notDecided: Problem = {
  status: 503,
  code: 'not_decided',
  detail: 'the member could not be settled; send it again with the same Idempotency-Key',
  retryAfterSeconds: 1,
};
