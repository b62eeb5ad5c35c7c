/** 标签库, 标签规则 and 分组: as the office sets them; a shop that has none is offered some to begin with. */
import type { TagDictionaryInput, TagRule } from '../../../../schema/index.ts';
import { create } from '../../../commands/definitions/define.ts';
import { memberGroups, tagDictionaries, tagRules } from '../../../commands/tags/definitions.ts';
import { day, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Act, Mark } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { membersPath } from '../members/list.tsx';
import { changeableScreens } from '../promotions/definition.tsx';
import { dictionaryWords, memberGroupWords, tagRuleWords } from '../words/forms/tags.ts';

const dictionariesPath = '/console/tag-dictionaries';
const rulesPath = '/console/tag-rules';
const groupsPath = '/console/member-groups';

const none = () => Promise.resolve({});
const standing = (isOn: boolean) => <Mark tone={isOn ? 'good' : 'plain'}>{isOn ? '在用' : '停用'}</Mark>;

/** Of a shop for mothers, or for beauty. */
const examples: readonly TagDictionaryInput[] = [
  { name: '脸型', tags: ['圆脸', '鹅蛋脸', '瓜子脸', '方形脸', '梨形脸'], single: true, enabled: true },
  { name: '体型', tags: ['肥胖', '高瘦', '矮小'], single: true, enabled: true },
  { name: '发质', tags: ['易分叉', '干枯', '白发多'], single: false, enabled: true },
  {
    name: '性格',
    tags: [
      '沉默寡言型',
      '谨慎稳定型',
      '犹豫不决型',
      '冷淡傲慢型',
      '豪直爽快型',
      '容易生气的急惊风型',
      '爱说话的多嘴多舌型',
      '知识丰富的博学习型',
      '顾虑重重的猜疑型',
      '羞涩的腼腆型',
      '不服输的好强型顾客',
      '轻松闲逛型',
    ],
    single: true,
    enabled: true,
  },
];

const exampleScreen = screen({
  path: '/console/tag-examples',
  title: '标签库样例',
  who: office,
  post: async (visit) => {
    for (const input of examples) {
      // What is there already is left as it is.
      const draft = await create(tagDictionaries, visit.db, input, visit.now);
      if ('code' in draft) continue;
      const { id } = draft.row;
      await record(visit, { act: 'tag-dictionary.create', subject: id, before: null, after: input }, draft);
    }
    return visit.context.redirect(saying(dictionariesPath, 'created'), 303);
  },
});

const dictionaryScreens = changeableScreens({
  definition: tagDictionaries,
  path: dictionariesPath,
  who: office,
  noun: '标签库',
  lead: '给会员贴的标签，一类一个库。会员页上按库勾选，导购也照着贴；库里没有的，可以随手写。',
  empty: (
    <>
      <p>还没有标签库。</p>
      <p>母婴、美业可以先用现成的四个：脸型、体型、发质、性格，以后随时改。</p>
    </>
  ),
  words: dictionaryWords,
  choices: none,
  blank: { single: true, enabled: true },
  listActs: ({ token }) => (
    <>
      <Act action="/console/tag-examples" token={token} label="用样例" />
      <a class="button" href={rulesPath}>
        标签规则
      </a>
      <a class="button" href="/console/tag-jobs">
        批量打标签
      </a>
    </>
  ),
  createAct: 'tag-dictionary.create',
  changeAct: 'tag-dictionary.change',
  isFormOnly: true,
  columns: () => [
    {
      label: '名称',
      show: ({ id, definition }) => (
        <a class="whole" href={`${dictionariesPath}/${id}`}>
          {definition.name}
        </a>
      ),
    },
    { label: '标签', show: ({ definition }) => definition.tags.join('、') },
    { label: '选几个', show: ({ definition }) => (definition.single ? '单选' : '多选') },
    { label: '状态', show: ({ definition }) => standing(definition.enabled) },
  ],
});

const asks = ({ definition: { times, amountFen, days } }: TagRule): string =>
  `${days === null ? '' : `${days} 天内`}${times === null ? `买满 ${money(amountFen ?? 0)} 元` : `买过 ${times} 次`}`;

const ruleScreens = changeableScreens({
  definition: tagRules,
  path: rulesPath,
  who: office,
  noun: '标签规则',
  lead: '按买过什么自动贴标签，退货退到不满足就取下。新规则从下一笔消费算起，以前买的几分钟内也会补算。手工拿掉的，要等规则重新满足才会再贴。',
  empty: <p>还没有规则。比如：奶粉至少买过 2 次，就贴上“奶粉常客”。</p>,
  words: tagRuleWords,
  choices: none,
  blank: { times: 2, enabled: true },
  createAct: 'tag-rule.create',
  changeAct: 'tag-rule.change',
  isFormOnly: true,
  columns: () => [
    { label: '标签', show: ({ id, definition }) => <a href={`${rulesPath}/${id}`}>{definition.tag}</a> },
    { label: '怎么算', show: asks },
    { label: '状态', show: ({ definition }) => standing(definition.enabled) },
    { label: '建于', show: ({ createdAt }) => day(createdAt) },
  ],
});

const groupScreens = changeableScreens({
  definition: memberGroups,
  path: groupsPath,
  who: office,
  noun: '会员分组',
  lead: '手工分的组，一位会员可以在几个组里。在会员表里勾选会员放进来，或者在会员页上改。',
  empty: <p>还没有分组。</p>,
  words: memberGroupWords,
  choices: none,
  blank: { enabled: true },
  createAct: 'member-group.create',
  changeAct: 'member-group.change',
  columns: () => [
    { label: '组名', show: ({ id, definition }) => <a href={`${groupsPath}/${id}`}>{definition.name}</a> },
    { label: '组里的人', show: ({ id }) => <a href={`${membersPath}?group=${id}`}>看名单</a> },
    { label: '状态', show: ({ definition }) => standing(definition.enabled) },
    { label: '建于', show: ({ createdAt }) => day(createdAt) },
  ],
});

export const tagDefinitionScreens = [exampleScreen, ...dictionaryScreens, ...ruleScreens, ...groupScreens];
