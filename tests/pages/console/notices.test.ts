/** 微信通知模板: which message and what fills each of its fields is chosen by name; a fault stands in the row that it is about. */
import { expect, test } from 'vitest';
import { messageKinds } from '../../../workers/deliver/words/words.ts';
import {
  noticeChoices,
  smsKinds,
  subscriptionKinds,
  templateKinds,
} from '../../../workers/pages/console/words/notices.ts';
import { openConsole } from './support.ts';

const carried = (channel: string): string[] =>
  Object.entries(messageKinds).flatMap(([kind, { channels }]) => (channels.includes(channel) ? [kind] : []));

test('every message that a template, a subscription or a text may carry is offered, and nothing else', () => {
  expect(templateKinds.toSorted()).toEqual(carried('wechat-template').toSorted());
  expect(subscriptionKinds.toSorted()).toEqual(carried('wechat-subscription').toSorted());
  expect(smsKinds.toSorted()).toEqual(['code', ...carried('sms')].toSorted());
});

test.each(templateKinds)('what may be put into %s is what it has to say', (kind) => {
  const said = messageKinds[kind]?.slots({ payload: {}, shopName: '', storeName: () => '' }) ?? {};
  const offered = noticeChoices[`wechatTemplates.fields.~value@${kind}`]?.map(({ value }) => value) ?? [];
  expect(offered.toSorted()).toEqual(Object.keys(said).toSorted());
});

const path = '/console/settings/notices';
const notice = (fields: Readonly<Record<string, string>>) => ({
  'wechatTemplates~count': '1',
  'wechatTemplates[0]~name': 'sale-earned',
  'wechatTemplates[0].id': 'TMPL',
  'wechatTemplates[0].fields~count': '1',
  'wechatTemplates[0].fields[0]~name': 'amount1',
  'wechatTemplates[0].fields[0]': 'paid',
  'wechatSubscriptions~count': '0',
  ...fields,
});

test('消费通知 with 实付金额 in its first field is chosen by these words and saved by its keys', async () => {
  const { send, owner, shop } = await openConsole();
  const drawn = await send(path, notice({ '~act': 'shape' }));
  expect(drawn.text).toContain('<option value="sale-earned" selected="">消费通知</option>');
  expect(drawn.text).toContain('<option value="paid" selected="">实付金额，比如“128元”</option>');
  expect(drawn.text).not.toContain('会员说的话');
  expect((await send(path, notice({}))).status).toBe(303);
  const [row] = shop.db.all(`SELECT value FROM settings WHERE key = 'merchant'`);
  expect(JSON.parse(String(row?.['value']))).toMatchObject({
    wechatTemplates: { 'sale-earned': { id: 'TMPL', fields: { amount1: 'paid' } } },
  });
  expect((await owner.get(path)).text).toContain('消费通知</option>');
});

test('a field copied with its braces and a template without its number are refused in their own rows', async () => {
  const { send } = await openConsole();
  const braces = await send(path, notice({ 'wechatTemplates[0].fields[0]~name': '{{thing1.DATA}}' }));
  expect([braces.status, braces.text.includes('只写 thing1、amount2 这样的')]).toEqual([422, true]);
  const numberless = await send(path, notice({ 'wechatTemplates[0].id': '' }));
  expect(numberless.text).toContain('id="wechatTemplates[0].id-problem"');
});
