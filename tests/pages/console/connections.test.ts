/** 接入 · 公众号 and 短信与支付 as who may see them sees them: how far each step is, and what belongs to the owner alone. */
import { beforeAll, expect, test } from 'vitest';
import { fatal, minor, type Finding } from '../../../workers/commands/diagnosis/finding.ts';
import { insertAlerts } from '../../../workers/db/upkeep/alerts.ts';
import { wechatSteps } from '../../../workers/pages/console/words/access/wechat.ts';
import { words, type Visitor } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

let found: readonly Finding[] = [];
let isAsked = true;
const faults: { wechat: readonly Finding[]; channels: readonly Finding[] } = { wechat: [], channels: [] };
let shop: Console;
let integrator: Visitor;

beforeAll(async () => {
  shop = await openConsole({
    checks: {
      wechat: async () => ({ findings: found, isAsked }),
      channels: async () => ({ sms: [], pay: { findings: found, isAsked } }),
      faults,
    },
  });
  integrator = await signInAs(shop, await employ(shop, 'integrator'));
});

/** What stands behind the number of each step. */
async function marks(): Promise<Record<string, string>> {
  const { text } = await shop.owner.get('/console/wechat');
  const shown = text.matchAll(/<h2>(\d+)\. [^<]*<\/h2><p><span class="mark (\w+)">/g);
  return Object.fromEntries(
    [...shown].map(([, place = '', tone = '']) => [wechatSteps[Number(place) - 1]?.key, tone]),
  );
}

test('with nothing found every step is green, but for what only a phone can tell', async () => {
  found = [];
  const shown = await marks();
  expect(Object.keys(shown)).toEqual(wechatSteps.map(({ key }) => key));
  expect(new Set(Object.values({ ...shown, domains: 'good' }))).toEqual(new Set(['good']));
  expect(shown['domains']).toBe('plain');
  expect(words(await shop.owner.get('/console/wechat'))).toContain('没有查到问题');
});

test('an address that is not listed is red, and what WeChat did not say is called neither good nor bad', async () => {
  found = [fatal('ip-not-whitelisted', { ip: '203.0.113.7' }), minor('menu.none')];
  isAsked = false;
  expect(await marks()).toEqual({
    account: 'plain',
    address: 'good',
    credentials: 'good',
    relay: 'stop',
    callback: 'good',
    domains: 'plain',
    templates: 'plain',
    menu: 'wait',
    replies: 'good',
    sending: 'good',
  });
  expect(words(await shop.owner.get('/console/wechat'))).toContain('搭一个中转（203.0.113.7）');
  isAsked = true;
});

test('what a code is called without words of its own is its family’s; a code of nobody stands for itself', async () => {
  found = [
    fatal('unreachable.timeout'),
    fatal('wechat.99999', { errcode: '99999', errmsg: 'something new' }),
  ];
  const shown = words(await shop.owner.get('/console/wechat'));
  for (const part of ['连不上微信', '微信返回 99999', 'something new']) expect(shown).toContain(part);
});

test('the one who installs sees both pages, and neither the owner’s settings nor the test text', async () => {
  found = [];
  for (const path of ['/console/wechat', '/console/channels']) {
    expect((await shop.owner.get(path)).text).toMatch(/href="\/console\/settings/);
    const theirs = await integrator.get(path);
    expect([path, theirs.status]).toEqual([path, 200]);
    expect(theirs.text).not.toMatch(/href="\/console\/(settings|channels\/test)/);
  }
  expect((await integrator.get('/console/channels/test')).status).toBe(403);
});

test('today leads to what cannot be right, and for a day to what came to light', async () => {
  const today = async (by = shop.owner) => words(await by.get('/console/'));
  expect(await today()).not.toMatch(/公众号还没接好|公众号这一天出过问题/);
  const { db, clock } = shop.shop;
  await db.batch([
    insertAlerts([
      { id: 'a', kind: 'address.unlisted', sourceId: 'deliver', text: '加上IP', at: clock.now },
      { id: 'b', kind: 'address.unlisted', sourceId: 'wechat-pay', text: '加上IP', at: clock.now },
    ]),
  ]);
  expect(await today()).toMatch(/公众号这一天出过问题.*微信支付这一天转不出去/);
  faults.wechat = [fatal('setting.token.missing')];
  faults.channels = [fatal('setting.PAY_SERIAL.missing')];
  for (const by of [shop.owner, integrator])
    expect(await today(by)).toMatch(/公众号还没接好.*短信或微信支付没接好/);
  const manager = await signInAs(shop, await employ(shop, 'manager'));
  expect(await today(manager)).not.toContain('没接好');
  Object.assign(faults, { wechat: [], channels: [] });
  clock.now += 25 * 3_600_000;
  expect(await today()).not.toMatch(/公众号这一天|微信支付这一天/);
});
