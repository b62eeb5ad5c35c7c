/** 公众号体检: each thing that is usually wrong when a shop connects its account, in words the shop can act on. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { health } from '../../../workers/api/shop/health.ts';
import type { AccountCalls } from '../../../workers/commands/diagnosis/wechat-asked.ts';
import { diagnoseWechat } from '../../../workers/commands/diagnosis/wechat.ts';
import { putMenu } from '../../../workers/db/shop/menu.ts';
import { insertAlerts } from '../../../workers/db/upkeep/alerts.ts';
import { inWords, type Told } from '../../../workers/pages/console/connections/findings.tsx';
import { checkSettings } from '../../../workers/wechat/settings-check.ts';
import { allTaken } from '../../support/account-calls.ts';
import { events, official, openAccount } from '../../support/account.ts';
import { misbehaving } from '../../support/faults.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';
import { version } from '../../../workers/platform/version.ts';

const settings = {
  appId: 'wx5823bf96d3bd56c7',
  appSecret: '0123456789abcdef0123456789abcdef',
  token: official.token,
  encodingAESKeys: [official.encodingAESKey],
};
const answers =
  (errcode: number, errmsg = 'ok'): AccountCalls['callbackIps'] =>
  async () => ({ ok: true, reply: { errcode, errmsg } });

/** Everything that a shop fills in. */
const filledIn = MerchantSettings.parse({
  publicUrl: 'https://vip.example.cn',
  domainFiles: { 'MP_verify_a.txt': 'a' },
  wechatTemplates: { 'sale-earned': { id: 'TMPL_SALE', fields: { amount1: 'paid', thing2: 'store' } } },
});

type Given = {
  readonly account?: Partial<typeof settings>;
  readonly shop?: Partial<MerchantSettings>;
  readonly calls?: Partial<AccountCalls>;
  readonly relay?: string | null;
  readonly lateMs?: number;
  /** Happens after the last callback. */
  readonly afterwards?: (shop: Shop) => Promise<unknown>;
};

async function diagnosed(given: Given) {
  const shop = await openShop({ settings: { ...filledIn, ...given.shop } });
  await openAccount(shop).push('oMa', events.follow());
  await shop.db.batch([putMenu('published', { menu: { button: [] }, at: 0 })]);
  await given.afterwards?.(shop);
  shop.clock.now += given.lateMs ?? 0;
  return diagnoseWechat({
    db: shop.engine.db,
    clock: () => shop.clock.now,
    faults: checkSettings({ ...settings, ...given.account }),
    relay: given.relay === undefined ? 'relay.example.cn' : given.relay,
    calls: { ...allTaken, ...given.calls },
  });
}

const told = async (given: Given): Promise<Told[]> => (await diagnosed(given)).findings.map(inWords);
const findings = (
  account: Partial<typeof settings> = {},
  callbackIps: AccountCalls['callbackIps'] = answers(0),
): Promise<Told[]> => told({ account, calls: { callbackIps } });

test('an account that is set up well has nothing to say, and WeChat itself was asked', async () => {
  expect(await diagnosed({})).toEqual({ findings: [], isAsked: true });
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
  [61004, 'access clientip is not registered', 'ip-not-whitelisted.platform', '第三方平台'],
  [41004, 'appsecret missing', 'app-secret-not-sent', 'npx wrangler secret put WECHAT_APP_SECRET'],
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
  const shop = await openShop({ settings: filledIn });
  await shop.db.batch([putMenu('published', { menu: { button: [] }, at: 0 })]);
  const { findings: found } = await diagnoseWechat({
    db: shop.engine.db,
    clock: () => 0,
    faults: [],
    relay: 'relay.example.cn',
    calls: allTaken,
  });
  expect(found).toEqual([{ code: 'no-callback-yet', isFatal: false }]);
});

const good = { errcode: 0, errmsg: 'ok' };
const left =
  (of: number): AccountCalls['quota'] =>
  async (path) => ({
    ok: true,
    reply: { ...good, quota: { limit: 100, left: path.includes('template') ? of : 100 } },
  });

