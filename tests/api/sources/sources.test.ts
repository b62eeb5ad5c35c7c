/** 数据来源: registering a system, the secret it signs with, and changing that secret while it keeps sending. */
import { createHash, createHmac } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { activeSecrets } from '../../../workers/db/sources/sources.ts';
import { readSource } from '../../../workers/db/sources/registered-sources.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { fixture } from '../../support/erp/tell.ts';
import { requestOf } from '../../support/erp/fixtures.ts';
import { inboxRows } from '../../support/shop.ts';
import { items, openOffice, type Office } from '../support.ts';

afterEach(() => vi.restoreAllMocks());

const hourMs = 3_600_000;
const given = { name: '中仑ERP', adapter: 'generic' };
const youzanSecret = { client_id: 'yz-client', client_secret: 'the-shops-own-secret' };
const youzan = { name: '有赞商城', adapter: 'youzan', secret: youzanSecret };
const unsigned = {
  name: '不会签名的收银机',
  adapter: 'mapping',
  config: { verifier: { scheme: 'url-token' }, answer: { success: { body: 'SUCCESS' } } },
};

async function secretsOf({ shop }: Office, id: string): Promise<string[]> {
  const source = await readSource(shop.db, id);
  if (!source) throw new Error(`no source ${id}`);
  return activeSecrets(source, shop.clock.now);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const addressIn = (json: unknown): URL => new URL(String(Reflect.get(Object(json), 'address')));

async function post({ shop }: Office, request: Request): Promise<number> {
  const [, id = ''] = /\/hooks\/erp\/([^/?]+)/.exec(request.url) ?? [];
  return (await receiveErp(shop.receiver, request, id)).status;
}

test('a new source is given its secret once, and the address to paste always', async () => {
  const office = await openOffice();
  const { admin } = office;
  const { status, json } = await admin('PUT', '/sources/zhonglun', { body: given });
  expect(status).toBe(201);
  const secret = String(json['secret']);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(await secretsOf(office, 'zhonglun')).toEqual([secret]);

  const renamed = await admin('PUT', '/sources/zhonglun', { body: { ...given, name: '中仑' } });
  expect(renamed.status).toBe(200);
  const shown = {
    id: 'zhonglun',
    name: '中仑',
    adapter: 'generic',
    namespace: 'zhonglun',
    config: null,
    secrets: [{ ending: secret.slice(-4), validTo: null }],
    createdAt: '2026-11-22T07:00:00.000Z',
  };
  expect(renamed.json).toEqual({ ...shown, webhook: expect.anything() });
  expect((await admin('GET', '/sources/zhonglun')).json).toEqual(renamed.json);
  expect(renamed.json['webhook']).toMatchObject({
    address: 'http://localhost/hooks/erp/zhonglun',
    scheme: 'standard-webhooks',
    acknowledgement: { status: 202, body: '{"ok":true,"eventId":"ev_…","duplicate":false}' },
    refusal: { status: 401 },
    probe: null,
  });
  const list = await admin('GET', '/sources');
  expect(items(list).map(({ id }) => id)).toEqual(['till', 'zhonglun']);
  expect(items(list)[1]).toEqual(shown);
});

test('a source keeps its namespace, and its config unless another is given', async () => {
  const { admin } = await openOffice();
  await admin('PUT', '/sources/b', {
    body: { ...given, namespace: 'erp', config: { zone: 'Asia/Shanghai' } },
  });
  const moved = await admin('PUT', '/sources/b', { body: { ...given, namespace: 'other' } });
  expect(moved.json).toMatchObject({ status: 409, code: 'namespace_is_fixed' });
  const same = await admin('PUT', '/sources/b', { body: given });
  expect(same.json).toMatchObject({ namespace: 'erp', config: { zone: 'Asia/Shanghai' } });
});

test.each([
  ['/sources/Zhong', given, 'id'],
  ['/sources/-a', given, 'id'],
  ['/sources/wechat', given, 'id'],
  ['/sources/a', { ...given, adapter: 'nobody' }, 'adapter'],
  ['/sources/a', { ...given, namespace: 'a:b' }, 'namespace'],
])('%s %j is refused for its %s', async (path, body, field) => {
  const { admin } = await openOffice();
  expect((await admin('PUT', path, { body })).json).toMatchObject({ status: 422, field: field });
});

test('a vendor’s own secret of several values is kept as it is, verifies, and is shown nowhere', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const { status, json } = await admin('PUT', '/sources/shop', { body: youzan });
  expect([status, json['secret']]).toEqual([201, undefined]);
  expect(json['webhook']).toMatchObject({
    acknowledgement: { status: 200, contentType: 'application/json', body: '{"code":0,"msg":"success"}' },
    probe: { status: 200 },
  });
  expect(await secretsOf(office, 'shop')).toEqual([JSON.stringify(youzanSecret)]);
  const now = shop.clock.now;
  const sale = fixture('youzan', 'sale');
  expect(await post(office, requestOf(sale, { now, isForged: true }))).toBe(401);
  expect(await post(office, requestOf(sale, { now }))).toBe(200);
  expect(inboxRows(shop.db).map(({ type }) => type)).toEqual(['sale.completed']);

  const everywhere = [
    json,
    (await admin('GET', '/sources/shop')).json,
    (await admin('GET', '/sources')).json,
  ];
  expect(JSON.stringify(everywhere)).not.toContain('shops-own');
  expect(items(await admin('GET', '/sources'))[0]).toMatchObject({ secrets: [{ ending: 'cret' }] });
});

