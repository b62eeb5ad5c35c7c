/** 场景二维码: codes for associates, stores, placements and sources, asked of WeChat once and looked after. */
import { describe, expect, test } from 'vitest';
import type { AssociateId } from '../../../schema/index.ts';
import { renewCodes } from '../../../workers/schedule/chores/codes.ts';
import { at, template } from '../../support/builders.ts';
import { officialOf } from '../../support/official.ts';
import { rowCounts } from '../../support/shop.ts';
import { playWechat, type Call, type Reply } from '../../support/wechat.ts';
import { items, openOffice, type Office } from '../support.ts';

const dayMs = 86_400_000;
const guide = {
  id: '12' as AssociateId,
  name: '小李',
  storeId: null,
  openid: null,
  wecomUserId: null,
  endedAt: null,
  successorId: null,
  codesGoOn: false,
  rev: 1,
};

/** Gives a code of its own to every call. */
function playCodes(answer: (call: Call) => Reply | undefined = () => undefined) {
  let codes = 0;
  return playWechat((call) => {
    const told = answer(call);
    if (told !== undefined || call.path !== '/cgi-bin/qrcode/create') return told;
    codes += 1;
    const seconds = call.body['expire_seconds'];
    return {
      ticket: `gQ/${String(codes)}==`,
      url: `http://weixin.qq.com/q/${String(codes)}`,
      ...(seconds === undefined ? {} : { expire_seconds: Number(seconds) }),
    };
  });
}

const codeCalls = (wechat: ReturnType<typeof playWechat>) =>
  wechat.calls.filter(({ path }) => path === '/cgi-bin/qrcode/create').map(({ body }) => body);

async function open(answer?: (call: Call) => Reply | undefined) {
  const wechat = playCodes(answer);
  const office = await openOffice({ wechat, associates: [guide], templates: [template('奶粉券')] });
  return { office, wechat };
}

const leaflet = { kind: 'coupon', targetId: '奶粉券', name: '医院宣传单', permanent: true };

const renew = (office: Office, wechat: ReturnType<typeof playWechat>, now: number): Promise<void> => {
  const { createQr } = officialOf(office.shop, wechat);
  office.shop.clock.now = now;
  return renewCodes({ db: office.shop.db, createQr, codesPerTick: 20 }, now);
};

