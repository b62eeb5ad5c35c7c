/** 标签库, 标签规则 and 分组, as the office sets them. */
import {
  dictionariesMax,
  groupsMax,
  GroupId,
  MemberGroupInput,
  memberGroups as groupTable,
  TagDictionaryId,
  TagDictionaryInput,
  tagDictionaries as dictionaryTable,
  TagRuleId,
  TagRuleInput,
  tagRules as ruleTable,
  tagRulesMax,
  type MemberGroup,
  type TagDictionary,
  type TagRule,
} from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { listNewest, readOne } from '../../db/shop/definitions.ts';
import {
  allDictionaries,
  allRules,
  countOfSlots,
  insertSlotted,
  replaceRule,
  replaceSlotted,
} from '../../db/tags/definitions.ts';
import { insertTagJob, recountJob } from '../../db/tags/tag-jobs.ts';
import { isSame } from '../../decide/plain/same.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Changeable } from '../definitions/define.ts';
import { invalidField } from '../invalid.ts';

/** A row that has no place yet is a new one. */
async function full(
  db: Db,
  table: Parameters<typeof countOfSlots>[1],
  { slot, limit, noun }: { readonly slot: number; readonly limit: number; readonly noun: string },
): Promise<Problem | null> {
  const used = slot > 0 ? 0 : await countOfSlots(db, table);
  if (used < limit) return null;
  return {
    status: 409,
    code: `too_many_${noun}`,
    detail: `there are ${used} already, and no more than ${limit}: change one that is switched off`,
    field: 'name',
    numbers: { limit, used },
  };
}

const placeOf = <Row extends { id: unknown; createdAt: number }>({ id, createdAt }: Row) =>
  ({ id, createdAt }) as { id: Row['id']; createdAt: number };

export const tagDictionaries: Changeable<TagDictionaryId, TagDictionaryInput, TagDictionary> = {
  label: '标签库',
  noun: 'tag_dictionary',
  fullName: 'tag dictionary',
  id: TagDictionaryId,
  idPrefix: 'td',
  input: TagDictionaryInput,
  draw: (definition, place, _, before) => ({ ...place, definition, slot: before?.slot ?? 0 }),
  placeOf,
  fault: async (db, { id, slot, definition }) => {
    const many = await full(db, dictionaryTable, { slot, limit: dictionariesMax, noun: 'tag_dictionaries' });
    if (many) return many;
    for (const other of await allDictionaries(db)) {
      if (other.id === id || !other.definition.enabled) continue;
      const twice = definition.tags.find((tag) => other.definition.tags.includes(tag));
      if (twice !== undefined)
        return invalidField('tags', `${twice} is in ${other.definition.name}; take it out of one of them`);
    }
    const ruled = definition.single
      ? (await allRules(db)).find((rule) => definition.tags.includes(rule.definition.tag))
      : undefined;
    return ruled
      ? invalidField(
          'single',
          `a rule puts on ${ruled.definition.tag}: rules may hold at once, and these exclude each other`,
        )
      : null;
  },
  insert: (row) => insertSlotted(dictionaryTable, row),
  list: (db, before, limit) => listNewest(db, dictionaryTable, before, limit),
  read: (db, id) => readOne(db, dictionaryTable, id),
  inputOf: ({ definition }) => definition,
  replace: (db, next, current) => replaceSlotted(db, dictionaryTable, next, current),
};

export const tagRules: Changeable<TagRuleId, TagRuleInput, TagRule> = {
  label: '标签规则',
  noun: 'tag_rule',
  fullName: 'tag rule',
  id: TagRuleId,
  idPrefix: 'tr',
  input: TagRuleInput,
  draw: (definition, place, now, before) => {
    const { enabled: __, ...asks } = definition;
    const { enabled: ___, ...asked } = before?.definition ?? { enabled: true };
    const rev = before === null ? 1 : before.rev + (isSame(asks, asked) ? 0 : 1);
    return { ...place, definition, rev, slot: before?.slot ?? 0, changedAt: now };
  },
  placeOf,
  fault: async (db, { slot, definition }) => {
    const many = await full(db, ruleTable, { slot, limit: tagRulesMax, noun: 'tag_rules' });
    if (many) return many;
    const single = (await allDictionaries(db)).find(
      (one) =>
        one.definition.enabled && one.definition.single && one.definition.tags.includes(definition.tag),
    );
    return single
      ? invalidField('tag', `of ${single.definition.name} a member has one: rules may hold at once`)
      : null;
  },
  insert: (row) => [...insertSlotted(ruleTable, row), insertTagJob(recountJob('', row.createdAt))],
  rings: 'jobsBell',
  list: (db, before, limit) => listNewest(db, ruleTable, before, limit),
  read: (db, id) => readOne(db, ruleTable, id),
  inputOf: ({ definition }) => definition,
  replace: (db, next, current) => replaceRule(db, next, current),
};

export const memberGroups: Changeable<GroupId, MemberGroupInput, MemberGroup> = {
  label: '会员分组',
  noun: 'member_group',
  fullName: 'group of members',
  id: GroupId,
  idPrefix: 'mg',
  input: MemberGroupInput,
  draw: (definition, place, _, before) => ({ ...place, definition, slot: before?.slot ?? 0 }),
  placeOf,
  fault: async (db, { slot }) => full(db, groupTable, { slot, limit: groupsMax, noun: 'member_groups' }),
  insert: (row) => insertSlotted(groupTable, row),
  list: (db, before, limit) => listNewest(db, groupTable, before, limit),
  read: (db, id) => readOne(db, groupTable, id),
  inputOf: ({ definition }) => definition,
  replace: (db, next, current) => replaceSlotted(db, groupTable, next, current),
};
