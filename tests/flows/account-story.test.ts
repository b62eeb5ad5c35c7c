/**
 * 一个会员的一生: scans an associate's code, follows, registers by phone, buys, asks, is answered, leaves. Everything over HTTP,
 * through the Worker as it is deployed and the simulated WeChat with real signatures and encryption both ways.
 */
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forget, newStateDir, startHuike, type Running } from '../support/running.ts';
import { until } from '../support/until.ts';

type Json = Record<string, unknown>;

const openid = 'oStoryZhangMeili_01';
const phone = '13700009876';
const stateDir = newStateDir();

let huike: Running;
let keys: { apiToken: string; erp: { url: string; secret: string } };
let guideId = '';
let memberId = '';

beforeAll(async () => {
  huike = await startHuike(stateDir);
  keys = (await (await fetch(`${huike.url}/sandbox/api/credentials`)).json()) as typeof keys;
});
afterAll(async () => {
  await huike.stop();
  forget(stateDir);
});

async function api(method: string, path: string, body?: Json): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${huike.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${keys.apiToken}`,
      'content-type': 'application/json',
      'idempotency-key': `${method}-${path}-${JSON.stringify(body ?? null).length}`.replaceAll(
        /[^\x21-\x7e]/g,
        '',
      ),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Json };
}

const get = async (path: string): Promise<Json> => (await api('GET', path)).json;
const itemsOf = (list: Json): Json[] => list['items'] as Json[];

async function sandbox(path: string, body?: Json): Promise<Json> {
  const response = await fetch(`${huike.url}/sandbox/api${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Json;
}

/** What the person reads on their phone, newest first. */
const phoneScreen = async (): Promise<string[]> =>
  itemsOf(await sandbox(`/messages?openid=${openid}`)).map(({ text }) => String(text));

/** A browser that belongs to the person: keeps cookies, follows WeChat's login. */
class Browser {
  #cookies = new Map<string, string>();

  async open(url: string, form?: URLSearchParams): Promise<{ status: number; url: string; html: string }> {
    let next = new URL(url, huike.url);
    let body = form;
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body && { method: 'POST', body }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
        this.#cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) return { status: response.status, url: next.href, html: await response.text() };
      next = new URL(location, next);
      body = undefined;
      // WeChat knows whose phone this is.
      if (next.pathname.endsWith('/connect/oauth2/authorize')) next.searchParams.set('openid', openid);
    }
    throw new Error('redirected in a circle');
  }
}

const hidden = (html: string): [string, string][] =>
  [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1] ?? '',
    /value="([^"]*)"/.exec(input)?.[1] ?? '',
  ]);

test('she scans the code of her associate, follows, and is welcomed with the way to register', async () => {
  const template = await api('POST', '/coupon-templates', {
    name: '注册礼5元券',
    kind: 'cash',
    valueFen: 500,
    validity: { relative: { afterDays: 0, forDays: 7 } },
  });
  await api('POST', '/campaigns', {
    name: '注册有礼',
    trigger: 'member.joined',
    status: 'active',
    conditions: [{ kind: 'stage', stages: ['months-0-12'] }],
    rewards: [
      { kind: 'coupon', templateId: template.json['id'], count: 1 },
      { kind: 'points', points: 66 },
    ],
  });
  await api('PUT', '/associates/g-story', { name: '小梅', storeId: null, openid: 'oGuideXiaomei' });
  guideId = 'g-story';
  const { reply } = await sandbox('/follow', { openid, scene: `adv_${guideId}` });
  expect(reply).toContain('我是您的专属导购小梅');
  expect(reply).toContain(`${huike.url}/m/register`);
  expect(await phoneScreen()).toEqual([reply]);
});

test('she registers with her phone and a code, and the gifts for a baby of ten months are there', async () => {
  const browser = new Browser();
  const form = await browser.open('/m/register');
  expect(form.html).toContain('验证码');
  const born = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10);
  const typed = { phone, name: '张美丽', baby: 'born', bornOn: born, agree: 'yes' };
  const asked = await browser.open(
    '/m/register/code',
    new URLSearchParams([...hidden(form.html), ...Object.entries(typed)]),
  );
  expect(asked.status).toBe(200);
  const [letter] = itemsOf(await sandbox(`/sms?phone=${phone}`));
  const code = /\d{6}/.exec(String(letter?.['text']))?.[0] ?? '';
  const wrong = await browser.open(
    '/m/register',
    new URLSearchParams([
      ...hidden(asked.html),
      ...Object.entries({ ...typed, code: code === '000000' ? '111111' : '000000' }),
    ]),
  );
  expect(wrong.status).toBe(422);
  expect(itemsOf(await get(`/members?phone=${phone}`))).toEqual([]);
  const done = await browser.open(
    '/m/register',
    new URLSearchParams([...hidden(wrong.html), ...Object.entries({ ...typed, code })]),
  );
  expect([done.status, new URL(done.url).pathname]).toEqual([200, '/m/']);
  expect(done.html).toContain('注册礼5元券');

  const [member] = itemsOf(await get(`/members?phone=${phone}`));
  expect(member).toMatchObject({
    name: '张美丽',
    points: 66,
    associate: { id: guideId },
    stages: ['months-0-12'],
  });
  memberId = String(member?.['id']);
  expect(itemsOf(await get(`/members/${memberId}/coupons`)).map(({ state }) => state)).toContain('issued');
  await until(async () => (await phoneScreen()).some((text) => text.includes('注册成功')));
});

