/** 模板卡片: a name of which nothing lawful is left does not cost the message. */
import { expect, test } from 'vitest';
import { fitCard } from '../../workers/deliver/fit-card.ts';
import { messageKinds } from '../../workers/deliver/words/words.ts';

const slotsOf = (kind: string, payload: object, storeName = (id: string): string => id) =>
  messageKinds[kind]?.slots({ payload: { ...payload }, shopName: '阳光小镇', storeName }) ?? {};
const fill = (field: string, slot: string, slots: Readonly<Record<string, string>>): unknown => {
  const fitted = fitCard({ id: 'T', fields: { [field]: slot } }, slots);
  return 'why' in fitted ? fitted.why : fitted.card.data[field]?.value;
};

test.each([
  ['🌸', '会员'],
  ['13900000000', '会员'],
  ['2026', '会员'],
  ['', '会员'],
  ['...', '会员'],
  ['-', '会员'],
  ['·*', '会员'],
  ['\u0301', '会员'],
  ['\u3164', '会员'],
  ['小王🌸', '小王'],
  ['王雪', '王雪'],
])('who calls herself %s is %s where WeChat takes letters only', (memberName, expected) => {
  expect(fill('name2', 'member', slotsOf('chat-associate', { memberName, text: '在吗' }))).toBe(expected);
});

test('a sale in no store, and a product of emoji alone, are still told of', () => {
  const slots = slotsOf('run-out-member', { productName: '\u200B', endsOn: '2026-12-06', storeId: null });
  expect([fill('thing1', 'store', slots), fill('thing2', 'product', slots)]).toEqual(['门店', '商品']);
});

test('nothing stands in for an amount or a date', () => {
  const slots = slotsOf('run-out-member', { productName: '奶粉', endsOn: '' });
  expect(fill('date3', 'endsOn', slots)).toMatch(/^模板字段 date3（endsOn）：/);
});
