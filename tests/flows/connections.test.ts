/**
 * 接得怎么样: the owner looks at 公众号 and 短信与支付 while WeChat, through the Worker as it is deployed, refuses what it refuses:
 * each fault stands there with what to do, and is gone when it is mended.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCredentials, huikeVars, sandboxVars, sharedVars } from '../../scripts/credentials.ts';
import { ownerLink } from '../../scripts/owner-link.ts';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { madeUp } from '../../workers/pages/console/connections/wechat.tsx';
import { checkSettings } from '../../workers/wechat/settings-check.ts';
import { newVisitor, tokenIn, words, type Visitor } from '../pages/support.ts';
import { forget, newStateDir } from '../support/running.ts';

const stateDir = newStateDir();
const url = 'https://vip.example.cn';
const phone = '13700009876';
let credentials: ReturnType<typeof readCredentials>;
let runtime: Runtime;
let owner: Visitor;

/** The deployment, with these settings instead of its own. */
async function deploy(vars: Readonly<Record<string, string>> = {}): Promise<Runtime> {
  const shared = sharedVars(credentials);
  return startRuntime({
    vars: { ...shared, ...huikeVars(credentials, url), ...vars },
    sandbox: { ...shared, ...sandboxVars(credentials, url) },
  });
}

async function enter(on: Runtime): Promise<Visitor> {
  const { path, sql } = ownerLink();
  await (await on.db()).prepare(sql).run();
  const visitor = newVisitor(async (to, init) => fetch(new URL(to, on.url), init));
  const form = await visitor.get(path);
  await visitor.post(path, {
    token: tokenIn(form),
    name: '陈老板',
    shopName: '阳光小镇',
    trade: 'maternity',
  });
  return visitor;
}

