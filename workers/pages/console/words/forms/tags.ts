/** 标签库、标签规则、分组的说法. */
import type { FormWords } from '../../form/words.ts';
import { scopeWords } from './promotions/scopes.ts';

export const dictionaryWords: FormWords = {
  name: { label: '名称', help: '比如“脸型”“性格”。' },
  tags: { label: '标签', help: '一行一个。一个标签只放在一个标签库里。' },
  single: { label: '单选：一位会员只贴其中一个，贴新的就换掉旧的' },
  enabled: { label: '启用' },
};

export const tagRuleWords: FormWords = {
  tag: { label: '贴什么标签' },
  ...scopeWords('scope'),
  scope: { label: '买了哪些商品', help: '都不填，就是全部商品。' },
  times: { label: '至少买过几次', unit: '次', help: '一张小票算一次，退光了不算。和下面的金额填一个。' },
  amountFen: { label: '或者至少买过多少钱', help: '只算这些商品，退掉的不算。' },
  days: { label: '只看最近几天', unit: '天', help: '不填就一直算。' },
  enabled: { label: '启用', help: '停用以后，它贴上的标签几分钟内会取下来。' },
};

export const memberGroupWords: FormWords = {
  name: { label: '组名', help: '比如“妈妈班一期”。' },
  enabled: { label: '启用', help: '停用以后不再列出来，组里的人还在。' },
};