test.each<[string, Given, string, string]>([
  ['no public address', { shop: { publicUrl: null } }, 'setting.publicUrl.missing', '设置 · 店铺'],
  [
    'an address without https',
    { shop: { publicUrl: 'http://vip.example.cn' } },
    'address.insecure',
    'https://',
  ],
  ['workers.dev', { shop: { publicUrl: 'https://h.x.workers.dev' } }, 'address.workers-dev', '国内打不开'],
  ['no relay', { relay: null }, 'relay.none', 'WECHAT_API_BASE'],
  ['no file for the domain', { shop: { domainFiles: {} } }, 'domain.no-file', '设置 · 域名验证'],
  ['no template at all', { shop: { wechatTemplates: {} } }, 'template.none', '消费通知'],
  [
    'a template that WeChat does not know',
    { shop: { wechatTemplates: { joined: { id: 'TMPL_GONE', fields: { thing1: 'shop' } } } } },
    'template.unknown',
    '“注册欢迎”的模板编号微信不认识',
  ],
  [
    'a field that the template does not have',
    { shop: { wechatTemplates: { joined: { id: 'TMPL_SALE', fields: { thing9: 'shop' } } } } },
    'template.foreign-field',
    'thing9',
  ],
  [
    'a field of the template that nothing fills',
    { shop: { wechatTemplates: { joined: { id: 'TMPL_SALE', fields: { thing2: 'shop' } } } } },
    'template.empty-field',
    'amount1',
  ],
  [
    'an account without template messages',
    {
      calls: {
        templates: async () => ({ ok: true, reply: { errcode: 48001, errmsg: 'no', templates: null } }),
      },
    },
    'no-permission',
    '已认证的服务号',
  ],
  [
    'a relay that does not know the call yet',
    { calls: { templates: async () => ({ ok: false, outage: 'http', detail: 'HTTP 404' }) } },
    'unasked.templates',
    'relay/README.md',
  ],
  ['the last of the day’s messages', { calls: { quota: left(3) } }, 'quota-low.template', '只剩 3 条'],
  ['no message left for today', { calls: { quota: left(0) } }, 'quota-used-up.template', '明天自动恢复'],
  [
    'a domain that WeChat does not reach',
    {
      calls: {
        checkCallback: async () => ({
          ok: true,
          reply: { ...good, check: { pings: [{ packetLoss: '100%' }] } },
        }),
      },
    },
    'callback-unreachable',
    '域名的解析',
  ],
  ['four days without a callback', { lateMs: 4 * 86_400_000 }, 'callback-silent', '已经 4 天'],
  [
    'a callback that was refused after the last good one',
    {
      afterwards: ({ db, clock }) =>
        db.batch([
          insertAlerts([
            {
              id: 'r',
              kind: 'wechat.callback-refused',
              sourceId: 'wechat',
              text: '请核对 WECHAT_TOKEN',
              at: clock.now + 1,
            },
          ]),
        ]),
      lateMs: 1000,
    },
    'callback-refused',
    '请核对 WECHAT_TOKEN',
  ],
  [
    'a message that WeChat would not take',
    {
      afterwards: async ({ db, clock }) =>
        db.all(
          `INSERT INTO outbox (seq, cause, kind, payload, state, due_at, in_hand, attempts, last_error, created_at)
           VALUES (999, 'c', 'joined', '{}', 'parked', 0, 0, 4, '模板编号无效（40037 invalid template_id rid: 1）', ${clock.now})`,
        ),
    },
    'last-failure',
    '删过类目的，模板也没有了',
  ],
  [
    'no menu',
    { afterwards: ({ db }) => db.batch([putMenu('published', { menu: null, at: 1 })]) },
    'menu.none',
    '排好并发布',
  ],
])('%s is told, and nothing else', async (_, given, code, words) => {
  const found = await told(given);
  expect(found.map((one) => one.code)).toEqual([code]);
  expect(`${found[0]?.what}${found[0]?.remedy}`).toContain(words);
});

test('what WeChat would refuse anyway is not asked, and no step is called good for it', async () => {
  let asked = 0;
  const count = async () => {
    asked += 1;
    return { ok: true, reply: { ...good, templates: [] } } as const;
  };
  expect(await diagnosed({ account: { appSecret: '' }, calls: { templates: count } })).toMatchObject({
    isAsked: false,
  });
  expect(await diagnosed({ calls: { callbackIps: answers(40013), templates: count } })).toMatchObject({
    isAsked: false,
  });
  expect(asked).toBe(0);
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
