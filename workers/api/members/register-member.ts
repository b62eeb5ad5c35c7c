/** 建档: a member entered by hand is decided like one from the till, with the same matching and the same gifts. */
import * as z from 'zod';
import { AssociateId, type IdentityKey } from '../../../schema/index.ts';
import { register } from '../../commands/members/register.ts';
import { namespaceOf } from '../../commands/sources/namespace.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { identityKeys, keysOfSomebody } from '../../decide/members/who/identity-keys.ts';
import { isUnreadPhone } from '../../decide/plain/phones.ts';
import type { Problem } from '../../platform/problem.ts';
import { MemberProfile } from '../../commands/canonical.ts';
import { invalidField } from '../../commands/invalid.ts';
import { ChildrenInput, invalidChild } from './children.ts';
import { sourceOf } from '../call/bound.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { namedBody, route, type Call, type Outcome, type Success } from '../call/define.ts';
import { beyondTill, officeFields, refusedToTill } from './office-only.ts';
import { MemberAnswer, viewMember } from './member-view.ts';
import { SourceName } from '../sources/source-named.ts';

const Body = namedBody(
  'MemberInput',
  MemberProfile.extend({
    associateId: AssociateId.nullable().optional(),
    children: ChildrenInput.optional(),
    source: SourceName,
  }).strict(),
);
const whatIsPhone = 'must be a mobile number of 11 digits; leave it out if it is not known in full';
type RegisterCall = Call<unknown, unknown, z.infer<typeof Body>>;

export const registerMember = route({
  method: 'POST',
  path: '/members',
  tag: 'Members',
  summary: 'Register a member, or tell something new about one',
  description: `Matched by any of the numbers given: 200 when the member was known, 201 when not. A new member receives what a new member receives. The scope pos may say who somebody is, not let somebody in: ${officeFields.join(', ')} need the scope admin, and so does joining two members one of whom has a WeChat, or changing a member’s associate. An openid is one of the shop’s Official Account; with another appId it names nobody.`,
  scope: 'pos',
  statuses: [201, 200],
  refusals: { 403: ['insufficient_scope'], 409: ['idempotency_key_reused'], 503: ['not_decided'] },
  body: Body,
  answer: MemberAnswer,
  handle: async (call) => {
    const { deps, body, token } = call;
    const forbidden = beyondTill(token, body);
    if (forbidden) return forbidden;
    const named = await namespaceOf(deps.db, sourceOf(token, body.source));
    if ('code' in named) return named;
    // Said at once, for nobody looks at an event of this kind.
    if (isUnreadPhone(body.phone)) return invalidField('phone', whatIsPhone);
    const { settings } = await deps.engine.config.get();
    const keys = keysOfSomebody(settings, identityKeys(body, named.namespace));
    if (keys.length === 0) {
      const message = 'names nobody: give externalId, cardNo, unionid, openid or a phone of 11 digits';
      return invalidField(body.phone ? 'phone' : 'externalId', message);
    }
    const wrong = invalidChild(body.children ?? [], call.now);
    if (wrong) return wrong;
    return (await takeKey(call)) ?? ask(call, named.namespace, keys);
  },
});

async function ask(
  call: RegisterCall,
  namespace: string,
  keys: readonly IdentityKey[],
): Promise<Outcome<MemberAnswer>> {
  const { deps, now, token, requestKey } = call;
  const { associateId, children, source: _, ...data } = call.body;
  const id = await commandId(call);
  const by = token.scopes.includes('admin') ? ('office' as const) : ('till' as const);
  const asked = { id, namespace, keys, data, by, associateId, children };
  const registered = await register(deps.engine, asked, now);
  if ('refusal' in registered) return refusedToTill(registered.refusal, call.body);
  if ('undecided' in registered) return notDecided;
  deps.doorbell.ring();
  const success: Success<MemberAnswer> = {
    status: registered.isNew ? 201 : 200,
    body: viewMember(token, registered.holdings, now),
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
