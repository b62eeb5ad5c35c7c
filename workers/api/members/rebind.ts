/** 换绑: another WeChat, phone or associate for a member, with a reason that is kept. */
import * as z from 'zod';
import { AssociateId, Day, MemberId } from '../../../schema/index.ts';
import { invalidField } from '../../commands/invalid.ts';
import { rebind, type Rebinding } from '../../commands/members/rebind.ts';
import { readMember } from '../../db/members/members.ts';
import { associateById } from '../../db/shop/associates.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { rankOf } from '../../decide/levels/rules.ts';
import { plainPhone } from '../../decide/plain/phones.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Problem } from '../../platform/problem.ts';
import { commandId } from '../call/commit.ts';
import { namedBody, ok, route, type Call, type Outcome } from '../call/define.ts';
import { MemberAnswer, unknownMember, viewMember } from './member-view.ts';

const why = {
  reason: z.string().trim().min(1).max(500).meta({ description: 'Kept with the member.' }),
  proof: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'What showed that it is the member who asks, for example an identity card.' }),
};
const common = {
  method: 'PUT',
  tag: 'Members',
  scope: 'admin',
  statuses: [200],
  params: z.strictObject({ id: MemberId }),
  answer: MemberAnswer,
} as const;
const refusals = { 404: ['unknown_member'], 503: ['not_decided'] } as const;
const kept = 'Who did it and why is kept among the member’s contacts.';

const putOpenid = route({
  ...common,
  path: '/members/{id}/openid',
  summary: 'Bind a member to another WeChat',
  description: `The old account is told, and opens the member’s page no more; null leaves none. A member does it alone with a code sent to their phone, on the registration page. ${kept}`,
  refusals: { ...refusals, 409: ['wechat_taken'] },
  body: namedBody(
    'OpenidInput',
    z.strictObject({ openid: z.string().trim().min(1).max(128).nullable(), ...why }),
  ),
  handle: (call) => ask(call, { openid: call.body.openid }),
});

const putPhone = route({
  ...common,
  path: '/members/{id}/phone',
  summary: 'Give a member another phone number',
  description: `The old number leads to the member no more, for it may have a new owner tomorrow; null leaves none. ${kept}`,
  refusals: { ...refusals, 409: ['phone_taken'] },
  body: namedBody('PhoneInput', z.strictObject({ phone: z.string().max(40).nullable(), ...why })),
  handle: async (call) => {
    const phone = plainPhone(call.body.phone);
    if (phone === null && call.body.phone !== null)
      return invalidField('phone', 'must be a mobile number of 11 digits');
    return ask(call, { phone });
  },
});

const putAssociate = route({
  ...common,
  path: '/members/{id}/associate',
  summary: 'Give a member another associate',
  description: `What was sold before stays with whoever sold it; null leaves the member to the first code that they scan. ${kept}`,
  refusals,
  body: namedBody('AssociateOfMember', z.strictObject({ associateId: AssociateId.nullable(), ...why })),
  handle: async (call) => {
    const { associateId } = call.body;
    const found = associateId === null ? null : await associateById(call.deps.db, associateId);
    const isHere = associateId === null || found?.associate.endedAt === null;
    return isHere ? ask(call, { associateId }) : invalidField('associateId', 'is no associate of the shop');
  },
});

const putLevel = route({
  ...common,
  path: '/members/{id}/level',
  summary: 'Give a member a level by hand',
  description: `At once. It stands until its last day, or until purchases reach a higher one; null leaves none until the next purchase. ${kept}`,
  refusals,
  body: namedBody(
    'LevelOfMember',
    z.strictObject({
      level: z.string().trim().min(1).max(40).nullable(),
      lastOn: Day.nullable().default(null),
      ...why,
    }),
  ),
  handle: async (call) => {
    const { level: name, lastOn } = call.body;
    const { levels } = await readSettings(call.deps.db);
    if (name !== null && levels.list.length > 0 && rankOf(levels, name) < 0)
      return invalidField('level', `must be one of ${levels.list.map((one) => one.name).join(', ')}`);
    return ask(call, { level: { name, lastOn } });
  },
});

type RebindCall = Call<{ id: MemberId }, unknown, { reason: string; proof?: string | undefined }>;

async function ask(call: RebindCall, change: Rebinding): Promise<Outcome<MemberAnswer>> {
  const { deps, now, params, body, token } = call;
  const holdings = await readMember(deps.db, params.id);
  if (!holdings) return unknownMember;
  const { reason, proof } = body;
  const rebound = await rebind(
    deps.engine,
    {
      id: await commandId(call),
      memberId: holdings.member.id,
      change,
      reason: proof === undefined ? reason : `${reason}（核对了：${proof}）`,
      by: token.name,
    },
    now,
  );
  if ('undecided' in rebound) return notDecided;
  if ('refusal' in rebound) return refused(rebound.refusal);
  deps.doorbell.ring();
  return ok(viewMember(token, rebound.holdings, now));
}

function refused({ code }: Refusal): Problem {
  const field = code === 'WECHAT_TAKEN' ? 'openid' : 'phone';
  const detail = `${field} is another member’s; find them with GET /members?${field}=, and take it from them first`;
  return { status: 409, code: code.toLowerCase(), detail, field };
}

const notDecided: Problem = {
  status: 503,
  code: 'not_decided',
  detail: 'it could not be settled; send it again',
  retryAfterSeconds: 1,
};

export const rebindRoutes = [putOpenid, putPhone, putAssociate, putLevel];
