/** 套餐: what the office sells at the counter, and what is in it. */
import { packageTemplates } from '../../../commands/definitions/package-templates.ts';
import { count, day, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Mark } from '../kit/parts.tsx';
import { changeableScreens } from '../promotions/definition.tsx';
import { packageTemplateWords } from '../words/forms/package.ts';

const path = '/console/packages';

export const packageTemplateScreens = changeableScreens({
  definition: packageTemplates,
  path,
  who: office,
  noun: '套餐',
  lead: '收一次钱，分很多次用：洗澡次卡、护理卡、寄存在店里的商品都在这里建。建好后在会员页上卖，在“核销”里一次一次地划。改了只影响以后卖的，已经卖出的照卖的时候算。',
  empty: <p>还没有套餐。收银系统自己卖的套餐会自己报来，不用在这里建。</p>,
  words: packageTemplateWords,
  choices: async () => ({}),
  blank: { enabled: true, items: [{}] },
  createAct: 'package-template.create',
  changeAct: 'package-template.change',
  columns: () => [
    { label: '名称', show: ({ id, definition }) => <a href={`${path}/${id}`}>{definition.name}</a> },
    {
      label: '里面有',
      show: ({ definition }) =>
        definition.items.map((item) => `${item.name} ${count(item.count)} 次`).join('、'),
    },
    { label: '卖（元）', show: ({ definition }) => money(definition.priceFen), isNumber: true },
    {
      label: '有效期',
      show: ({ definition }) =>
        definition.validDays === null ? '长期' : `${count(definition.validDays)} 天`,
    },
    {
      label: '状态',
      show: ({ definition }) =>
        definition.enabled ? <Mark tone="good">在卖</Mark> : <Mark tone="stop">不卖了</Mark>,
    },
    { label: '建于', show: ({ createdAt }) => day(createdAt) },
  ],
});
