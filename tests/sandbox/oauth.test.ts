import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { queryOf, refused, settings, startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.act('/follow', { openid: 'oLogs', unionid: 'uLogs', name: '小橙子妈妈' });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.act('/control', { clockAheadMs: 0, isSnapshot: false }));

const back = 'http://127.0.0.1:8787/m/callback?from=menu';
const page = (given: Record<string, string> = {}) =>
  `/sandbox/oauth2/authorize?${queryOf({
    appid: settings.WECHAT_APP_ID,
    redirect_uri: back,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 's1',
    ...given,
  })}`;
const visit = (given: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  sandbox.fetch(new URL(page(given), settings.PUBLIC_URL).href, { redirect: 'manual', headers });
async function codeFor(given: Record<string, string> = {}): Promise<string> {
  const response = await visit({ openid: 'oLogs', ...given });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
const exchange = async (code: string, given: Record<string, string> = {}) => {
  const query = { appid: settings.WECHAT_APP_ID, secret: settings.WECHAT_APP_SECRET, code, ...given };
  const path = `/sns/oauth2/access_token?${queryOf({ grant_type: 'authorization_code', ...query })}`;
  return (await sandbox.weixin(path)).json;
};
// The shape that is checked below for what is in it.
const tokenIn = (answer: unknown) => (answer as { access_token: string }).access_token;
const profile = async (token: string, openid: string) =>
  (await sandbox.weixin(`/sns/userinfo?access_token=${token}&openid=${openid}&lang=zh_CN`)).json;

describe('a browser logs in', () => {
  test('as a given person, and comes back with a code and the state', async () => {
    const response = await visit({ openid: 'oLogs' });
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe('http://127.0.0.1:8787/m/callback');
    expect(Object.fromEntries(location.searchParams)).toEqual({
      from: 'menu',
      code: expect.stringMatching(/^[\w-]{32}$/),
      state: 's1',
    });
  });

  test('silently for the phone that it is, and is asked who it is otherwise', async () => {
    const asked = await visit();
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain('陈小满');
    expect((await visit({}, { cookie: 'sandbox-openid=oLogs' })).status).toBe(302);
    expect((await visit({ scope: 'snsapi_userinfo' }, { cookie: 'sandbox-openid=oLogs' })).status).toBe(200);
  });

  test('and may turn it down, which brings no code', async () => {
    const location = (await visit({ openid: 'oLogs', deny: '1' })).headers.get('location') ?? '';
    expect(new URL(location).searchParams.has('code')).toBe(false);
  });

  test.each<[string, Record<string, string>, string]>([
    ['another appid', { appid: 'wx0' }, 'AppID 参数错误'],
    ['a domain that is not set up', { redirect_uri: 'https://a.example/' }, '10003'],
    ['a scope nobody knows', { scope: 'snsapi_all' }, '10005'],
    ['no response_type', { response_type: 'token' }, 'response_type'],
    ['a state with signs in it', { state: '<b>' }, 'state'],
  ])('with %s is refused', async (_, given, words) => {
    const response = await visit({ openid: 'oLogs', ...given });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('a code', () => {
  test('of snsapi_base is exchanged for the openid alone, once', async () => {
    const code = await codeFor();
    expect(await exchange(code)).toEqual({
      access_token: expect.any(String),
      expires_in: 7200,
      refresh_token: expect.any(String),
      openid: 'oLogs',
      scope: 'snsapi_base',
    });
    expect(await exchange(code)).toEqual(refused(40163, 'code been used'));
  });

  test('is good for five minutes', async () => {
    const code = await codeFor();
    await sandbox.act('/control', { clockAheadMs: 5 * 60_000 + 1000 });
    expect(await exchange(code)).toEqual(refused(42003));
  });

  test('that was made up, or comes with a wrong secret, is refused', async () => {
    expect(await exchange('made-up')).toEqual(refused(40029, 'invalid code'));
    const code = await codeFor();
    expect(await exchange(code, { secret: 'no' })).toEqual(refused(40125));
    expect(await exchange(code, { appid: 'wx0' })).toEqual(refused(40013));
    expect(await exchange(code, { grant_type: 'no' })).toEqual(refused(40002));
    expect(await exchange(code)).toMatchObject({ openid: 'oLogs' });
  });

  test('of snsapi_userinfo brings the unionid and the name, without sex and place', async () => {
    const answer = await exchange(await codeFor({ scope: 'snsapi_userinfo' }));
    expect(answer).toMatchObject({ openid: 'oLogs', unionid: 'uLogs', scope: 'snsapi_userinfo' });
    expect(await profile(tokenIn(answer), 'oLogs')).toMatchObject({
      openid: 'oLogs',
      nickname: '小橙子妈妈',
      sex: 0,
      province: '',
      unionid: 'uLogs',
    });
    expect(await profile(tokenIn(answer), 'oMemberZhouTing')).toEqual(refused(40003));
    const base = await exchange(await codeFor());
    expect(await profile(tokenIn(base), 'oLogs')).toEqual(refused(48001));
    expect(await profile('made-up', 'oLogs')).toEqual(refused(40001));
  });

  test('of a snapshot page stands for nobody: another openid, no unionid, no profile', async () => {
    await sandbox.act('/control', { isSnapshot: true });
    const answer = await exchange(await codeFor({ scope: 'snsapi_userinfo' }));
    expect(answer).toMatchObject({ is_snapshotuser: 1, openid: expect.stringMatching(/^oSnapshot/) });
    expect(answer).not.toHaveProperty('unionid');
    // As above.
    const { openid } = answer as { openid: string };
    expect(await profile(tokenIn(answer), openid)).toEqual(refused(48001));
  });
});