describe('a scene is entered', () => {
  test('with a permanent code: asked of WeChat once, shown as a picture and as what it says', async () => {
    const { office, wechat } = await open();
    const put = await office.admin('PUT', '/scenes/hospital-1', { body: leaflet });
    expect(put.json).toEqual({
      id: 'hospital-1',
      kind: 'coupon',
      targetId: '奶粉券',
      name: '医院宣传单',
      permanent: true,
      renewed: false,
      expiresAt: null,
      ticket: 'gQ/1==',
      imageUrl: 'https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQ%2F1%3D%3D',
      url: 'http://weixin.qq.com/q/1',
      scans: 0,
      claims: 0,
      createdAt: '2026-11-22T07:00:00.000Z',
    });
    expect(codeCalls(wechat)).toEqual([
      { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'hospital-1' } } },
    ]);
    const again = await office.admin('PUT', '/scenes/hospital-1', { body: { ...leaflet, name: '儿童医院' } });
    expect([again.json['name'], again.json['ticket']]).toEqual(['儿童医院', 'gQ/1==']);
    expect(codeCalls(wechat)).toHaveLength(1);
    expect((await office.admin('GET', '/scenes/hospital-1')).json).toEqual(again.json);
  });

  test('its printed code may be given another meaning, and keeps what was counted', async () => {
    const { office } = await open();
    await office.admin('PUT', '/scenes/hospital-1', { body: leaflet });
    office.shop.db.all(`UPDATE scenes SET scans = 7, claims = 3`);
    const source = { kind: 'source', targetId: 'hospital', name: '医院', permanent: true };
    const { json } = await office.admin('PUT', '/scenes/hospital-1', { body: source });
    expect(json).toMatchObject({
      kind: 'source',
      targetId: 'hospital',
      ticket: 'gQ/1==',
      scans: 7,
      claims: 3,
    });
  });

  test.each([
    ['a coupon nobody drew up', { ...leaflet, targetId: '没有' }, 'targetId'],
    ['a store that is not there', { ...leaflet, kind: 'store', targetId: '9999' }, 'targetId'],
    ['an associate who is not there', { ...leaflet, kind: 'associate', targetId: '99' }, 'targetId'],
    ['a code for 31 days', { ...leaflet, permanent: false, days: 31 }, 'days'],
    ['a colleague’s code that never ends', { ...leaflet, kind: 'staff', targetId: '12' }, 'permanent'],
  ])('%s is refused, and WeChat is not asked', async (_, body, field) => {
    const { office, wechat } = await open();
    const before = rowCounts(office.shop.db);
    const { status, json } = await office.admin('PUT', '/scenes/x', { body });
    expect([status, json['field']]).toEqual([422, field]);
    expect(wechat.calls).toEqual([]);
    expect(rowCounts(office.shop.db)).toEqual(before);
  });

  test.each(['x'.repeat(65), '奶粉', 'a b', ''])('WeChat would not take the scene "%s"', async (id) => {
    const { office } = await open();
    const { status } = await office.admin('PUT', `/scenes/${encodeURIComponent(id)}`, { body: leaflet });
    expect(status).toBe(id === '' ? 404 : 422);
  });

  test('src=hospital is a scene like any other', async () => {
    const { office } = await open();
    const body = { kind: 'source', targetId: 'hospital', name: '医院' };
    const { status } = await office.admin('PUT', '/scenes/src=hospital', { body });
    expect(status).toBe(200);
  });

  test('the 100,001st permanent code is refused; a temporary one is not', async () => {
    const { office } = await open();
    office.shop.db.all(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      INSERT INTO scenes SELECT 'p' || i, 'source', 's', 's', 't', 'u', NULL, 0, 0, 0, NULL FROM n`);
    const refused = await office.admin('PUT', '/scenes/one-more', { body: leaflet });
    expect([refused.status, refused.json['code']]).toEqual([409, 'too_many_permanent']);
    const known = await office.admin('PUT', '/scenes/p1', { body: leaflet });
    expect(known.status).toBe(200);
    const { status } = await office.admin('PUT', '/scenes/one-more', {
      body: { ...leaflet, permanent: false },
    });
    expect(status).toBe(200);
  });

  test.each<[string, Reply, number, string]>([
    ['refuses', { errcode: 45029, errmsg: 'qrcode count out of limit' }, 409, 'wechat_refused'],
    ['does not answer', 502, 503, 'wechat_unreachable'],
  ])('WeChat %s: said so, and nothing is written', async (_, reply, status, code) => {
    const { office } = await open(({ path }) => (path === '/cgi-bin/qrcode/create' ? reply : undefined));
    const answer = await office.admin('PUT', '/scenes/x', { body: leaflet });
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(office.shop.db.all(`SELECT * FROM scenes`)).toEqual([]);
  });

  test('without a token WeChat is not asked for a code, and the answer says why', async () => {
    const refusal = { errcode: 40125, errmsg: 'invalid appsecret' };
    const { office, wechat } = await open(({ path }) =>
      path === '/cgi-bin/stable_token' ? refusal : undefined,
    );
    const { status, json } = await office.admin('PUT', '/scenes/x', { body: leaflet });
    expect([status, json['code']]).toEqual([503, 'wechat_unreachable']);
    expect(json['detail']).toContain('40125 invalid appsecret');
    expect(codeCalls(wechat)).toEqual([]);
  });

  test('a token that WeChat no longer takes is replaced, and the call made once more', async () => {
    let isOld = true;
    const { office, wechat } = await open(({ path }) => {
      if (path !== '/cgi-bin/qrcode/create' || !isOld) return undefined;
      isOld = false;
      return { errcode: 42001, errmsg: 'access_token expired' };
    });
    const { status } = await office.admin('PUT', '/scenes/x', { body: leaflet });
    expect(status).toBe(200);
    expect(codeCalls(wechat)).toHaveLength(2);
    expect(wechat.tokensGiven()).toBe(2);
  });

  test('without an official account there are no codes', async () => {
    const office = await openOffice({ templates: [template('奶粉券')] });
    const { status, json } = await office.admin('PUT', '/scenes/x', { body: leaflet });
    expect([status, json['code']]).toEqual([503, 'no_wechat']);
  });

  test('the list goes by id, a page at a time, without invitations', async () => {
    const { office } = await open();
    for (const id of ['b', 'a', 'c']) await office.admin('PUT', `/scenes/${id}`, { body: leaflet });
    await office.admin('POST', '/associates/12/invitation');
    const first = await office.admin('GET', '/scenes?limit=2');
    expect(items(first).map(({ id }) => id)).toEqual(['a', 'b']);
    const rest = await office.admin('GET', `/scenes?limit=2&after=${String(first.json['next'])}`);
    expect([items(rest).map(({ id }) => id), rest.json['next']]).toEqual([['c'], null]);
    expect(items(await office.admin('GET', '/scenes?kind=staff'))).toHaveLength(1);
  });
});

describe('temporary codes', () => {
  const source = { kind: 'source', targetId: 'hospital', name: '医院' };

  test('get their successor a day before the 30 days are over, and keep what was counted', async () => {
    const { office, wechat } = await open();
    const { json } = await office.admin('PUT', '/scenes/hospital', { body: source });
    expect([json['expiresAt'], json['renewed']]).toEqual(['2026-12-22T07:00:00.000Z', true]);
    office.shop.db.all(`UPDATE scenes SET scans = 5`);
    await renew(office, wechat, at('2026-12-21 14:59'));
    expect((await office.admin('GET', '/scenes/hospital')).json['ticket']).toBe('gQ/1==');
    await renew(office, wechat, at('2026-12-21 15:00'));
    expect((await office.admin('GET', '/scenes/hospital')).json).toMatchObject({
      ticket: 'gQ/2==',
      expiresAt: '2027-01-20T07:00:00.000Z',
      scans: 5,
    });
    await renew(office, wechat, at('2026-12-21 15:01'));
    expect(codeCalls(wechat)).toHaveLength(2);
  });

  test('of one day get it at noon, not every minute', async () => {
    const { office, wechat } = await open();
    await office.admin('PUT', '/scenes/today', { body: { ...source, days: 1 } });
    await renew(office, wechat, at('2026-11-23 02:59'));
    expect(codeCalls(wechat)).toHaveLength(1);
    await renew(office, wechat, at('2026-11-23 03:00'));
    await renew(office, wechat, at('2026-11-23 03:01'));
    expect(codeCalls(wechat)).toHaveLength(2);
  });

  test('that are to end, and permanent ones, are left alone', async () => {
    const { office, wechat } = await open();
    await office.admin('PUT', '/scenes/ends', { body: { ...source, days: 7, renewed: false } });
    await office.admin('PUT', '/scenes/stays', { body: { ...source, permanent: true } });
    await renew(office, wechat, office.shop.clock.now + 40 * dayMs);
    expect(codeCalls(wechat)).toHaveLength(2);
  });

  test('a WeChat that is down is asked again a minute later, and 45 codes take three minutes', async () => {
    let isDown = true;
    const { office, wechat } = await open(({ path }) =>
      path === '/cgi-bin/qrcode/create' && isDown ? 502 : undefined,
    );
    isDown = false;
    for (let code = 0; code < 45; code += 1)
      await office.admin('PUT', `/scenes/s${String(code)}`, { body: source });
    isDown = true;
    const due = office.shop.clock.now + 29 * dayMs;
    await renew(office, wechat, due);
    isDown = false;
    expect(codeCalls(wechat)).toHaveLength(45 + 1);
    for (const minute of [1, 2, 3, 4]) await renew(office, wechat, due + minute * 60_000);
    expect(codeCalls(wechat)).toHaveLength(46 + 45);
    expect(
      office.shop.db.all(`SELECT DISTINCT expires_at > ? AS fresh FROM scenes`, due + 20 * dayMs),
    ).toEqual([{ fresh: 1 }]);
  });
});

describe('an associate', () => {
  test('has one code of their own, the same until a day before it ends', async () => {
    const { office, wechat } = await open();
    const { json } = await office.admin('GET', '/associates/12/code');
    expect(json).toMatchObject({
      id: 'adv_12',
      kind: 'associate',
      targetId: '12',
      name: '小李',
      renewed: true,
    });
    office.shop.clock.now += 29 * dayMs - 1;
    expect((await office.admin('GET', '/associates/12/code')).json['ticket']).toBe('gQ/1==');
    office.shop.clock.now += 1;
    expect((await office.admin('GET', '/associates/12/code')).json['ticket']).toBe('gQ/2==');
    expect(codeCalls(wechat).map(({ expire_seconds: seconds }) => seconds)).toEqual([2_592_000, 2_592_000]);
  });

  test('whose number WeChat would not take as a scene gets a code all the same', async () => {
    const { office, wechat } = await open();
    await office.admin('PUT', '/associates/店长', { body: { name: '店长' } });
    const { json } = await office.admin('GET', '/associates/店长/code');
    expect(json).toMatchObject({ kind: 'associate', targetId: '店长' });
    expect(JSON.stringify(codeCalls(wechat)[0])).toMatch(/"adv-[0-9a-f]{40}"/);
  });

  test('is invited by a code of ten minutes that is never renewed; the same request twice is one invitation', async () => {
    const { office, wechat } = await open();
    const headers = { 'idempotency-key': 'invite-1' };
    const { status, json } = await office.admin('POST', '/associates/12/invitation', { headers });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      kind: 'staff',
      targetId: '12',
      expiresAt: '2026-11-22T07:10:00.000Z',
      renewed: false,
    });
    expect((await office.admin('POST', '/associates/12/invitation', { headers })).json).toEqual(json);
    expect(codeCalls(wechat).map(({ expire_seconds: seconds }) => seconds)).toEqual([600]);
  });

  test('nobody knows has neither', async () => {
    const { office } = await open();
    for (const [method, path] of [
      ['GET', '/associates/99/code'],
      ['POST', '/associates/99/invitation'],
    ] as const) {
      const { status, json } = await office.admin(method, path);
      expect([status, json['code']]).toEqual([404, 'unknown_associate']);
    }
  });
});
