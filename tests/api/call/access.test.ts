import { expect, test, vi } from 'vitest';
import { DbError } from '../../../workers/db/db.ts';
import { openOffice, posToken, token } from '../support.ts';

test('without a token, with a wrong one or with a revoked one nobody gets in', async () => {
  const { app, client, shop } = await openOffice();
  await shop.db.batch([token('hk_old', ['admin'], { revokedAt: 1 })]);
  const bare = await app.request('/v1/whoami');
  expect(bare.status).toBe(401);
  expect(bare.headers.get('www-authenticate')).toBe('Bearer');
  for (const wrong of ['hk_nobody', 'hk_old', 'nothing of ours']) {
    const { json, headers } = await client(wrong)('GET', '/whoami');
    expect(json).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
  }
});

test('a token says whose it is', async () => {
  const { pos, admin } = await openOffice();
  const unbound = { source: null, stores: null, expiresAt: null };
  expect((await pos('GET', '/whoami')).json).toEqual({ name: 'hk_pos', scopes: ['pos'], ...unbound });
  expect((await admin('GET', '/whoami')).json).toEqual({ name: 'hk_admin', scopes: ['admin'], ...unbound });
});

test.each([
  ['PUT', '/stores/8005', { name: '天河店' }],
  ['PUT', '/products/6901234', { name: '奶粉' }],
  ['PUT', '/associates/g7', { name: '林小雨' }],
  ['GET', '/events', undefined],
  ['GET', '/messages', undefined],
  ['POST', '/campaigns', {}],
  ['POST', '/coupon-templates', {}],
  ['POST', '/reminder-plans', {}],
  ['GET', '/settings', undefined],
  ['PUT', '/sources/till', {}],
])('a till may not %s %s', async (method, path, body) => {
  const { pos } = await openOffice();
  const { json, headers } = await pos(method, path, { body });
  expect(json).toMatchObject({ status: 403, code: 'insufficient_scope' });
  expect(headers.get('www-authenticate')).toContain('scope="admin"');
});

test('who calls and whether the request was answered before costs one round trip', async () => {
  const { pos, shop } = await openOffice();
  const before = shop.db.counts.batches;
  await pos('GET', '/whoami', { headers: { 'idempotency-key': 'k1' } });
  expect(shop.db.counts.batches - before).toBe(1);
});

test('an unknown route, a wrong method and a bad body each say what is wrong', async () => {
  const { admin } = await openOffice();
  expect((await admin('GET', '/nothing')).json).toMatchObject({ status: 404, code: 'unknown_route' });
  const wrong = await admin('DELETE', '/campaigns/c_1');
  expect(wrong.json).toMatchObject({ status: 405, code: 'method_not_allowed' });
  expect(wrong.headers.get('allow')).toBe('GET, PATCH');
  expect((await admin('POST', '/campaigns', { body: '{"name":' })).json).toMatchObject({
    status: 400,
    code: 'malformed',
  });
  expect((await admin('POST', '/campaigns', { body: 'null' })).json).toMatchObject({
    status: 422,
    code: 'invalid',
  });
  const huge = `"${'x'.repeat(256 * 1024)}"`;
  expect((await admin('POST', '/campaigns', { body: huge })).json).toMatchObject({
    status: 413,
    code: 'too_large',
  });
});

test('a body in which a key stands twice is refused, as a till’s is, however deep it stands and however it is written', async () => {
  const { admin } = await openOffice();
  for (const body of ['{"name":"a","name":"b"}', '{"name":"a","x":{"n\\u0061me":1,"name":1}}']) {
    expect((await admin('PUT', '/stores/S1', { body })).json).toMatchObject({
      status: 400,
      code: 'malformed',
      field: 'name',
    });
  }
});

test('a body that is not UTF-8 is malformed', async () => {
  const { app } = await openOffice();
  const response = await app.request('/v1/members', {
    method: 'POST',
    headers: { authorization: `Bearer ${posToken}` },
    body: Uint8Array.from([0x22, 0xff, 0x22]),
  });
  expect(response.status).toBe(400);
});

test('a path is decoded, trimmed and checked', async () => {
  const { admin } = await openOffice();
  expect((await admin('PUT', '/products/A%2F1%20b', { body: { name: '散称' } })).json['sku']).toBe('A/1 b');
  expect((await admin('PUT', `/products/${'9'.repeat(129)}`, { body: { name: '长' } })).json).toMatchObject({
    status: 422,
    field: 'sku',
  });
  expect((await admin('PUT', '/products/a%0Ab', { body: { name: '换行' } })).json).toMatchObject({
    status: 422,
    field: 'sku',
  });
});

test('a database that does not answer is a 503, anything else a 500 without details', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  let why: Error = new DbError('D1_ERROR: network connection lost');
  const { admin } = await openOffice({
    through: (db) => ({
      batch: (statements) => {
        if (statements.some(({ sql }) => sql.includes('FROM members'))) throw why;
        return db.batch(statements);
      },
    }),
  });
  const outage = await admin('GET', '/members');
  expect(outage.json).toMatchObject({ status: 503, code: 'unavailable' });
  expect(outage.headers.get('retry-after')).toBe('5');
  why = new Error('member 13912345487 is odd');
  const bug = await admin('GET', '/members');
  expect(bug.json).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    code: 'internal',
    detail: 'something went wrong here; it was logged',
  });
  expect(logged).toHaveBeenLastCalledWith(
    'event=api_failed method=GET route=/members name=Error message=member_139****5487_is_odd',
  );
  logged.mockRestore();
});