test.each<[string, object, string]>([
  ['有赞 without its values', { ...youzan, secret: undefined }, 'secret'],
  ['有赞 with one value', { ...youzan, secret: 'a-single-secret' }, 'secret'],
  ['有赞 with half of them', { ...youzan, secret: { client_id: 'a' } }, 'secret.client_secret'],
  ['有赞 with one too many', { ...youzan, secret: { ...youzanSecret, token: 'x' } }, 'secret'],
  ['the canonical event with any text', { ...given, secret: 'a-long-enough-secret' }, 'secret'],
  ['the canonical event with a short key', { ...given, secret: 'whsec_c2hvcnQ=' }, 'secret'],
  ['an HMAC with a short secret', { name: '自研', adapter: 'hmac', secret: '1234567' }, 'secret'],
  ['an HMAC with a pasted space', { name: '自研', adapter: 'hmac', secret: 'secret-key ' }, 'secret'],
  ['Stripe without what its console shows', { name: 'Stripe', adapter: 'stripe' }, 'secret'],
  ['Stripe with an API key', { name: 'Stripe', adapter: 'stripe', secret: 'sk_live_123456789' }, 'secret'],
  ['an address with a secret of its own', { ...unsigned, secret: 'a-token-of-our-own' }, 'secret'],
])('%s is refused, and the secret is not repeated', async (_, body, field) => {
  const office = await openOffice();
  const logged = vi.spyOn(console, 'error');
  const refused = await office.admin('PUT', '/sources/a', { body });
  expect(refused.json).toMatchObject({ status: 422, field });
  for (const word of [
    'single-secret',
    'long-enough',
    'c2hvcnQ',
    '1234567',
    'secret-key',
    'sk_live',
    'of-our-own',
  ])
    expect(JSON.stringify(refused.json)).not.toContain(word);
  expect(logged).not.toHaveBeenCalled();
  expect(await readSource(office.shop.db, 'a')).toBeNull();
});

