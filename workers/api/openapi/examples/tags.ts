/** 标签与分组的请求: what puts tags on, and who wears which. */
import type { BodyExamples } from './define.ts';

const milk = { include: [{ kind: 'category', ids: ['01'] }], exclude: [] };

export const tagBodies: BodyExamples = {
  TagRuleInput: {
    times: { tag: '奶粉常客', scope: milk, times: 2, days: 90 },
    amount: { tag: '大客户', amountFen: 500000 },
  },
  TagRulePatch: { longer: { days: 180 }, stop: { enabled: false } },
  TagDictionaryPatch: { answers: { tags: ['圆脸', '鹅蛋脸', '方形脸'] }, stop: { enabled: false } },
  MemberGroupPatch: { rename: { name: '妈妈班二期' } },
  TagsOfMember: {
    tags: { tags: ['圆脸', '喜欢蕾丝'] },
    groups: { tags: ['圆脸'], groups: ['mg_7c9e1g3j5l8n0q2s'] },
  },
};
