/** 标签库, 标签规则 and 分组, set over the API. */
import * as z from 'zod';
import { MemberGroupInput, TagDictionaryInput, TagRuleInput } from '../../../schema/index.ts';
import { memberGroups, tagDictionaries, tagRules } from '../../commands/tags/definitions.ts';
import { resource } from '../call/resource.ts';
import { At, instant } from '../call/shapes.ts';

const kept = { id: z.string(), createdAt: At };
const patched = 'A JSON merge patch (RFC 7396).';

const dictionaries = resource({
  definition: tagDictionaries,
  path: '/tag-dictionaries',
  tag: 'Tags',
  name: 'TagDictionary',
  answer: TagDictionaryInput.extend(kept),
  view: ({ id, definition, createdAt }) => ({ ...definition, id, createdAt: instant(createdAt) }),
  create: {
    summary: 'Draw up a dictionary of tags (标签库)',
    description:
      'A question with its answers, as 脸型. With `single` a member has one of them: putting on another by hand takes the first off. A tag is in one dictionary. There are at most 30.',
    conflicts: ['too_many_tag_dictionaries'],
  },
  list: {
    summary: 'Dictionaries of tags, newest first',
    description: 'Those that are switched off are among them.',
  },
  change: {
    summary: 'Change a dictionary',
    description: `${patched} Who wears a tag keeps it, also when it is in no dictionary any more.`,
    body: TagDictionaryInput.partial(),
  },
});

const rules = resource({
  definition: tagRules,
  path: '/tag-rules',
  tag: 'Tags',
  name: 'TagRule',
  answer: z.strictObject({ ...TagRuleInput.shape, ...kept }),
  view: ({ id, definition, createdAt }) => ({ ...definition, id, createdAt: instant(createdAt) }),
  create: {
    summary: 'Put a tag on by what was bought (标签规则)',
    description:
      'It holds from the next sale on, and within minutes for what was bought before. A return that makes it untrue takes the tag off; days that went by do so with the next sale or return. Whoever had the tag taken off by hand gets it again when the rule did not hold and does anew. There are at most 20.',
    conflicts: ['too_many_tag_rules'],
  },
  list: {
    summary: 'Rules of tags, newest first',
    description: 'Those that are switched off are among them.',
  },
  change: {
    summary: 'Change a rule, or switch it off',
    description: `${patched} What everybody bought is looked at anew within minutes; a rule that is off takes its tag along.`,
    body: z.strictObject(TagRuleInput.shape).partial(),
  },
});

const groups = resource({
  definition: memberGroups,
  path: '/member-groups',
  tag: 'Tags',
  name: 'MemberGroup',
  answer: MemberGroupInput.extend(kept),
  view: ({ id, definition, createdAt }) => ({ ...definition, id, createdAt: instant(createdAt) }),
  create: {
    summary: 'Make a group of members (分组)',
    description: 'Filled by hand; a member may be in several. There are at most 50.',
    conflicts: ['too_many_member_groups'],
  },
  list: {
    summary: 'Groups of members, newest first',
    description: '`GET /members?group=` lists who is in one.',
  },
  change: {
    summary: 'Rename a group, or put it away',
    description: patched,
    body: MemberGroupInput.partial(),
  },
});

export const tagDefinitionRoutes = [...dictionaries, ...rules, ...groups];