test('an HMAC source signs with the secret it gave, or with one made for it', async () => {
  const office = await openOffice();
  const { admin } = office;
  const body = { name: '自研收银', adapter: 'hmac' };
  const made = await admin('PUT', '/sources/own', { body });
  expect(made.json['secret']).toMatch(/^[A-Za-z0-9_-]{43}$/);
  const chosen = await admin('PUT', '/sources/theirs', { body: { ...body, secret: 'the-dealers-secret' } });
  expect(chosen.json['secret']).toBeUndefined();
  for (const [id, secret] of [
    ['own', String(made.json['secret'])],
    ['theirs', 'the-dealers-secret'],
  ] as const) {
    const text = `{"type":"ping","id":"${id}"}`;
    const code = createHmac('sha256', secret).update(text).digest('hex');
    const headers = { 'x-hub-signature-256': `sha256=${code}` };
    const url = `https://huike.example/hooks/erp/${id}`;
    expect(await post(office, new Request(url, { method: 'POST', headers, body: text }))).toBe(202);
  }
});

test('the address of a till that cannot sign is shown once; only its digest is kept, and only it is let in', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const { json } = await admin('PUT', '/sources/plain', { body: unsigned });
  const address = addressIn(json['webhook']);
  const token = address.searchParams.get('token') ?? '';
  expect([address.pathname, token, json['secret']]).toEqual([
    '/hooks/erp/plain',
    expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    undefined,
  ]);
  expect(await secretsOf(office, 'plain')).toEqual([sha256(token)]);

  const send = (url: string | URL) => post(office, new Request(url, { method: 'POST', body: '{"no":"1"}' }));
  expect(await send(address)).toBe(200);
  // Some consoles take no query.
  expect(await send(`${address.origin}${address.pathname}/${token}`)).toBe(200);
  expect(await send(`${address.origin}${address.pathname}?token=${sha256(token)}`)).toBe(401);
  expect(await send(`${address.origin}${address.pathname}`)).toBe(401);

  const later = [await admin('GET', '/sources/plain'), await admin('GET', '/sources')];
  expect(addressIn(later[0]?.json['webhook']).search).toBe('?token=****');
  expect(JSON.stringify([later, inboxRows(shop.db)])).not.toContain(token);
});

test('a secret is changed by rotating it, and a source that is registered again keeps it', async () => {
  const office = await openOffice();
  const { admin } = office;
  await admin('PUT', '/sources/shop', { body: youzan });
  const again = await admin('PUT', '/sources/shop', { body: { ...youzan, name: '有赞' } });
  expect([again.status, again.json['name']]).toEqual([200, '有赞']);
  const other = { ...youzanSecret, client_secret: 'another-secret' };
  expect((await admin('PUT', '/sources/shop', { body: { ...youzan, secret: other } })).json).toMatchObject({
    status: 409,
    code: 'secret_is_kept',
  });
  expect(await secretsOf(office, 'shop')).toEqual([JSON.stringify(youzanSecret)]);
});

test('a source that verifies otherwise from now on gets a secret that fits, and keeps one that does', async () => {
  const office = await openOffice();
  const { admin } = office;
  const own = { name: '自研', adapter: 'hmac', secret: 'the-dealers-secret' };
  await admin('PUT', '/sources/a', { body: own });
  const md5 = { ...own, secret: undefined, config: { signedBy: 'md5-body-suffix' } };
  expect((await admin('PUT', '/sources/a', { body: md5 })).status).toBe(200);
  expect(await secretsOf(office, 'a')).toEqual(['the-dealers-secret']);

  const { json } = await admin('PUT', '/sources/a', { body: unsigned });
  const token = addressIn(json['webhook']).searchParams.get('token') ?? '';
  expect(await secretsOf(office, 'a')).toEqual([sha256(token)]);
  // The digest is nobody's secret: signing with it must not work.
  const signed = await admin('PUT', '/sources/a', { body: md5 });
  expect(signed.json['secret']).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await secretsOf(office, 'a')).toEqual([signed.json['secret']]);
});

