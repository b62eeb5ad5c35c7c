/** 标签与分组: words that members are described by, and who wears them. */
import type { FieldDictionary } from './define.ts';

const group = 'mg_7c9e1g3j5l8n0q2s';

export const tagFields: FieldDictionary = {
  'tag-dictionaries.id': {
    says: 'The dictionary: id of an answer of /tag-dictionaries.',
    example: 'td_4x6z8b0d2f5h7k9m',
  },
  'tag-rules.id': { says: 'The rule: id of an answer of /tag-rules.', example: 'tr_2q4s6u8w0y3a5c7e' },
  'member-groups.id': { says: 'The group: id of an answer of /member-groups.', example: group },
  'tag-jobs.id': { says: 'The job: id of its answer.', example: 'tj_9b1d3f5h7k0m2p4r' },
  'TagDictionaryInput.name': { says: 'What it asks, in a word or two.', example: '脸型' },
  'TagDictionaryPatch.name': { says: 'What it asks, in a word or two.', example: '脸型' },
  'TagDictionaryInput.tags': { says: 'The answers: 1 to 50 tags, each of them once.', example: ['圆脸'] },
  'TagDictionaryPatch.tags': { says: 'The answers: 1 to 50 tags, each of them once.', example: ['圆脸'] },
  'MemberGroupInput.name': { says: 'What the office calls the group.', example: '妈妈班一期' },
  'MemberGroupPatch.name': { says: 'What the office calls the group.', example: '妈妈班一期' },
  'TagPut.memberIds': {
    says: 'The members by their ids, 1 to 1,000.',
    example: ['m_4k7q2m9x8w1z6b3f'],
  },
  groups: { says: 'Groups by the id of an answer of /member-groups.', example: [group] },
  'members.group': { says: 'Who is in this group: id of an answer of /member-groups.', example: group },
  'conditions.tags': { says: 'Members who wear one of these tags.', example: ['奶粉客'] },
  without: { says: 'true is the others: members who wear none of them.', example: false },
};
