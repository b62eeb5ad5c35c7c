/** 中转: lets through what Huike calls, for who knows the key, and nothing else. Read from the configuration as it is shipped. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { payLine } from '../workers/payout/account.ts';
import { playPay } from './support/pay.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every path the clients of WeChat and WeCom ask for, from their own source. */
function called(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const found = files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...read(`${folder}/${name}`).matchAll(/['`](\/(?:cgi-bin|sns)\/[a-z_/0-9]+)/g)])
    .map(([, path = '']) => path);
  return [...new Set(found)].toSorted();
}

const weixin = called('workers/wechat/client');
const qyapi = called('workers/wechat/wecom');

function allows(config: string): (path: string) => boolean {
  const shapes = [...config.matchAll(/location ~ (\S+) \{/g)].map(([, shape = '']) => new RegExp(shape));
  const exact = [...config.matchAll(/location = (\S+) \{/g)].map(([, path = '']) => path);
  return (path) => exact.includes(path) || shapes.some((shape) => shape.test(path));
}

describe.each([
  ['relay/nginx.conf', [...weixin.map((path) => `/weixin${path}`), ...qyapi.map((path) => `/qyapi${path}`)]],
  ['relay/cloudrun/default.conf.template', weixin.map((path) => `/weixin${path}`)],
] as const)('%s', (file, wanted) => {
  const shipped = read(file);
  const allowed = allows(shipped);

  test('lets every call of Huike through', () => {
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((path) => !allowed(path))).toEqual([]);
  });

  test.each([
    '/weixin/cgi-bin/token',
    '/pay/v3/transfer/batches',
    '/pay/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/HK1/../x',
    '/v3/fund-app/mch-transfer/transfer-bills',
    '/weixin/cgi-bin/user/get',
    '/weixin/cgi-bin/clear_quota/v2',
    '/weixin/cgi-bin/stable_token/../user/get',
    '/weixin//cgi-bin/stable_token',
    '/cgi-bin/stable_token',
    '/weixin/cgi-bin/stable_tokenx',
    '/qyapi/cgi-bin/user/list',
    '/',
  ])('does not let %s through', (path) => {
    expect(allowed(path)).toBe(false);
  });

  test('asks for the key before it forwards, forwards no header of the caller, and writes no token down', () => {
    expect(shipped).toContain('if ($huike_known = 0) { return 401; }');
    expect(shipped).toContain('proxy_pass_request_headers off;');
    // $request, $request_uri and $args would hold the access token; $uri does not.
    expect(/log_format [^;]+;/.exec(shipped)?.[0]).not.toMatch(
      /\$(request|request_uri|args|query_string|arg_)\b/,
    );
    expect(shipped).toContain('proxy_next_upstream off;');
  });
});

/** Whether nginx.conf lets a call in by its headers, read as nginx reads a map: an exact word first, then the shapes in their order. */
const config = read('relay/nginx.conf');
function looked(variable: string, word: string): string {
  const [, body = ''] = new RegExp(`map [^{]+ \\${variable} \\{([^}]*)\\}`).exec(config) ?? [];
  const entries = [...body.matchAll(/^ *(?:"([^"]+)"|(\w+)) (\w+);/gm)].map(
    ([, quoted, plain = '', value = '']) => [quoted ?? plain, value] as const,
  );
  const exact = entries.find(([key]) => key === word);
  const shaped = entries.find(([key]) => key.startsWith('~') && new RegExp(key.slice(1)).test(word));
  return (exact ?? shaped ?? entries.find(([key]) => key === 'default') ?? ['', ''])[1];
}
const isLetIn = (path: string, authorization: string, relayAuthorization = ''): boolean => {
  const caller = looked('$huike_caller', authorization);
  const payer = looked('$huike_payer', relayAuthorization);
  return looked('$huike_known', `${path} ${caller} ${payer}`) !== '0';
};
const relayKey = 'Bearer REPLACE-WITH-RELAY_KEY';

describe('微信支付', () => {
  const bills = '/pay/v3/fund-app/mch-transfer/transfer-bills';
  const signature = 'WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="n",signature="s"';

  /** What the client of a shop behind the relay asks for. */
  async function asked(): Promise<Request[]> {
    const seen: Request[] = [];
    const account = { ...playPay({ now: 0 }).account, baseUrl: 'https://relay.example.com/pay' };
    const http = async (request: Request): Promise<Response> => {
      seen.push(request);
      return Response.json({}, { status: 503 });
    };
    const { client, relay } = payLine(account, {
      http,
      clock: () => 0,
      relayKey: 'REPLACE-WITH-RELAY_KEY',
    });
    expect(relay).toBe('relay.example.com');
    const outBillNo = 'HK0123456789ABCDEF0123456789AB';
    await client.create({
      appId: 'wx1',
      outBillNo,
      sceneId: '1000',
      openid: 'o1',
      amountFen: 100,
      remark: '提现',
      sceneReports: [],
    });
    await client.query(outBillNo);
    await client.cancel(outBillNo);
    return seen;
  }

  test('sending, asking and calling back go through with the key in a header of its own, and the signature in its place', async () => {
    const calls = await asked();
    expect(calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
    for (const { url, headers } of calls) {
      const { pathname } = new URL(url);
      expect([pathname, allows(config)(pathname)]).toEqual([pathname, true]);
      const authorization = headers.get('authorization') ?? '';
      expect(authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 /);
      expect(isLetIn(pathname, authorization, headers.get('x-relay-authorization') ?? '')).toBe(true);
      expect(isLetIn(pathname, authorization)).toBe(false);
    }
  });

  test('WeChat Pay never sees the key: a call that brings it where the signature stands is let in nowhere', () => {
    expect(isLetIn(bills, relayKey)).toBe(false);
    expect(isLetIn(bills, relayKey, relayKey)).toBe(false);
    expect(isLetIn('/weixin/cgi-bin/stable_token', signature, relayKey)).toBe(false);
    expect(isLetIn(`${bills} 0 1`, signature)).toBe(false);
    expect(isLetIn('/pay/../weixin/cgi-bin/stable_token', signature, relayKey)).toBe(false);
  });

  test('every header that WeChat Pay wants is handed on, and not the key', async () => {
    const [, location = ''] = /location ~ \^\/pay[^\n]*\{([^}]*)\}/.exec(config) ?? [];
    const ours = new Set((await asked()).flatMap(({ headers }) => [...headers.keys()]));
    ours.delete('x-relay-authorization');
    const handed = [...location.matchAll(/proxy_set_header (\S+) \$/g)].map(([, name = '']) =>
      name.toLowerCase(),
    );
    expect(handed).toEqual(expect.arrayContaining([...ours]));
    expect(location).not.toContain('relay');
  });
});

describe('阿里云短信', () => {
  const ours = 'ACS3-HMAC-SHA256 Credential=REPLACE-WITH-SMS_KEY_ID,SignedHeaders=host,Signature=0';

  test('what is signed with the shop’s AccessKey ID reaches 阿里云, and no other door', () => {
    expect(allows(config)('/aliyun-sms/')).toBe(true);
    expect(isLetIn('/aliyun-sms/', ours)).toBe(true);
    expect(isLetIn('/aliyun-sms/', ours.replace('REPLACE-WITH-SMS_KEY_ID', 'LTAItheirs'))).toBe(false);
    expect(isLetIn('/weixin/cgi-bin/stable_token', ours)).toBe(false);
    expect(isLetIn('/aliyun-sms/../weixin/cgi-bin/stable_token', ours)).toBe(false);
    expect(isLetIn('/aliyun-sms/ sms', '')).toBe(false);
  });

  test('the relay key opens the rest, and only as it is written', () => {
    expect(isLetIn('/weixin/cgi-bin/stable_token', relayKey)).toBe(true);
    for (const key of ['', 'Bearer ', `${relayKey}x`, `x${relayKey}`, 'REPLACE-WITH-RELAY_KEY', '1']) {
      expect(isLetIn('/weixin/cgi-bin/stable_token', key)).toBe(false);
    }
  });

  test('every header that 阿里云 verifies is handed on', () => {
    const location = config.slice(config.indexOf('location = /aliyun-sms/'));
    for (const name of ['action', 'content-sha256', 'date', 'signature-nonce', 'version']) {
      expect(location).toContain(`proxy_set_header x-acs-${name} $http_x_acs_${name.replaceAll('-', '_')};`);
    }
    expect(location).toContain('proxy_set_header Authorization $http_authorization;');
  });
});
