/** 得到了什么: a message names what was earned, and where that is nothing it does not say that something was. */
import { expect, test } from 'vitest';
import { messageKinds } from '../../workers/deliver/words/words.ts';

function textOf(kind: string, payload: Readonly<Record<string, unknown>>): string {
  const found = messageKinds[kind];
  if (!found) throw new Error(`no message is called ${kind}`);
  return found.text(found.slots({ payload, shopName: '阳光小镇', storeName: () => '天河店' }));
}

const sold = { paidFen: 4_000, storeId: '8005', at: Date.parse('2026-11-22T14:59:00+08:00') };

test.each([
  ['joined', { earned: { coupons: 3 } }, '注册成功，欢迎成为阳光小镇的会员！您获得：3张券。'],
  ['joined', { earned: {} }, '注册成功，欢迎成为阳光小镇的会员！'],
  ['sale-earned', { ...sold, earned: { points: 40 } }, '您于2026-11-22 14:59在天河店消费40元，获得40积分。'],
  ['sale-earned', { ...sold, earned: {} }, '您于2026-11-22 14:59在天河店消费40元。'],
  ['sale-earned', { ...sold, earned: { tags: 1 } }, '您于2026-11-22 14:59在天河店消费40元。'],
])('%s with %j reads %s', (kind, payload, said) => {
  expect(textOf(kind, payload)).toBe(said);
});
