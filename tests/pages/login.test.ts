/** 登录: by WeChat, once, back to where one came from, and nowhere else. */
import { describe, expect, test } from 'vitest';
import type { Associate } from '../../schema/index.ts';
import { home, logIn, openPages, signUp, stateIn, words, type Pages } from './support.ts';

const returning = (code: string, state: string): string => `/m/login/return?code=${code}&state=${state}`;
const snapshot = { access_token: 't', openid: 'oSnapshot', scope: 'snsapi_base', is_snapshotuser: 1 };

test('whoever is not known goes to WeChat for their openid and nothing else, and comes back to /m/login/return', async () => {
  const { visitor } = await openPages();
  const { status, location } = await visitor().get('/m/');
  expect([status, location]).toEqual([302, '/m/login?to=%2Fm%2F']);
  const url = new URL((await visitor().get('/m/login?to=%2Fm%2F')).location ?? '');
  expect(url.origin + url.pathname).toBe('https://open.wechat.example/connect/oauth2/authorize');
  expect(url.searchParams.get('scope')).toBe('snsapi_base');
  expect(url.searchParams.get('redirect_uri')).toBe(`${home}/m/login/return`);
  expect(url.searchParams.get('state')).toMatch(/^[0-9a-z]{26}$/);
});

test('the session is a cookie that no script reads and no other site sends, for 7 days', async () => {
  const pages = await openPages();
  const { headers } = await logIn(pages, pages.visitor(), 'oA');
  const session = headers.getSetCookie().find((line) => line.startsWith('__Host-huike='));
  expect(session).toMatch(/; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
});

test('on this very machine, where there is no https, the cookie does without Secure; elsewhere http is sent to https', async () => {
  const pages = await openPages();
  const local = pages.visitor({ origin: 'http://127.0.0.1:8787' });
  const { headers } = await logIn(pages, local, 'oA');
  const session = headers.getSetCookie().find((line) => line.startsWith('huike='));
  expect(session).toMatch(/; HttpOnly; SameSite=Lax$/);
  const { status, location } = await pages.visitor({ origin: 'http://shop.example' }).get('/m/?x=1');
  expect([status, location]).toEqual([308, 'https://shop.example/m/?x=1']);
});

test('a session ends after 7 days, whatever the phone has kept', async () => {
  const pages = await openPages();
  const visitor = pages.visitor();
  await logIn(pages, visitor, 'oA');
  expect((await visitor.get('/m/')).location).toBe('/m/register');
  pages.shop.clock.now += 7 * 86_400_000;
  expect((await visitor.get('/m/')).location).toBe('/m/login?to=%2Fm%2F');
});

test('a cookie that was written by hand, or for something else, is no session', async () => {
  const pages = await openPages();
  const visitor = pages.visitor();
  await logIn(pages, visitor, 'oA');
  const genuine = visitor.cookies.get('__Host-huike') ?? '';
  const forged = encodeURIComponent(decodeURIComponent(genuine).replace('oA', 'oB'));
  const state = stateIn(await visitor.get('/m/login'));
  const foreign = visitor.cookies.get(`__Host-huike-login-${state}`) ?? '';
  expect(foreign).not.toBe('');
  for (const value of [forged, foreign, `${genuine}x`, '%', '']) {
    visitor.cookies.set('__Host-huike', value);
    expect((await visitor.get('/m/')).location).toBe('/m/login?to=%2Fm%2F');
  }
});

test.each([
  ['/m/register?guide=G7', '/m/register?guide=G7'],
  ['/a/', '/a/'],
  ['https://evil.example/m/', '/m/'],
  ['//evil.example/m/', '/m/'],
  ['/\\evil.example/m/', '/m/'],
  ['/m/\\..\\..\\evil', '/m/'],
  ['/m/../api/v1/members', '/m/'],
  ['/m/%2e%2e/api/v1/members', '/m/'],
  ['/m/login?to=/m/login', '/m/'],
  ['/m/login/return?code=x', '/m/'],
  ['/api/docs', '/m/'],
  ['/mall', '/m/'],
  ['', '/m/'],
  [`/m/${'x'.repeat(600)}`, '/m/'],
  ['/m/\r\nset-cookie: a=b', '/m/set-cookie:%20a=b'],
])('who asks to go to %s after the login goes to %s', async (to, landed) => {
  const pages = await openPages();
  const { status, location } = await logIn(pages, pages.visitor(), 'oA', to);
  expect([status, location]).toEqual([302, landed]);
});

test('the pages live under the address the merchant gave, and the login happens there', async () => {
  const { visitor } = await openPages({ settings: { publicUrl: 'https://vip.example.cn/' } });
  const away = await visitor({ origin: 'https://huike.workers.dev' }).get('/m/login?to=%2Fm%2Fregister');
  expect(away.location).toBe('https://vip.example.cn/m/login?to=%2Fm%2Fregister');
  const there = await visitor({ origin: 'https://vip.example.cn' }).get('/m/login');
  expect(new URL(there.location ?? '').searchParams.get('redirect_uri')).toBe(
    'https://vip.example.cn/m/login/return',
  );
});

describe('a login that fails', () => {
  async function begun(pages: Pages) {
    const visitor = pages.visitor();
    const state = stateIn(await visitor.get('/m/login?to=%2Fm%2Fregister'));
    return { visitor, state };
  }

  test.each([
    ['is not valid', 40029],
    ['was used before', 40163],
    ['is older than five minutes', 42003],
  ])('because its code %s begins again by itself once, and then asks', async (_, errcode) => {
    const pages = await openPages();
    pages.codes.set('stale', { errcode, errmsg: 'stale' });
    const { visitor, state } = await begun(pages);
    const again = await visitor.get(returning('stale', state));
    expect([again.status, new URL(again.location ?? '').host]).toEqual([302, 'open.wechat.example']);
    const asked = await visitor.get(returning('stale', stateIn(again)));
    expect([asked.status, asked.location]).toEqual([400, null]);
    expect(words(asked)).toContain('重新登录');
    expect(asked.text).toContain('href="/m/login?to=%2Fm%2Fregister"');
  });

  test('because a stranger made up the state is not taken: nobody is logged in as somebody else', async () => {
    const pages = await openPages();
    pages.codes.set('theirs', { access_token: 't', openid: 'oAttacker', scope: 'snsapi_base' });
    const { visitor } = await begun(pages);
    await visitor.get(returning('theirs', '0'.repeat(26)));
    expect(visitor.cookies.has('__Host-huike')).toBe(false);
  });

  test('because the phone keeps no cookies does not go round in circles', async () => {
    const pages = await openPages();
    const { visitor, state } = await begun(pages);
    visitor.cookies.clear();
    expect(await visitor.get(returning('any', state))).toMatchObject({ status: 400, location: null });
  });

  test('because it took longer than ten minutes asks once more', async () => {
    const pages = await openPages();
    const { visitor, state } = await begun(pages);
    pages.shop.clock.now += 10 * 60_000;
    expect(await visitor.get(returning('any', state))).toMatchObject({ status: 400, location: null });
  });

  test('because WeChat does not answer says so', async () => {
    const pages = await openPages();
    pages.codes.set('lost', new Error('connection lost'));
    const { visitor, state } = await begun(pages);
    const answer = await visitor.get(returning('lost', state));
    expect(answer.status).toBe(503);
    expect(words(answer)).toContain('微信暂时没有回应');
  });

  test('because it is a preview is never bound to anybody', async () => {
    const pages = await openPages();
    pages.codes.set('preview', snapshot);
    const { visitor, state } = await begun(pages);
    const answer = await visitor.get(returning('preview', state));
    expect(answer.status).toBe(403);
    expect(words(answer)).toContain('请在微信里点「使用完整服务」后再试');
    expect(visitor.cookies.has('__Host-huike')).toBe(false);
  });
});

test('a code comes back once: going back a page leads on, and does not log in again', async () => {
  const pages = await openPages();
  const visitor = pages.visitor();
  pages.codes.set('good', { access_token: 't', openid: 'oA', scope: 'snsapi_base' });
  const back = returning('good', stateIn(await visitor.get('/m/login')));
  expect((await visitor.get(back)).location).toBe('/m/');
  pages.codes.set('good', { access_token: 't', openid: 'oB', scope: 'snsapi_base' });
  expect((await visitor.get(back)).location).toBe('/m/');
  expect(decodeURIComponent(visitor.cookies.get('__Host-huike') ?? '')).toContain('"openid":"oA"');
});

describe('pages opened at once, as by two taps on two cards', () => {
  async function opened(pages: Pages, ...pathsAsked: readonly string[]) {
    const visitor = pages.visitor();
    const backs: string[] = [];
    for (const path of pathsAsked) {
      const code = `code${backs.length}`;
      pages.codes.set(code, { access_token: 't', openid: 'oA', scope: 'snsapi_base' });
      const begun = await visitor.get(`/m/login?to=${encodeURIComponent(path)}`);
      backs.push(returning(code, stateIn(begun)));
    }
    return { visitor, backs };
  }

  test('each end where they began, in whatever order WeChat comes back', async () => {
    const pages = await openPages();
    const asked = ['/m/register?guide=g7', '/m/transfers/ABC123', '/m/coupons'];
    const { visitor, backs } = await opened(pages, ...asked);
    const [first = '', second = '', third = ''] = backs;
    expect((await visitor.get(third)).location).toBe('/m/coupons');
    expect((await visitor.get(first)).location).toBe('/m/register?guide=g7');
    expect((await visitor.get(second)).location).toBe('/m/transfers/ABC123');
  });

  test('a return that is loaded twice leads to the same page both times', async () => {
    const pages = await openPages();
    const { visitor, backs } = await opened(pages, '/m/transfers/ABC123');
    const [back = ''] = backs;
    expect((await visitor.get(back)).location).toBe('/m/transfers/ABC123');
    pages.codes.set('code0', { errcode: 40163, errmsg: 'code been used' });
    expect((await visitor.get(back)).location).toBe('/m/transfers/ABC123');
  });

  test('a browser keeps the last five logins and no more', async () => {
    const pages = await openPages();
    const asked = Array.from({ length: 7 }, (_, place) => `/m/register?guide=g${place}`);
    const { visitor, backs } = await opened(pages, ...asked);
    const kept = [...visitor.cookies.keys()].filter((name) => name.startsWith('__Host-huike-login-'));
    expect(kept).toHaveLength(5);
    expect((await visitor.get(backs[6] ?? '')).location).toBe('/m/register?guide=g6');
    expect((await visitor.get(backs[0] ?? '')).location).toBe('/m/');
  });
});

test('a shop without an account says so, and sends nobody to WeChat', async () => {
  const { visitor } = await openPages({ account: { appId: '', secret: '' } });
  const answer = await visitor().get('/m/login');
  expect([answer.status, answer.location]).toEqual([503, null]);
  expect(words(answer)).toContain('请联系店员');
});

describe('associates', () => {
  const wang = {
    id: 'G7',
    name: '小王',
    storeId: '8005',
    openid: 'oWang',
    wecomUserId: null,
  } as unknown as Associate;

  test('小王 is greeted, with her shop', async () => {
    const pages = await openPages({ associates: [wang] });
    const visitor = pages.visitor();
    expect((await visitor.get('/a/')).location).toBe('/m/login?to=%2Fa%2F');
    expect((await logIn(pages, visitor, 'oWang', '/a/')).location).toBe('/a/');
    expect(words(await visitor.get('/a/'))).toMatch(/^您好，小王 您在天河店。/);
    expect(decodeURIComponent(visitor.cookies.get('__Host-huike') ?? '')).toContain('"role":"associate"');
  });

  test('whoever is not bound is told how to be, and who was unbound is nobody from then on', async () => {
    const pages = await openPages({ associates: [wang] });
    const visitor = pages.visitor();
    await logIn(pages, visitor, 'oStranger', '/a/');
    const answer = await visitor.get('/a/');
    expect(answer.status).toBe(403);
    expect(words(answer)).toContain('生成绑定二维码');
    const left = pages.visitor();
    await logIn(pages, left, 'oWang', '/a/');
    pages.shop.db.all(`UPDATE associates SET openid = NULL`);
    expect((await left.get('/a/')).status).toBe(403);
  });

  test('an associate may be a member as well', async () => {
    const pages = await openPages({ associates: [wang] });
    const visitor = pages.visitor();
    expect((await signUp(pages, visitor, { openid: 'oWang' })).location).toBe('/m/');
    expect(words(await visitor.get('/m/'))).toContain('陈小满，您好');
  });
});
