/** 公众号体检: each thing that is usually wrong when a shop connects its account, in words the shop can act on. */
import { expect, test } from 'vitest';
import { diagnose, type Probe } from '../../../workers/api/account/diagnose.ts';
import { health } from '../../../workers/api/shop/health.ts';
import { events, official, openAccount } from '../../support/account.ts';
import { misbehaving } from '../../support/faults.ts';
import { openShop } from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';
import { version } from '../../../workers/platform/version.ts';

const settings = {
  appId: 'wx5823bf96d3bd56c7',
  appSecret: '0123456789abcdef0123456789abcdef',
  token: official.token,
  encodingAESKeys: [official.encodingAESKey],
};
const answers =
  (errcode: number, errmsg = 'ok'): Probe =>
  async () => ({ ok: true, reply: { errcode, errmsg } });

async function findings(given: Partial<typeof settings> = {}, probe = answers(0), lateMs = 0) {
  const shop = await openShop({ settings: { publicUrl: 'https://vip.example.cn' } });
  const account = openAccount(shop);
  await account.push('oMa', events.follow());
  shop.clock.now += lateMs;
  return diagnose({
    db: shop.engine.db,
    clock: () => shop.clock.now,
    settings: { ...settings, ...given },
    probe,
  });
}

test('an account that is set up well has nothing to say', async () => {
  expect(await findings()).toEqual([]);
});

test.each([
  ['appId', 'wx123', 'setting.appId.malformed', 'WECHAT_APP_ID'],
  ['appSecret', '', 'setting.appSecret.missing', 'WECHAT_APP_SECRET'],
  ['token', 'a token', 'setting.token.malformed', '3到32位'],
  ['encodingAESKeys', ['too-short'], 'setting.encodingAESKey.malformed', '43位'],
  ['encodingAESKeys', [], 'setting.encodingAESKey.missing', 'WECHAT_ENCODING_AES_KEY'],
] as const)('%s %j is told as %s before anyone is asked', async (setting, value, code, words) => {
  const found = await findings({ [setting]: value });
  expect(found.map((one) => one.code)).toContain(code);
  const told = found.find((one) => one.code === code);
  expect(`${told?.what}${told?.remedy}`).toContain(words);
});

test('a value is never quoted, for it may be half a secret', async () => {
  const found = await findings({ appSecret: 'half-a-secret', encodingAESKeys: ['half-a-key'] });
  expect(JSON.stringify(found)).not.toMatch(/half-a/);
});

test.each([
  [
    40164,
    'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1',
    'ip-not-whitelisted',
    '203.0.113.7',
  ],
  [
    40164,
    'invalid ip 240e:3b7:3272:d8d0::1, not in whitelist rid: 1',
    'ip-not-whitelisted',
    '240e:3b7:3272:d8d0::1',
  ],
  [61004, 'access clientip is not registered', 'ip-not-whitelisted', '白名单'],
  [40013, 'invalid appid', 'bad-app-id', 'WECHAT_APP_ID'],
  [40125, 'invalid appsecret', 'bad-app-secret', '重置开发者密码'],
  [40243, 'AppSecret has been frozen', 'app-secret-frozen', '解冻'],
  [48001, 'api unauthorized', 'no-permission', '服务号'],
  [99999, 'something new', 'wechat.99999', 'something new'],
])('%d is told as what to do', async (errcode, errmsg, code, words) => {
  const [found] = await findings({}, answers(errcode, errmsg));
  expect(found).toMatchObject({ code, isFatal: true });
  expect(`${found?.what}${found?.remedy}`).toContain(words);
});

test('the same when it was the token that could not be had', async () => {
  const [found] = await findings({}, async () => ({
    ok: false,
    outage: 'token',
    detail: 'access_token: 40164 invalid ip 203.0.113.7, not in whitelist',
  }));
  expect(found).toMatchObject({ code: 'ip-not-whitelisted' });
});

test('a relay that does not answer is told as one', async () => {
  const [found] = await findings({}, async () => ({ ok: false, outage: 'timeout', detail: 'no answer' }));
  expect(found).toMatchObject({ code: 'unreachable.timeout', remedy: expect.stringContaining('RELAY_KEY') });
});

test('an account that never called back is told where to switch it on', async () => {
  const shop = await openShop({ settings: { publicUrl: 'https://vip.example.cn' } });
  const found = await diagnose({ db: shop.engine.db, clock: () => 0, settings, probe: answers(0) });
  expect(found).toMatchObject([{ code: 'no-callback-yet', isFatal: false }]);
});

test('a shop without a public address hears that no link can be sent, and where to fill it in', async () => {
  const shop = await openShop();
  await openAccount(shop).push('oMa', events.follow());
  const found = await diagnose({
    db: shop.engine.db,
    clock: () => shop.clock.now,
    settings,
    probe: answers(0),
  });
  expect(found).toMatchObject([
    { code: 'setting.publicUrl.missing', isFatal: false, remedy: expect.stringContaining('设置 · 店铺') },
  ]);
});

test('/healthz: a database that does not answer, one without tables, and an account that is not set up', async () => {
  const { engine } = await openShop();
  expect(await health(engine.db, settings)).toEqual({ ok: true, database: 'ok', wechat: 'ok', version });
  const off = { appId: '', appSecret: '', token: '', encodingAESKeys: [] };
  expect(await health(engine.db, off)).toEqual({ ok: true, database: 'ok', wechat: 'off', version });
  const broken = misbehaving(() => 'down')(sqliteDb());
  expect(await health(broken, off)).toMatchObject({ ok: false, database: 'unreachable' });
  expect(await health(engine.db, { ...settings, token: '' })).toMatchObject({
    ok: false,
    wechat: ['token missing'],
  });
});