test('a rotated secret verifies beside the old one until the overlap ends', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const first = String((await admin('PUT', '/sources/a', { body: given })).json['secret']);
  const { json } = await admin('POST', '/sources/a/rotate', { body: { overlapHours: 24 } });
  const second = String(json['secret']);
  expect(json).toEqual({
    id: 'a',
    secret: expect.stringMatching(/^whsec_/),
    address: 'http://localhost/hooks/erp/a',
    oldValidTo: '2026-11-23T07:00:00.000Z',
  });
  expect(await secretsOf(office, 'a')).toEqual([second, first]);
  const third = String(
    (await admin('POST', '/sources/a/rotate', { body: { overlapHours: 48 } })).json['secret'],
  );
  shop.clock.now += 24 * hourMs;
  expect(await secretsOf(office, 'a')).toEqual([third, second]);
  const last = String(
    (await admin('POST', '/sources/a/rotate', { body: { overlapHours: 0 } })).json['secret'],
  );
  expect(await secretsOf(office, 'a')).toEqual([last]);
  expect((await admin('POST', '/sources/none/rotate', { body: {} })).json).toMatchObject({
    code: 'unknown_source',
  });
});

test('a vendor’s new secret is checked like the first, and not repeated', async () => {
  const office = await openOffice();
  const { admin } = office;
  await admin('PUT', '/sources/shop', { body: youzan });
  const rotate = (secret?: unknown) =>
    admin('POST', '/sources/shop/rotate', { body: { ...(secret !== undefined && { secret }) } });
  expect((await rotate()).json).toMatchObject({ status: 422, field: 'secret' });
  expect((await rotate('text')).json).toMatchObject({ status: 422, field: 'secret' });
  expect((await rotate(youzanSecret)).json).toMatchObject({ status: 422, field: 'secret' });
  const other = { ...youzanSecret, client_secret: 'another-secret' };
  const { status, json } = await rotate(other);
  expect([status, json['secret'], JSON.stringify(json).includes('another')]).toEqual([200, undefined, false]);
  expect(await secretsOf(office, 'shop')).toEqual([other, youzanSecret].map((one) => JSON.stringify(one)));
});

test('a new address is let in beside the old one until the overlap ends', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const old = addressIn((await admin('PUT', '/sources/plain', { body: unsigned })).json['webhook']);
  const { json } = await admin('POST', '/sources/plain/rotate', { body: { overlapHours: 1 } });
  const fresh = addressIn(json);
  const send = (url: URL) => post(office, new Request(url, { method: 'POST', body: '{"no":"1"}' }));
  expect([await send(old), await send(fresh)]).toEqual([200, 200]);
  shop.clock.now += hourMs;
  expect([await send(old), await send(fresh)]).toEqual([401, 200]);
});

test('a rotation that is sent twice with one key rotates once, shows its secret once, and keeps it in no stored answer', async () => {
  const office = await openOffice();
  await office.admin('PUT', '/sources/a', { body: given });
  const rotate = (id: string) =>
    office.admin('POST', `/sources/${id}/rotate`, { body: {}, headers: { 'idempotency-key': `r-${id}` } });
  const kept = () => JSON.stringify(office.shop.db.all('SELECT * FROM idempotency_keys'));
  const first = (await rotate('a')).json;
  const { secret, ...told } = first;
  const again = await rotate('a');
  expect(again.json).toEqual({ ...told, notice: expect.stringContaining('was shown once') });
  expect(again.headers.get('idempotent-replay')).toBe('true');
  expect(await secretsOf(office, 'a')).toEqual([secret, expect.any(String)]);
  expect(kept()).not.toContain(String(secret));

  await office.admin('PUT', '/sources/plain', { body: unsigned });
  const token = addressIn((await rotate('plain')).json).searchParams.get('token') ?? '';
  const { json } = await rotate('plain');
  expect([addressIn(json).search, json['notice']]).toEqual([
    '?token=****',
    expect.stringContaining('was shown once'),
  ]);
  expect(await secretsOf(office, 'plain')).toHaveLength(2);
  expect(kept()).not.toContain(token);
});