const sandbox = async (path: string, body?: object): Promise<Record<string, unknown>> => {
  const response = await fetch(new URL(`/sandbox/api${path}`, runtime.url), {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
};

const see = async (path: string, by = owner): Promise<string> => words(await by.get(path));

beforeAll(async () => {
  credentials = readCredentials(stateDir);
  runtime = await deploy();
  owner = await enter(runtime);
});
afterAll(async () => {
  await runtime.stop();
  forget(stateDir);
});

test('a new shop sees ten steps, its own callback address, and what is still missing at each', async () => {
  expect(await see('/console/')).not.toContain('公众号还没接好');
  const { text } = await owner.get('/console/wechat');
  expect(text).toContain('/hooks/wechat"');
  const shown = words({ text });
  for (const part of [
    '10. 发得怎么样',
    '还没有填公网地址',
    '还没有收到过微信的消息推送',
    '还没有放域名验证文件',
  ])
    expect(shown).toContain(part);
  // WeChat was asked and took the calls.
  expect(shown).toContain('3. AppID 和 AppSecret 正常');
});

/** What the shop has filled in. */
async function fillIn(settings: object): Promise<void> {
  const db = await runtime.db();
  const value = JSON.stringify({ shopName: '阳光小镇', ...settings });
  await db.prepare(`INSERT OR REPLACE INTO settings (key, value) VALUES ('merchant', ?)`).bind(value).run();
}

test('a callback that comes, an address and a file for the domain each take their fault away', async () => {
  await sandbox('/follow', { openid: 'oFirst' });
  await fillIn({ publicUrl: url, domainFiles: { 'MP_verify_a.txt': 'a' } });
  const shown = await see('/console/wechat');
  expect(shown).toContain(`${url}/m/privacy`);
  for (const gone of ['还没有填公网地址', '还没有收到过微信的消息推送', '还没有放域名验证文件'])
    expect(shown).not.toContain(gone);
});

test.each<[string, object, string[]]>([
  [
    'the address is not listed',
    { ipAllowed: false },
    ['调用地址不在公众号的IP白名单里', 'IP白名单', '现在查不到'],
  ],
  [
    'no template may go out any more today',
    { templateQuota: 0 },
    ['今天的模板消息条数用完了', '明天自动恢复'],
  ],
  [
    'the account has no template messages',
    { failNext: { path: '/cgi-bin/template/get_all_private_template', count: 1, errcode: 48001 } },
    ['公众号没有这个接口的权限', '已认证的服务号'],
  ],
  [
    'WeChat is down',
    { failNext: { path: '/cgi-bin/getcallbackip', count: 1, status: 502 } },
    ['连不上微信', 'RELAY_KEY'],
  ],
])('%s: it stands there with its remedy, and is gone once it is mended', async (_, control, told) => {
  await sandbox('/control', control);
  const broken = await see('/console/wechat');
  for (const part of told) expect(broken).toContain(part);
  await sandbox('/control', { reset: true });
  expect(await see('/console/wechat')).not.toContain(told[0]);
});

test('a template is looked up by its id and its fields, as WeChat has them', async () => {
  const joined = (id: string) => ({
    publicUrl: url,
    wechatTemplates: { joined: { id, fields: { thing1: 'shop' } } },
  });
  await fillIn(joined('TMPL_NOBODY_HAS'));
  expect(await see('/console/wechat')).toContain('“注册欢迎”的模板编号微信不认识');
  await fillIn(joined('TMPL_SALE_EARNED'));
  expect(await see('/console/wechat')).toContain('“注册欢迎”的模板里没有这些字段：thing1');
});

test('WeChat Pay: the keys are proved; an address that is not listed is told, and nothing was paid', async () => {
  expect(await see('/console/channels')).toContain('密钥都对');
  await sandbox('/control', { payAddresses: ['203.0.113.99'] });
  const broken = await see('/console/channels');
  expect(broken).toContain('「接口IP」');
  expect(broken).not.toContain('密钥都对');
  await sandbox('/control', { reset: true });
  expect(await see('/console/channels')).toContain('密钥都对');
  expect(await sandbox('/transfers')).toMatchObject({ items: [] });
});

test('a test text asks again, arrives once, is limited, and the audit holds no phone', async () => {
  expect(await see('/console/channels/test')).toContain('先到“设置 · 短信”打开短信');
  const code = { id: 'SMS_100001', params: { code: 'code' } };
  await fillIn({ publicUrl: url, sms: { on: true, signName: '阳光小镇母婴', templates: { code } } });
  const send = async (fields: Record<string, string>) => {
    const token = tokenIn(await owner.get('/console/channels/test'));
    return words(await owner.post('/console/channels/test', { token, kind: 'code', phone, ...fields }));
  };
  const letters = async () => (await sandbox(`/sms?phone=${phone}`))['items'] as { text: string }[];
  expect(await send({ phone: '139' })).toMatch(/还有 1 处要改/);
  expect(await send({})).toContain('会真的发一条“验证码”到 137****9876');
  expect(await letters()).toEqual([]);
  expect(await send({ sure: 'yes' })).toContain('服务商收下了');
  expect((await letters()).map(({ text }) => text)).toEqual([expect.stringContaining('123456')]);
  expect(await send({ sure: 'yes' })).toContain('过一分钟再试');
  expect(await letters()).toHaveLength(1);
  const { results } = await (
    await runtime.db()
  )
    .prepare(`SELECT subject, after FROM audit_rows WHERE act = 'sms.test' ORDER BY seq`)
    .all();
  expect(results).toEqual([
    { subject: '137****9876', after: '{"kind":"code","outcome":"sent"}' },
    { subject: '137****9876', after: '{"kind":"code","outcome":"limited"}' },
  ]);
});

test('a deployment with gaps: today leads there, and values are offered that WeChat would take', async () => {
  const gaps = await deploy({
    WECHAT_APP_SECRET: '',
    WECHAT_TOKEN: '',
    WECHAT_ENCODING_AES_KEY: 'too-short',
    PAY_MCH_ID: '',
    PAY_PRIVATE_KEY: 'apiclient_key.pem',
    SMS_KEY_ID: '',
  });
  try {
    const boss = await enter(gaps);
    const today = await see('/console/', boss);
    for (const part of ['公众号还没接好', '短信或微信支付没接好']) expect(today).toContain(part);
    const { text } = await boss.get('/console/wechat');
    const shown = words({ text });
    for (const part of ['还没有填 WECHAT_APP_SECRET', '还没有填 WECHAT_TOKEN', '43位英文或数字', '要先处理'])
      expect(shown).toContain(part);
    const offered = (id: string): string =>
      new RegExp(`id="copy-${id}" value="([^"]*)"`).exec(text)?.[1] ?? '';
    const made = { token: offered('token'), encodingAESKeys: [offered('key')] };
    expect(checkSettings({ appId: '', appSecret: '', ...made }).map(({ setting }) => setting)).toEqual([
      'appId',
      'appSecret',
    ]);
    const channels = await see('/console/channels', boss);
    for (const part of [
      '还没有填 SMS_KEY_ID',
      '还没有填 PAY_MCH_ID',
      'PAY_PRIVATE_KEY（商户API证书私钥）读不出来',
    ])
      expect(channels).toContain(part);
    expect(text + channels).not.toContain(credentials.wechat.encodingAESKey);
  } finally {
    await gaps.stop();
  }
});

test('values that are made up are never twice the same, and always of the length', () => {
  const some = Array.from({ length: 200 }, () => madeUp(43));
  expect(new Set(some).size).toBe(200);
  expect(some.every((one) => /^[A-Za-z0-9]{43}$/.test(one))).toBe(true);
});
