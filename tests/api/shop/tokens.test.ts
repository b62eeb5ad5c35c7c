/** 接口令牌: made and shown once, listed without its secret, bound, ended and revoked. */
import { expect, test, vi } from 'vitest';
import { DbError } from '../../../workers/db/db.ts';
import { items, openOffice, type Office } from '../support.ts';

const hourMs = 3_600_000;
const till = { name: '天河店一号机', scope: 'pos', source: 'till', stores: ['8005'] };
const key = { 'idempotency-key': 'once' };

const make = ({ admin }: Office, body: object, headers = {}) => admin('POST', '/tokens', { body, headers });
const works = async ({ client }: Office, secret: unknown): Promise<boolean> =>
  (await client(String(secret))('GET', '/whoami')).status === 200;

test('a token is shown once, says what it is bound to, is listed without its secret, and opens nothing once revoked', async () => {
  const office = await openOffice();
  const { admin, client, shop } = office;
  const { status, json } = await make(office, till);
  const { token, ...listed } = json;
  expect([status, token]).toEqual([201, expect.stringMatching(/^hk_[0-9a-z]{38}$/)]);
  expect(listed).toEqual({
    id: expect.stringMatching(/^tk_/),
    name: '天河店一号机',
    scope: 'pos',
    source: 'till',
    stores: ['8005'],
    createdAt: '2026-11-22T07:00:00.000Z',
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  });
  expect((await client(String(token))('GET', '/whoami')).json).toEqual({
    name: '天河店一号机',
    scopes: ['pos'],
    source: 'till',
    stores: ['8005'],
    expiresAt: null,
  });
  const seen = items(await admin('GET', '/tokens'))[0];
  expect(seen).toEqual({ ...listed, lastUsedAt: '2026-11-22T07:00:00.000Z' });
  expect(JSON.stringify(shop.db.all('SELECT * FROM api_tokens'))).not.toContain(String(token));

  const path = `/tokens/${String(listed['id'])}`;
  const revoked = await admin('DELETE', path);
  expect([revoked.status, revoked.json['revokedAt']]).toEqual([200, '2026-11-22T07:00:00.000Z']);
  expect(await works(office, token)).toBe(false);
  shop.clock.now += hourMs;
  expect((await admin('DELETE', path)).json).toEqual(revoked.json);
  expect(items(await admin('GET', '/tokens'))).toContainEqual(revoked.json);
  expect((await admin('DELETE', '/tokens/tk_none')).json).toMatchObject({
    status: 404,
    code: 'unknown_token',
  });
});

test.each([
  ['a till without a source', { ...till, source: undefined }, 'source'],
  ['a till of a source nobody registered', { ...till, source: 'other' }, 'source'],
  ['a till with an empty list of stores', { ...till, stores: [] }, 'stores'],
  ['the office bound to a source', { name: '老板', scope: 'admin', source: 'till' }, 'source'],
  ['the office bound to stores', { name: '老板', scope: 'admin', stores: ['8005'] }, 'stores'],
  ['an end that has passed', { ...till, expiresAt: '2026-11-22T15:00:00+08:00' }, 'expiresAt'],
  ['an end without an offset', { ...till, expiresAt: '2027-01-01' }, 'expiresAt'],
  ['no name', { ...till, name: ' ' }, 'name'],
  ['another scope', { ...till, scope: 'root' }, 'scope'],
])('%s is refused by the name of the field', async (_, body, field) => {
  const office = await openOffice();
  expect((await make(office, body)).json).toMatchObject({ status: 422, field });
  expect(items(await office.admin('GET', '/tokens'))).toHaveLength(2);
});

test('a token that ends at noon opens the shop until noon', async () => {
  const office = await openOffice();
  const { json } = await make(office, { ...till, expiresAt: '2026-11-22T18:00:00+08:00' });
  office.shop.clock.now += 3 * hourMs - 1;
  expect(await works(office, json['token'])).toBe(true);
  office.shop.clock.now += 1;
  expect(await works(office, json['token'])).toBe(false);
});

test('asked twice with one key there is one token, shown once and kept in no stored answer', async () => {
  const office = await openOffice();
  const { token, ...told } = (await make(office, till, key)).json;
  const again = await make(office, till, key);
  expect([again.status, again.json]).toEqual([
    201,
    { ...told, notice: expect.stringContaining('was shown once') },
  ]);
  expect(JSON.stringify(office.shop.db.all('SELECT * FROM idempotency_keys'))).not.toContain(String(token));
  expect(items(await office.admin('GET', '/tokens'))).toHaveLength(3);
});

test('nobody revokes the token they call with, so that one is always left', async () => {
  const office = await openOffice();
  expect((await office.admin('DELETE', '/tokens/tk_hk_admin')).json).toMatchObject({
    status: 409,
    code: 'own_token',
  });
  const { json } = await make(office, { name: '会计', scope: 'admin' });
  const other = office.client(String(json['token']));
  expect((await other('DELETE', '/tokens/tk_hk_admin')).status).toBe(200);
  expect(await works(office, 'hk_admin')).toBe(false);
});

test('a till neither sees, makes nor revokes tokens', async () => {
  const { pos } = await openOffice();
  for (const [method, path] of [
    ['GET', '/tokens'],
    ['POST', '/tokens'],
    ['DELETE', '/tokens/tk_hk_admin'],
  ] as const) {
    expect((await pos(method, path, method === 'POST' ? { body: {} } : {})).json).toMatchObject({
      code: 'insufficient_scope',
    });
  }
});

test('the last use is noted once in 24 hours, however often a till calls', async () => {
  const { admin, pos, shop } = await openOffice();
  const lastUse = async () =>
    items(await admin('GET', '/tokens')).find(({ name }) => name === 'hk_pos')?.['lastUsedAt'];
  for (let hours = 0; hours < 30; hours += 1) {
    await pos('GET', '/whoami');
    expect(await lastUse()).toBe(hours < 24 ? '2026-11-22T07:00:00.000Z' : '2026-11-23T07:00:00.000Z');
    shop.clock.now += hourMs;
  }
});

test('a call is answered although its use cannot be noted', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { pos, shop } = await openOffice({
    through: (db) => ({
      batch: (statements) => {
        if (statements.some(({ sql }) => sql.startsWith('UPDATE api_tokens'))) throw new DbError('locked');
        return db.batch(statements);
      },
    }),
  });
  shop.clock.now += 25 * hourMs;
  expect((await pos('GET', '/whoami')).status).toBe(200);
  expect(warned).toHaveBeenCalledWith(expect.stringContaining('token_use_not_noted'));
  warned.mockRestore();
});