test('she buys for 400 yuan; points and a red packet arrive, and WeChat tells her', async () => {
  const sale = {
    type: 'sale.completed',
    id: 'story-sale-1',
    occurredAt: new Date().toISOString(),
    data: {
      orderNo: 'story-sale-1',
      store: { id: '8005', name: '天河店' },
      member: { phone },
      lines: [{ lineNo: '1', sku: 'story-milk', name: '奶粉', quantity: '2', amountFen: 40_000 }],
      amounts: { paidFen: 40_000 },
    },
  };
  const body = JSON.stringify(sale);
  const sentAt = new Date();
  const response = await fetch(keys.erp.url, {
    method: 'POST',
    body,
    headers: {
      'webhook-id': 'msg-story-sale',
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(keys.erp.secret).sign('msg-story-sale', sentAt, body),
    },
  });
  expect(response.status).toBe(202);
  await until(async () => (await phoneScreen()).some((text) => text.includes('400元')));
  // WeChat says so afterwards, and the outbox knows.
  const arrived = async (): Promise<boolean> =>
    itemsOf(await get('/messages')).some(
      ({ kind, arrival }) => kind === 'sale-earned' && arrival === 'delivered',
    );
  await until(arrived);
  const member = await get(`/members/${memberId}`);
  expect(Number(member['points'])).toBeGreaterThanOrEqual(466);
  const { wallet } = member['accounts'] as Record<string, number>;
  expect(wallet).toBeGreaterThanOrEqual(500);
});

test('she asks, her associate is told and answers, and the answer is on her phone', async () => {
  // It opens the window in which she hears from members; nobody has spoken to her yet, and she is told so.
  expect((await sandbox('/say', { openid: 'oGuideXiaomei', text: '我在' }))['reply']).toContain(
    '没有转给会员',
  );
  const { reply } = await sandbox('/say', { openid, text: '奶粉宝宝喝了有点上火怎么办' });
  expect(reply).toBeNull();
  const toldGuide = async (): Promise<string> =>
    JSON.stringify(await sandbox('/messages?openid=oGuideXiaomei'));
  await until(async () => (await toldGuide()).includes('张美丽：奶粉宝宝喝了有点上火怎么办'));
  const threads = async (): Promise<Json[]> => itemsOf(await get(`/conversations?associate=${guideId}`));
  await until(async () => (await threads()).length === 1);
  const [thread] = await threads();
  const id = encodeURIComponent(String(thread?.['thread']));
  const answer = await api('POST', `/conversations/${id}/messages`, {
    text: '多喝点温水，冲调时水温别太高。',
    associateId: guideId,
  });
  expect(answer.status).toBe(201);
  await until(async () => (await phoneScreen())[0] === '多喝点温水，冲调时水温别太高。');
  const other = await api('POST', `/conversations/${id}/messages`, { text: '我来', associateId: 'g7' });
  expect([other.status, other.json['code']]).toEqual([409, 'not_yours']);
});

test('she leaves: what WeChat told of her is gone from everywhere, her member record and her ledger stay', async () => {
  const before = await get(`/members/${memberId}/ledger?account=points`);
  expect((await sandbox('/unfollow', { openid }))['ok']).toBe(true);
  const after = await get(`/members/${memberId}`);
  expect(after).toMatchObject({ name: '张美丽', phone, associate: { id: guideId } });
  expect(await get(`/members/${memberId}/ledger?account=points`)).toEqual(before);
  for (const path of [
    '/events',
    '/messages',
    `/conversations?associate=${guideId}`,
    `/members?openid=${openid}`,
  ])
    expect(JSON.stringify(await get(path)), path).not.toMatch(/oStoryZhangMeili|上火/);
});

test('she asks to be forgotten, and within a few minutes nothing of hers is left in the database', async () => {
  await api('POST', '/members', { phone, name: '张美丽' });
  const body = JSON.stringify({
    type: 'member.deleted',
    id: 'story-delete',
    occurredAt: new Date().toISOString(),
    data: { phone },
  });
  const sentAt = new Date();
  await fetch(keys.erp.url, {
    method: 'POST',
    body,
    headers: {
      'webhook-id': 'msg-story-delete',
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(keys.erp.secret).sign('msg-story-delete', sentAt, body),
    },
  });
  await until(async () => itemsOf(await get(`/members?phone=${phone}`)).length === 0);
  for (let minute = 1; minute <= 3; minute += 1) {
    await sandbox('/cron', { at: new Date(Date.now() + minute * 60_000).toISOString() });
  }
  for (const path of ['/events', '/messages', `/members/${memberId}`])
    expect(JSON.stringify(await get(path)), path).not.toMatch(new RegExp(`${phone}|张美丽|oStoryZhang`));
  expect(itemsOf(await get(`/members/${memberId}/ledger?account=points`)).length).toBeGreaterThan(0);
});