test('of two rotations that come at once with one key, one shows the secret and the other says that it was shown', async () => {
  const office = await openOffice();
  await office.admin('PUT', '/sources/a', { body: given });
  const rotate = () =>
    office.admin('POST', '/sources/a/rotate', { body: {}, headers: { 'idempotency-key': 'r' } });
  const answers = await Promise.all([rotate(), rotate()]);
  const said = answers.map(({ json }) => ('secret' in json ? 'secret' : 'notice' in json ? 'notice' : ''));
  expect(new Set(said)).toEqual(new Set(['secret', 'notice']));
  expect(await secretsOf(office, 'a')).toHaveLength(2);
});

test('what a till sends is read by the new settings from the next request on', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const body = { name: '自研', adapter: 'hmac', secret: 'the-dealers-secret' };
  const send = (header: string) => {
    const code = createHash('md5').update('{"type":"ping","id":"1"}the-dealers-secret').digest('hex');
    const url = 'https://huike.example/hooks/erp/a';
    return post(
      office,
      new Request(url, { method: 'POST', headers: { [header]: code }, body: '{"type":"ping","id":"1"}' }),
    );
  };
  expect(await send('x-sign')).toBe(404);
  await admin('PUT', '/sources/a', { body });
  expect(await send('x-sign')).toBe(401);
  await admin('PUT', '/sources/a', { body: { ...body, config: { signedBy: 'md5-body-suffix' } } });
  expect(await send('x-sign')).toBe(202);
  expect(inboxRows(shop.db)).toHaveLength(1);
});

test('how a source numbers is the same for all who share a namespace: those that are there follow, a new one has to agree', async () => {
  const { admin, shop } = await openOffice();
  const put = (id: string, numbering: string, namespace = 'erp') =>
    admin('PUT', `/sources/${id}`, { body: { ...given, namespace, config: { numbering } } });
  const numberingOf = async (id: string) => (await admin('GET', `/sources/${id}`)).json['config'];
  expect((await put('b', 'per-shop')).json).toMatchObject({ field: 'config.numbering' });
  expect((await put('b', 'unique')).status).toBe(201);
  expect((await put('b', 'per-store')).json).toMatchObject({ config: { numbering: 'per-store' } });
  const other = await put('c', 'per-store-day');
  expect(other.json).toMatchObject({ status: 409, code: 'numbering_is_fixed', field: 'config.numbering' });
  expect((await put('c', 'per-store')).status).toBe(201);
  shop.db.all(
    `INSERT INTO recharges (id, member_id, store_id, paid_fen, principal_fen, bonus_fen, occurred_at) VALUES ('erp:1@8005', 'm', '8005', 1, 1, 0, 0)`,
  );
  expect((await put('b', 'per-store-day')).status).toBe(200);
  expect(await numberingOf('c')).toEqual({ numbering: 'per-store-day' });
  expect(await numberingOf('b')).toEqual({ numbering: 'per-store-day' });
});

test('after the first sale or recharge the rule may become finer, and not coarser', async () => {
  const { admin, shop } = await openOffice();
  const put = (numbering: string) =>
    admin('PUT', '/sources/d', { body: { ...given, config: { numbering } } });
  await put('per-store-day');
  expect((await put('unique')).status).toBe(200);
  await put('per-store');
  shop.db.all(
    `INSERT INTO recharges (id, member_id, store_id, paid_fen, principal_fen, bonus_fen, occurred_at) VALUES ('d:1@8005', 'm', '8005', 1, 1, 0, 0)`,
  );
  expect((await put('unique')).json).toMatchObject({ status: 409, code: 'numbering_is_fixed' });
  expect((await put('per-terminal-day')).json).toMatchObject({ config: { numbering: 'per-terminal-day' } });
  expect((await put('per-store-day')).status).toBe(409);
  const renamed = await admin('PUT', '/sources/d', { body: { ...given, name: '改名' } });
  expect(renamed.json).toMatchObject({ name: '改名', config: { numbering: 'per-terminal-day' } });
});
