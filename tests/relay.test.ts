/** 中转: lets through what Huike calls, for who knows the key, and nothing else. Read from the configuration as it is shipped. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every path the two clients ask for, from their own source. */
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
  const config = read(file);
  const allowed = allows(config);

  test('lets every call of Huike through', () => {
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((path) => !allowed(path))).toEqual([]);
  });

  test.each([
    '/weixin/cgi-bin/token',
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
    expect(config).toContain('if ($huike_known = 0) { return 401; }');
    expect(config).toContain('proxy_pass_request_headers off;');
    // $request, $request_uri and $args would hold the access token; $uri does not.
    expect(/log_format [^;]+;/.exec(config)?.[0]).not.toMatch(
      /\$(request|request_uri|args|query_string|arg_)\b/,
    );
    expect(config).toContain('proxy_next_upstream off;');
  });
});

describe('阿里云短信', () => {
  const config = read('relay/nginx.conf');

  /** As nginx reads a map: an exact word first, then the shapes in their order. */
  function looked(variable: string, word: string): string {
    const [, body = ''] = new RegExp(`map [^{]+ \\${variable} \\{([^}]*)\\}`).exec(config) ?? [];
    const entries = [...body.matchAll(/^ *(?:"([^"]+)"|(\w+)) (\w+);/gm)].map(
      ([, quoted, plain = '', value = '']) => [quoted ?? plain, value] as const,
    );
    const exact = entries.find(([key]) => key === word);
    const shaped = entries.find(([key]) => key.startsWith('~') && new RegExp(key.slice(1)).test(word));
    return (exact ?? shaped ?? entries.find(([key]) => key === 'default') ?? ['', ''])[1];
  }
  const isLetIn = (path: string, authorization: string): boolean =>
    looked('$huike_known', `${path} ${looked('$huike_caller', authorization)}`) !== '0';

  const relayKey = 'Bearer REPLACE-WITH-RELAY_KEY';
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
