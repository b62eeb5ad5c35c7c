/** 安装: `npm run setup` asks only for what is missing, creates nothing twice, and shows a secret at most once. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectParts, type Desk } from '../scripts/connect.ts';
import { parts } from '../scripts/parts/index.ts';
import { root } from '../scripts/runtime.ts';
import { readVar, writeVar } from '../scripts/toml.ts';

const shippedConfig = readFileSync(join(root, 'wrangler.toml'), 'utf8');

describe('without anybody at a terminal', () => {
  const home = mkdtempSync(join(tmpdir(), 'huike-setup-'));
  const account = join(home, 'account.json');
  type Account = { databases: string[]; queues: string[]; secrets: Record<string, string>; calls: string[] };
  const inAccount = (): Account => JSON.parse(readFileSync(account, 'utf8')) as Account;

  /** Cloudflare, as far as wrangler's few words go. */
  const wrangler = `#!${process.execPath}
const fs = require('node:fs');
const path = ${JSON.stringify(account)};
const has = fs.existsSync(path);
const state = has ? JSON.parse(fs.readFileSync(path)) : { databases: [], queues: [], secrets: {}, calls: [] };
const [, , ...args] = process.argv;
const call = args.join(' ');
state.calls.push(call);
const end = (text, code = 0) => { fs.writeFileSync(path, JSON.stringify(state)); console.log(text); process.exit(code); };
if (process.env.IS_DOWN && call.startsWith('secret list')) end('fetch failed', 1);
if (call === 'd1 list --json') end('notice\\n' + JSON.stringify(state.databases.map((name) => ({ name, uuid: 'uuid-of-' + name }))));
if (call.startsWith('d1 create')) { state.databases.push(args[2]); end('created'); }
if (call.startsWith('queues info')) end('', state.queues.includes(args[2]) ? 0 : 1);
if (call.startsWith('queues create')) { state.queues.push(args[2]); end('created'); }
if (call.startsWith('secret list')) {
  const names = Object.keys(state.secrets);
  if (names.length === 0) end('Worker "huike" not found.', 1);
  end(JSON.stringify(names.map((name) => ({ name, type: 'secret_text' }))));
}
if (call.startsWith('secret put')) { state.secrets[args[2]] = fs.readFileSync(0, 'utf8'); end('put'); }
end('unknown ' + call, 1);
`;

  beforeAll(() => {
    for (const name of ['scripts', 'workers/wechat', 'wrangler.toml', 'package.json'])
      cpSync(join(root, name), join(home, name), { recursive: true });
    const modules = join(root, 'node_modules');
    mkdirSync(join(home, 'node_modules', '.bin'), { recursive: true });
    for (const name of readdirSync(modules).filter((one) => !one.startsWith('.')))
      symlinkSync(join(modules, name), join(home, 'node_modules', name));
    writeFileSync(join(home, 'node_modules', '.bin', 'wrangler'), wrangler);
    chmodSync(join(home, 'node_modules', '.bin', 'wrangler'), 0o755);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const setup = (env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(home, 'scripts', 'setup.ts')], {
      encoding: 'utf8',
      input: '',
      env: { ...process.env, ...env },
    });
    return { status, said: `${stdout}${stderr}` };
  };
  const config = (): string => readFileSync(join(home, 'wrangler.toml'), 'utf8');

  test('a new account gets a database, two queues, one for the dead letters of each, and SEED; what is not connected is explained', () => {
    const { status, said } = setup();
    expect([status, said]).toEqual([0, expect.stringContaining('ready')]);
    const { databases, queues, secrets } = inAccount();
    expect({ databases, queues, secrets: Object.keys(secrets) }).toEqual({
      databases: ['huike'],
      queues: ['huike-doorbell', 'huike-doorbell-dead', 'huike-sending', 'huike-sending-dead'],
      secrets: ['SEED'],
    });
    expect(secrets['SEED']).toMatch(/^[0-9a-f]{64}$/);
    expect(said).toContain(`shown this once:\n\n  ${secrets['SEED']}\n`);
    expect(config()).toBe(shippedConfig.replace(/^database_id = .*$/m, 'database_id = "uuid-of-huike"'));
    for (const { name } of parts.flatMap(({ settings }) => settings).filter(({ isOptional }) => !isOptional))
      expect(said).toContain(name);
  });

  test('run again, it creates nothing and changes nothing', () => {
    const before = inAccount();
    const [configBefore] = [config()];
    const { status, said } = setup();
    expect([status, said.includes(String(before.secrets['SEED']))]).toEqual([0, false]);
    const { calls, ...after } = inAccount();
    expect({ ...after, calls: [] }).toEqual({ ...before, calls: [] });
    expect(calls.slice(before.calls.length).filter((call) => /create|put/.test(call))).toEqual([]);
    expect(config()).toBe(configBefore);
  });

  test('when Cloudflare does not say which secrets there are, none is replaced', () => {
    const before = inAccount().secrets;
    const { status, said } = setup({ IS_DOWN: 'yes' });
    expect([status, said]).toEqual([1, expect.stringContaining('fetch failed')]);
    expect(inAccount().secrets).toEqual(before);
  });
});

