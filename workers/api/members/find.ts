/** 找会员 at the till: by phone, by its last four digits with the name, by card, or by a member code or a coupon that the customer shows. */
import * as z from 'zod';
import { Id } from '../../../schema/index.ts';
import {
  findByCoupon,
  findByLastDigits,
  findByTillNumber,
  findMembers,
  type MemberHoldings,
} from '../../db/members/members.ts';
import { memberByCode } from '../../commands/member-codes/member-code.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import { phoneKey } from '../../decide/members/who/identity-keys.ts';
import { plainPhone } from '../../decide/plain/phones.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import { namespaceWithoutSources } from '../../commands/sources/namespace.ts';
import { wrongCodeWords } from '../../words/member-code-words.ts';
import { namedAnswer, namedBody, ok, route, type ApiDeps } from '../call/define.ts';
import type { Token } from '../../db/shop/tokens.ts';
import { MemberAnswer, viewMember } from './member-view.ts';

/** Of a few digits; more is no answer for somebody who stands at a till. */
const foundMax = 20;

const Body = namedBody(
  'MemberSearch',
  z
    .strictObject({
      phone: Id.optional(),
      last4: z
        .string()
        .regex(/^\d{4}$/, 'must be the last four digits of a phone')
        .optional(),
      name: Id.optional().meta({ description: 'With last4: the name or a part of it.' }),
      cardNo: Id.optional(),
      couponCode: Id.optional(),
      memberCode: Id.optional().meta({
        description: '会员码: twenty digits that begin with 97, as scanned from the member’s phone.',
      }),
    })
    .refine(
      ({ name, ...ways }) =>
        Object.keys(ways).length === 1 && (name === undefined || ways.last4 !== undefined),
      'look for one of phone, last4 (with name), cardNo, couponCode, memberCode',
    ),
);
type Search = z.infer<typeof Body>;

export const findMember = route({
  method: 'POST',
  path: '/members/find',
  tag: 'Members',
  summary: 'Find who stands at the till',
  description: `Numbers and codes travel in the body, never in a path or a log. At most ${foundMax} are answered: with more than one, ask for the name. A card is looked for in the token’s own system, or in all of them. A member code is good for the minute in which it is shown and the one after; within it, it may be read as often as it takes.`,
  scope: 'pos',
  statuses: [200],
  refusals: { 422: ['member_code'], 429: ['too_many_codes'] },
  takesKey: false,
  body: Body,
  answer: namedAnswer('MembersFound', z.strictObject({ items: z.array(MemberAnswer) })),
  handle: async ({ deps, body, token, now }) => {
    const found =
      body.memberCode === undefined
        ? await search(deps, body, token)
        : await byMemberCode(deps, body.memberCode, token, now);
    return 'code' in found ? found : ok({ items: found.map((one) => viewMember(token, one, now)) });
  },
});

async function byMemberCode(
  { engine }: ApiDeps,
  typed: string,
  token: Token,
  now: number,
): Promise<MemberHoldings[] | Problem> {
  const read = await memberByCode(engine, { typed, by: `token:${token.id}` }, now);
  if ('found' in read) return [read.found];
  const [detail, field] = [wrongCodeWords(read.wrong), 'memberCode'];
  if (read.wrong !== 'too-many') return { status: 422, code: 'member_code', detail, field };
  const retryAfterSeconds = Math.ceil((read.until - now) / 1000);
  return { status: 429, code: 'too_many_codes', detail, field, retryAfterSeconds };
}

async function search(
  { db }: ApiDeps,
  body: Search,
  { sourceId }: Token,
): Promise<MemberHoldings[] | Problem> {
  const { phone, last4, name, cardNo, couponCode } = body;
  if (cardNo !== undefined)
    return findByTillNumber(db, 'card', cardNo, { sourceId, otherwise: namespaceWithoutSources });
  if (couponCode !== undefined) {
    const code = codeRead(couponCode);
    return code === null ? [] : findByCoupon(db, code);
  }
  if (last4 !== undefined)
    return findByLastDigits(db, { digits: last4, name: name ?? null, limit: foundMax });
  const plain = plainPhone(phone);
  return plain === null
    ? invalidField('phone', 'must be a mobile number of 11 digits')
    : findMembers(db, phoneKey(plain));
}
