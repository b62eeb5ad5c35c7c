/** 会员: found by id or by any identity. */
import * as z from 'zod';
import { GroupId, Id, MemberId, TagWord } from '../../../schema/index.ts';
import {
  findByTillNumber,
  findMembers,
  listMembers,
  listWearers,
  readMember,
  type MemberHoldings,
} from '../../db/members/members.ts';
import { tagOfGroup } from '../../decide/tags/worn.ts';
import { identityKeys } from '../../decide/members/who/identity-keys.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import { refused } from '../call/bound.ts';
import { ok, route } from '../call/define.ts';
import { MemberAnswer, unknownMember, viewMember } from './member-view.ts';
import { viewInUse } from '../profile/in-use.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { namespaceWithoutSources } from '../../commands/sources/namespace.ts';

const number = Id.optional();
const numbers = { phone: number, openid: number, unionid: number, externalId: number, cardNo: number };

const MembersQuery = z
  .strictObject({
    ...numbers,
    tag: TagWord.optional().meta({ description: 'Who wears this tag.', example: '奶粉客' }),
    group: GroupId.optional(),
    ...pageQuery,
  })
  .refine(
    (query) => [...Object.keys(numbers), 'tag', 'group'].filter((key) => key in query).length <= 1,
    'look for one of phone, openid, unionid, externalId, cardNo, tag, group at a time',
  );

const list = route({
  method: 'GET',
  path: '/members',
  tag: 'Members',
  summary: 'Find members',
  description:
    'By one of their numbers, by a tag or a group, or all of them by id. A number of the till finds whoever has it in any of the merchant’s systems; a token bound to a source finds the one who has it there, and lists nobody. A till may ask this while the customer stands there: it costs one round trip to the database besides the one for the token, and a token of scope pos sees 139****5487. Nothing here counts requests: put a rate limit on the address of each till, 5 a second are plenty.',
  scope: 'pos',
  statuses: [200],
  query: MembersQuery,
  answer: listOf('MemberList', MemberAnswer),
  handle: ({ deps: { db }, query, token, now }) => {
    const { phone, openid, unionid, externalId, cardNo, group } = query;
    const tag = group === undefined ? query.tag : tagOfGroup(group);
    const { sourceId } = token;
    const among = { sourceId, otherwise: namespaceWithoutSources };
    const read = async (from: string, limit: number): Promise<MemberHoldings[] | Problem> => {
      if (externalId !== undefined) return findByTillNumber(db, 'ext', externalId, among);
      if (cardNo !== undefined) return findByTillNumber(db, 'card', cardNo, among);
      if ((phone ?? openid ?? unionid) === undefined) {
        if (sourceId !== null) return oneAtATime;
        return tag === undefined ? listMembers(db, from, limit + 1) : listWearers(db, tag, from, limit + 1);
      }
      const [key] = identityKeys({ phone, openid, unionid }, '');
      if (key === undefined) return invalidField('phone', 'must be a mobile number of 11 digits');
      return findMembers(db, key);
    };
    return paged(
      query,
      {
        cursor: z.string(),
        start: '',
        read: async (from, limit) => {
          const found = await read(from, limit);
          return 'code' in found ? found : cut(found, limit, ({ member }) => member.id);
        },
      },
      (holdings) => viewMember(token, holdings, now),
    );
  },
});

const oneAtATime = refused(
  'phone',
  'a token bound to a till looks for one member: give one of their numbers',
);

const get = route({
  method: 'GET',
  path: '/members/{id}',
  tag: 'Members',
  summary: 'One member',
  description: 'A member who was merged into another answers with the other.',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params: z.strictObject({ id: MemberId }),
  answer: MemberAnswer,
  handle: async ({ deps, params, token, now }) => {
    const holdings = await readMember(deps.db, params.id);
    if (!holdings) return unknownMember;
    const { settings } = await deps.engine.config.get();
    const inUse = viewInUse(token, holdings.member.children, { stages: settings.useStages, now });
    return ok({ ...viewMember(token, holdings, now), inUse });
  },
});

export const memberRoutes = [list, get];
