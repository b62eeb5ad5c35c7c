import { expect, test } from 'vitest';
import { activeSecrets } from '../../workers/db/sources.ts';
import { readSource } from '../../workers/db/registered-sources.ts';
import { items, openOffice, type Office } from './support.ts';

const hourMs = 3_600_000;
const given = { name: '中仑ERP', adapter: 'generic' };

async function secretsOf({ shop }: Office, id: string): Promise<string[]> {
  const source = await readSource(shop.db, id);
  if (!source) throw new Error(`no source ${id}`);
  return activeSecrets(source, shop.clock.now);
}

test('a new source is given its secret once', async () => {
  const office = await openOffice();
  const { admin } = office;
  const { status, json } = await admin('PUT', '/sources/zhonglun', { body: given });
  expect(status).toBe(201);
  const secret = String(json['secret']);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(await secretsOf(office, 'zhonglun')).toEqual([secret]);

  const renamed = await admin('PUT', '/sources/zhonglun', { body: { ...given, name: '中仑' } });
  expect(renamed.status).toBe(200);
  expect(renamed.json).toEqual({
    id: 'zhonglun',
    name: '中仑',
    adapter: 'generic',
    namespace: 'zhonglun',
    config: null,
    secrets: [{ ending: secret.slice(-4), validTo: null }],
    createdAt: '2026-11-22T07:00:00.000Z',
  });
  expect(items(await admin('GET', '/sources')).map(({ id }) => id)).toEqual(['till', 'zhonglun']);
  expect(JSON.stringify((await admin('GET', '/sources')).json)).not.toContain('whsec_');
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
  ['/sources/a', { ...given, adapter: 'nobody' }, 'adapter'],
  ['/sources/a', { ...given, namespace: 'a:b' }, 'namespace'],
])('%s %j is refused for its %s', async (path, body, field) => {
  const { admin } = await openOffice();
  expect((await admin('PUT', path, { body })).json).toMatchObject({ status: 422, field: field });
});

test('a rotated secret verifies beside the old one until the overlap ends', async () => {
  const office = await openOffice();
  const { admin, shop } = office;
  const first = String((await admin('PUT', '/sources/a', { body: given })).json['secret']);
  const { json } = await admin('POST', '/sources/a/rotate', { body: { overlapHours: 24 } });
  const second = String(json['secret']);
  expect(json['oldValidTo']).toBe('2026-11-23T07:00:00.000Z');
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

test('a rotation that is sent twice with one key rotates once', async () => {
  const office = await openOffice();
  await office.admin('PUT', '/sources/a', { body: given });
  const rotate = () =>
    office.admin('POST', '/sources/a/rotate', { body: {}, headers: { 'idempotency-key': 'r1' } });
  expect((await rotate()).json).toEqual((await rotate()).json);
  expect(await secretsOf(office, 'a')).toHaveLength(2);
});
