/** 收银台的令牌: acts for its own source and in its own stores, on every call that a till may make. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { StoreId } from '../../../schema/index.ts';
import { outside } from '../../../workers/api/call/bound.ts';
import { route } from '../../../workers/api/call/define.ts';
import { routes } from '../../../workers/api/routes.ts';
import type { Token } from '../../../workers/db/shop/tokens.ts';
import { items, openOffice, type Office } from '../support.ts';

async function openTill(given: object = {}): Promise<Office & { readonly mine: Office['pos'] }> {
  const office = await openOffice();
  await office.admin('PUT', '/sources/mall', { body: { name: '商城', adapter: 'generic' } });
  const body = { name: '一号机', scope: 'pos', source: 'mall', stores: ['8005'], ...given };
  const { json } = await office.admin('POST', '/tokens', { body });
  return { ...office, mine: office.client(String(json['token'])) };
}
const outsideOf = (field: string) => ({ status: 403, code: 'outside_binding', field });

test('a till registers members of its own system: another is refused, and none named is its own', async () => {
  const { admin, mine } = await openTill();
  const told = { externalId: 'M1', phone: '13912345487' };
  const refused = await mine('POST', '/members', { body: { ...told, source: 'till' } });
  expect(refused.json).toMatchObject(outsideOf('source'));
  expect((await mine('POST', '/members', { body: told })).status).toBe(201);
  expect((await mine('POST', '/members', { body: { ...told, source: 'mall' } })).status).toBe(200);
  // M1 of the system that was registered first is still nobody.
  const { json } = await admin('POST', '/members', { body: { externalId: 'M1', source: 'till' } });
  expect(items(await admin('GET', '/members?externalId=M1')).map(({ id }) => id)).toContain(json['id']);
  expect(items(await admin('GET', '/members?externalId=M1'))).toHaveLength(2);
});

test('a till finds a number of its own system, a phone of anybody, and lists nobody', async () => {
  const { admin, mine, pos } = await openTill();
  for (const [source, phone] of [
    ['till', '13912345487'],
    ['mall', '13800138000'],
  ]) {
    await admin('POST', '/members', { body: { externalId: 'M1', cardNo: '11', phone, source } });
  }
  for (const query of ['externalId=M1', 'cardNo=11']) {
    expect(items(await mine('GET', `/members?${query}`)).map(({ phone }) => phone)).toEqual(['138****8000']);
    expect(items(await pos('GET', `/members?${query}`))).toHaveLength(2);
  }
  expect(items(await mine('GET', '/members?phone=13912345487'))).toHaveLength(1);
  expect((await mine('GET', '/members')).json).toMatchObject(outsideOf('phone'));
  expect(items(await pos('GET', '/members'))).toHaveLength(2);
});

describe('whatever call it is, now and in time to come', () => {
  const bound: Pick<Token, 'sourceId' | 'stores'> = {
    sourceId: 'till',
    stores: ['8005' as StoreId, '8006' as StoreId],
  };
  const call = (part: 'params' | 'query' | 'body', given: object) =>
    outside(bound, { params: {}, query: {}, body: undefined, [part]: given });

  test.each(['params', 'query', 'body'] as const)('another source or store in its %s is refused', (part) => {
    expect(call(part, { source: 'mall' })).toMatchObject(outsideOf('source'));
    expect(call(part, { store: '9000' })).toMatchObject(outsideOf('store'));
    expect(call(part, { store: { id: '9000', name: '天河店' } })).toMatchObject(outsideOf('store'));
    for (const own of [{ source: 'till' }, { store: '8006' }, { store: { id: '8005' } }, {}, { store: null }])
      expect(call(part, own)).toBeNull();
  });

  test('a token bound to a source alone acts in every store of it', () => {
    const everywhere = { ...bound, stores: null };
    expect(outside(everywhere, { params: {}, query: {}, body: { store: '9000' } })).toBeNull();
  });

  test('it is asked before a handler of any route sees the call', async () => {
    const handled: unknown[] = [];
    const redeem = route({
      method: 'POST',
      path: '/coupons/redeem',
      tag: 'x',
      summary: 'x',
      scope: 'pos',
      statuses: [200],
      body: z.strictObject({ store: z.string() }),
      answer: z.strictObject({}),
      handle: async ({ body }) => {
        handled.push(body);
        return { status: 200, body: {} };
      },
    });
    const given = { token: bound, params: {}, query: {} };
    // Only what the check looks at is there.
    const ask = (body: unknown) => redeem.handle({ ...given, body } as Parameters<typeof redeem.handle>[0]);
    expect(await ask({ store: '9000' })).toMatchObject(outsideOf('store'));
    expect(await ask({ store: '8005' })).toEqual({ status: 200, body: {} });
    expect(handled).toEqual([{ store: '8005' }]);
  });

  test('no call of a till names a source or a store in any other word than `source` and `store`', () => {
    const ofTills = routes.filter(({ scope }) => scope === 'pos');
    expect(ofTills.length).toBeGreaterThan(5);
    const named = ofTills.flatMap(({ path, params, query, body }) =>
      [params, query, body].flatMap((schema) => {
        const { properties = {} } = schema
          ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
          : {};
        return Object.keys(properties)
          .filter((name) => /source|store|shop|branch|namespace/i.test(name))
          .filter((name) => name !== 'source' && name !== 'store')
          .map((name) => `${path}: ${name}`);
      }),
    );
    expect(named).toEqual([]);
  });
});