const privateKey = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----';
const publicKey = '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----';

/** What a merchant with everything would type. */
const answers: Readonly<Record<string, string>> = {
  WECHAT_APP_ID: 'wx5823bf96d3bd56c7',
  WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef',
  WECHAT_TOKEN: 'shopToken1',
  WECHAT_ENCODING_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  WECHAT_API_BASE: 'https://relay.example.com/weixin',
  WECOM_CORP_ID: 'ww5823bf96d3bd56c7',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'wecom-secret-of-the-app',
  WECOM_TOKEN: 'wecomToken1',
  WECOM_ENCODING_AES_KEY: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg',
  WECOM_API_BASE: 'https://relay.example.com/qyapi',
  SMS_PROVIDER: 'aliyun',
  SMS_KEY_ID: 'LTAI5tXXXXXXXXXX',
  SMS_KEY_SECRET: 'sms-secret-of-the-key',
  SMS_APP_ID: '',
  SMS_API_BASE: 'https://relay.example.com/aliyun-sms',
  PAY_MCH_ID: '1900000109',
  PAY_SERIAL: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  PAY_API_V3_KEY: '0123456789abcdef0123456789ABCDEF',
  PAY_API_BASE: 'https://relay.example.com/pay',
};
const files: Readonly<Record<string, string>> = { 'apiclient_key.pem': privateKey, 'pub_key.pem': publicKey };

function sitDown(wants: RegExp, given: Readonly<Record<string, string>> = answers) {
  let config = shippedConfig;
  const kept = new Map<string, string>([['SEED', 'x']]);
  const said: string[] = [];
  const asked: string[] = [];
  const shown: string[] = [];
  const paths = ['apiclient_key.pem', 'pub_key.pem'];
  const desk: Desk = {
    ask: (question, how) => {
      asked.push(question.trim());
      const reply = (): string => {
        if (question.includes('[y/N]')) return wants.test(question) ? 'y' : '';
        if (question.includes('公钥ID')) return 'PUB_KEY_ID_0119';
        if (question.includes('文件路径')) return paths.shift() ?? '';
        return given[question.trim().replace(' =', '')] ?? '';
      };
      const answer = reply();
      if (how === 'shown') shown.push(answer);
      return Promise.resolve(answer);
    },
    say: (line) => said.push(line),
    readFile: (path) => files[path] ?? null,
    vars: {
      get: (name) => readVar(config, name),
      set: (name, value) => {
        config = writeVar(config, name, value);
      },
    },
    secrets: { has: (name) => kept.has(name), put: (name, value) => kept.set(name, value) },
  };
  return { desk, kept, said, asked, shown, config: () => config };
}

