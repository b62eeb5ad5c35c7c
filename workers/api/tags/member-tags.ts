/** 一位会员的标签 over the API: which she wears and whence, and which she shall wear. */
import * as z from 'zod';
import { GroupId, MemberId, TagWord, handTagsMax } from '../../../schema/index.ts';
import { tagMember, towards } from '../../commands/tags/tag-member.ts';
import { readMember, type MemberHoldings } from '../../db/members/members.ts';
import type { Refusal } from '../../decide/refusals.ts';
import { tagOfGroup } from '../../decide/tags/worn.ts';
import type { Problem } from '../../platform/problem.ts';
import { commandId } from '../call/commit.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { unknownMember } from '../members/member-view.ts';

const common = { tag: 'Tags', scope: 'admin' } as const;

const Tags = namedAnswer(
  'MemberTags',
  z.strictObject({
    id: z.string(),
    tags: z
      .array(
        z.strictObject({
          tag: z.string(),
          byHand: z.boolean(),
          byRule: z.boolean(),
          byPurchase: z.boolean(),
        }),
      )
      .meta({ description: 'What she wears, and whence each comes; more than one may vouch for it.' }),
    groups: z.array(z.string()).meta({ description: 'The ids of her groups.' }),
  }),
);

const viewTags = ({ member, wornTags, groups }: MemberHoldings): z.infer<typeof Tags> => ({
  id: member.id,
  tags: wornTags.map((one) => ({ ...one })),
  groups: [...groups],
});

const ofMember = {
  ...common,
  path: '/members/{id}/tags',
  statuses: [200],
  params: z.strictObject({ id: MemberId }),
  answer: Tags,
} as const;

const worn = route({
  ...ofMember,
  method: 'GET',
  summary: 'Which tags a member wears, and whence',
  description:
    'Put on by hand, by a rule, or by a campaign for a purchase that is kept, or by several of them; and her groups.',
  refusals: { 404: ['unknown_member'] },
  handle: async ({ deps, params }) => {
    const found = await readMember(deps.db, params.id);
    return found ? ok(viewTags(found)) : unknownMember;
  },
});

const put = route({
  ...ofMember,
  method: 'PUT',
  summary: 'Say which tags a member wears',
  description:
    'All of them: what is not named is taken off, and stays off also where purchases or a rule vouch for it, until a rule newly matches. Of a dictionary with a single choice the last one named is worn. Without `groups` her groups stay as they are.',
  refusals: { 404: ['unknown_member'], 409: ['tags_full'], 503: ['not_decided'] },
  body: namedBody(
    'TagsOfMember',
    z.strictObject({
      tags: z
        .array(TagWord)
        .max(handTagsMax)
        .meta({ description: 'What she wears from now on.', example: ['圆脸', '喜欢蕾丝'] }),
      groups: z.array(GroupId).max(handTagsMax).optional().meta({ description: 'The ids of her groups.' }),
    }),
  ),
  handle: async (call) => {
    const { deps, params, body, now } = call;
    const before = await readMember(deps.db, params.id);
    if (!before) return unknownMember;
    const groups = body.groups ?? before.groups;
    const done = await tagMember(
      deps.engine,
      {
        id: await commandId(call),
        memberId: before.member.id,
        tagging: towards(
          [...before.tags, ...before.groups.map(tagOfGroup)],
          [...body.tags, ...groups.map(tagOfGroup)],
        ),
      },
      now,
    );
    if ('undecided' in done) return notDecided;
    if ('refusal' in done) return refused(done.refusal);
    return ok(viewTags(done.holdings));
  },
});

function refused(refusal: Refusal): Problem {
  if (refusal.code !== 'TAGS_FULL') return unknownMember;
  const { have, more, limit } = refusal;
  return {
    status: 409,
    code: 'tags_full',
    detail: `she wears ${have} tags that were put on by hand, and ${more} more would be above ${limit}: take some off`,
    field: 'tags',
    numbers: { have, more, limit },
  };
}

const notDecided: Problem = {
  status: 503,
  code: 'not_decided',
  detail: 'it could not be settled; send it again',
  retryAfterSeconds: 1,
};

export const memberTagRoutes = [worn, put];
