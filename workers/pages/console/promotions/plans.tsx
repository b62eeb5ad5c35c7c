/** 提醒方案: what is reminded of, how long before, and who is told. */
import { reminderPlans } from '../../../commands/definitions/reminder-plans.ts';
import { byKind } from '../../../decide/plain/registry.ts';
import { reminderKinds } from '../../../decide/reminders/index.ts';
import { office } from '../kit/nav.ts';
import { Mark } from '../kit/parts.tsx';
import { planWords } from '../words/forms/promotions/plan.ts';
import { changeableScreens } from './definition.tsx';

const path = '/console/plans';
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const field = (definition: object, name: string): string => text(Reflect.get(definition, name));

export const planScreens = changeableScreens({
  definition: reminderPlans,
  path,
  who: office,
  noun: '提醒方案',
  lead: '“奶粉周五就喝完了”，提前告诉导购或会员。每天早上九点以后发。',
  empty: <p>还没有方案。卖得最多的消耗品，先建一个。</p>,
  words: planWords,
  choices: async () => ({}),
  blank: { kind: 'run-out', enabled: true, notify: ['associate'] },
  createAct: 'plan.create',
  changeAct: 'plan.change',
  columns: () => [
    {
      label: '名称',
      show: ({ id, definition }) => <a href={`${path}/${id}`}>{field(definition, 'name')}</a>,
    },
    { label: '提醒什么', show: ({ definition }) => byKind(reminderKinds, field(definition, 'kind')).label },
    { label: '提前', show: ({ definition }) => `${field(definition, 'remindBeforeDays')} 天` },
    { label: '状态', show: ({ enabled }) => (enabled ? <Mark tone="good">启用</Mark> : <Mark>停用</Mark>) },
  ],
});