describe('with a merchant at the terminal', () => {
  test('who wants everything is asked for each value once, and it lands where it belongs', async () => {
    const { desk, kept, said, shown, config } = sitDown(/./);
    expect(await connectParts(desk)).toBe(0);
    const { PAY_PRIVATE_KEY, PAY_PLATFORM_KEYS, RELAY_KEY, ...typed } = Object.fromEntries(kept);
    expect(PAY_PRIVATE_KEY).toBe(privateKey);
    expect(JSON.parse(PAY_PLATFORM_KEYS ?? '')).toEqual({ PUB_KEY_ID_0119: publicKey });
    expect(RELAY_KEY).toMatch(/^[0-9a-f]{64}$/);
    for (const [name, value] of Object.entries(answers).filter(([, one]) => one !== '')) {
      const isSecret = name in typed;
      expect([name, isSecret ? typed[name] : readVar(config(), name)]).toEqual([name, value]);
      expect([name, config().includes(value)]).toEqual([name, !isSecret]);
      // Hidden while it is typed, and not repeated afterwards.
      if (isSecret)
        expect([name, shown.includes(value), said.join().includes(value)]).toEqual([name, false, false]);
    }
    expect(said.filter((line) => line.includes(RELAY_KEY ?? ''))).toHaveLength(1);
  });

  test('asked again, nothing is, and nothing is shown or changed', async () => {
    const { desk, kept, said, asked, config } = sitDown(/./);
    await connectParts(desk);
    const before = [config(), [...kept]];
    said.length = 0;
    asked.length = 0;
    expect(await connectParts(desk)).toBe(0);
    expect([asked, said.filter(Boolean)]).toEqual([[], parts.map(({ name }) => `${name}：已填好`)]);
    expect([config(), [...kept]]).toEqual(before);
  });

  test('who wants the account alone is asked for nothing else', async () => {
    const { desk, kept, said, asked } = sitDown(/公众号（/);
    expect(await connectParts(desk)).toBe(4);
    expect([...kept.keys()]).toEqual([
      'SEED',
      'WECHAT_APP_SECRET',
      'WECHAT_TOKEN',
      'WECHAT_ENCODING_AES_KEY',
    ]);
    expect(asked.filter((question) => question.endsWith('='))).toHaveLength(4);
    expect(said).toContain('微信支付：还没有接入');
  });

  test('a key that is one letter short is refused three times, and then left for later', async () => {
    const { desk, kept, said } = sitDown(/公众号（/, { ...answers, WECHAT_ENCODING_AES_KEY: 'x'.repeat(42) });
    await connectParts(desk);
    expect(kept.has('WECHAT_ENCODING_AES_KEY')).toBe(false);
    expect(said.filter((line) => line.includes('应为43位英文或数字'))).toHaveLength(3);
    expect(said.join()).not.toContain('xxxx');
  });

  test('a file that is not the key it should be is refused', async () => {
    const { desk, kept, said } = sitDown(/微信支付商家转账/);
    const swapped = { ...desk, readFile: () => publicKey };
    await connectParts(swapped);
    expect(kept.has('PAY_PRIVATE_KEY')).toBe(false);
    expect(said.join('\n')).toContain('BEGIN PRIVATE KEY');
  });
});

test('wrangler.toml holds every public setting that is asked for, and no secret', () => {
  for (const { name, kind } of parts.flatMap(({ settings }) => settings)) {
    const stands = new RegExp(`^${name} = `, 'm').test(shippedConfig);
    expect([name, stands]).toEqual([name, kind === 'public']);
    if (kind === 'public') expect([name, readVar(shippedConfig, name)]).toEqual([name, null]);
  }
});

test('a value that would break wrangler.toml is not written into it', () => {
  expect(() => writeVar(shippedConfig, 'WECHAT_APP_ID', 'wx"\nPLAN = "paid')).toThrow('WECHAT_APP_ID');
});
