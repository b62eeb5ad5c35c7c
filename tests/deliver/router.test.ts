/** 选路: the cheapest lawful way for every message, and a reason for every other. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import type { Recipient } from '../../workers/db/outbox/recipients.ts';
import type { Context, Lines } from '../../workers/deliver/channels/define.ts';
import { channelOf, channels } from '../../workers/deliver/channels/index.ts';
import { reasons, listed } from '../../workers/deliver/words/reasons.ts';
import { passOver, route, untaken } from '../../workers/deliver/router.ts';
import { reminderKinds } from '../../workers/decide/reminders/index.ts';
import { messageKinds } from '../../workers/deliver/words/words.ts';
import { smsSettings } from '../support/sms.ts';

const everyLine = new Set<keyof Lines>(['wechat', 'wecom', 'sms']);
const kinds = Object.keys(messageKinds);

/** Every kind has a card and a text message of its own. */
const settings = MerchantSettings.parse({
  wechatTemplates: Object.fromEntries(kinds.map((kind) => [kind, { id: 'T1', fields: { thing1: 'word' } }])),
  wechatSubscriptions: Object.fromEntries(
    kinds.map((kind) => [kind, { id: 'S1', fields: { thing1: 'word' } }]),
  ),
  sms: smsSettings(kinds),
});

const reachable: Recipient = {
  memberId: 'm1',
  openid: 'oMa',
  phone: '13912345487',
  wecomUserId: 'wang',
  windows: [{ act: 'said', until: 2, messagesLeft: 5 }],
  permissions: new Map([['S1', 1]]),
  marketingSmsAt: [],
};

function contextOf(kind: string, recipient: Partial<Recipient> = {}): Context {
  const { purpose } = messageKinds[kind] ?? { purpose: 'service' };
  const message = { seq: 1, kind, purpose, slots: { word: '好' }, text: '好', url: null };
  return { message, recipient: { ...reachable, ...recipient }, settings, now: 1 };
}

const choice = (kind: string) => ({
  channels: messageKinds[kind]?.channels.flatMap((name) => channelOf(name) ?? []) ?? [],
  connected: everyLine,
  before: [],
});

const waysOf = (kind: string, recipient: Partial<Recipient> = {}): string[] =>
  route(contextOf(kind, recipient), choice(kind)).ways.map(({ name }) => name);

describe('a member', () => {
  test('who can be reached every way is told of a sale by card, which costs no window', () => {
    expect(waysOf('sale-earned')).toEqual(['wechat-template', 'wechat-service', 'wechat-subscription']);
  });

  test('is reminded by text message only when nothing that is free is left', () => {
    expect(waysOf('run-out-member').at(-1)).toBe('sms');
    expect(waysOf('run-out-member', { openid: null, windows: [], permissions: new Map() })).toEqual(['sms']);
  });

  test('never gets marketing as a template message, whatever the merchant has set up', () => {
    for (const [kind, { purpose }] of Object.entries(messageKinds)) {
      const ways = waysOf(kind);
      expect({ kind, isCard: purpose === 'marketing' && ways.includes('wechat-template') }).toEqual({
        kind,
        isCard: false,
      });
    }
    const context = contextOf('text');
    expect(channelOf('wechat-template')?.permits(context)).toBe('模板消息不能发营销内容');
  });

  test('gets text messages only of kinds that say so', () => {
    const withSms = kinds.filter((kind) => messageKinds[kind]?.channels.includes('sms'));
    const reminders = reminderKinds.map(({ kind }) => `${kind}-member`);
    expect(withSms).toEqual([...reminders, 'taken-back', 'text']);
  });

  test.each<[string, Partial<Recipient>, string]>([
    ['without a WeChat', { openid: null }, '没有绑定微信'],
    ['who did nothing in 48 hours', { windows: [] }, '48小时内没有互动，客服消息发不出去'],
  ])('%s is not written to as if in a conversation', (_, recipient, why) => {
    const { passedOver } = route(contextOf('chat', recipient), choice('chat'));
    expect(passedOver).toEqual([{ channel: 'wechat-service', why }]);
  });

  test.each([null, '', '0201234567', '1391234548', '+8613912345487'])(
    'with the number %s gets no text message',
    (phone) => {
      expect(waysOf('run-out-member', { phone })).not.toContain('sms');
    },
  );
});

test('an associate is told in WeCom first, then in an open conversation, then by card', () => {
  for (const kind of ['run-out-associate', 'chat-associate']) {
    expect(waysOf(kind)).toEqual(['wecom-app', 'wechat-service', 'wechat-template']);
    expect(waysOf(kind, { wecomUserId: null, windows: [] })).toEqual(['wechat-template']);
  }
});

test('what the deployment is not connected to is no way', () => {
  const { ways, passedOver } = route(contextOf('run-out-associate'), {
    ...choice('run-out-associate'),
    connected: new Set(['wechat']),
  });
  expect(ways.map(({ name }) => name)).toEqual(['wechat-service', 'wechat-template']);
  expect(passedOver).toEqual([{ channel: 'wecom-app', why: '没有接入企业微信' }]);
});

test('the cheapest goes first, whatever the order in which the kind names them', () => {
  const backwards = { ...choice('run-out-member'), channels: choice('run-out-member').channels.toReversed() };
  const { ways } = route(contextOf('run-out-member'), backwards);
  const prices = ways.map(({ costMilliYuan }) => costMilliYuan);
  expect(prices).toEqual(prices.toSorted((one, other) => one - other));
  expect(ways.at(-1)?.name).toBe('sms');
  expect(channels.filter(({ costMilliYuan }) => costMilliYuan > 0).map(({ name }) => name)).toEqual(['sms']);
});

test('of every way that was not taken the reason is kept, in the kind’s order', () => {
  const first = route(contextOf('run-out-member', { windows: [] }), choice('run-out-member'));
  const second = passOver(first, '模板已被封禁');
  expect(second.ways.map(({ name }) => name)).toEqual(['wechat-subscription', 'sms']);
  expect(untaken(second)).toEqual([
    { channel: 'wechat-template', why: '模板已被封禁' },
    { channel: 'wechat-service', why: '48小时内没有互动，客服消息发不出去' },
    { channel: 'sms', why: reasons.notNeeded },
  ]);
});

test('a way that a receipt has ruled out is not thought of again', () => {
  const before = [{ channel: 'wechat-template', why: '微信回执：blocked', isTried: true }] as const;
  const { ways, passedOver } = route(contextOf('sale-earned'), { ...choice('sale-earned'), before });
  expect(ways.map(({ name }) => name)).toEqual(['wechat-service', 'wechat-subscription']);
  expect(passedOver).toEqual(before);
});

test('reasons that came up before count for nothing: the present is looked at', () => {
  const before = [{ channel: 'wechat-template', why: '没有为这种消息设置模板' }];
  expect(route(contextOf('sale-earned'), { ...choice('sale-earned'), before }).passedOver).toEqual([]);
});

test('the merchant reads each reason once', () => {
  const label = (name: string) => channelOf(name)?.label ?? name;
  expect(
    listed(
      [
        { channel: 'wechat-template', why: '没有绑定微信' },
        { channel: 'sms', why: '没有开启短信' },
        { channel: 'wechat-service', why: '没有绑定微信' },
      ],
      label,
    ),
  ).toBe('模板消息、客服消息：没有绑定微信；短信：没有开启短信');
});
