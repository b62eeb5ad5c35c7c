import { expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { sale } from '../../support/builders.ts';
import { items, openOffice } from '../support.ts';

test('a store is put as often as one likes; its timezone stays unless another is given', async () => {
  const { admin } = await openOffice();
  const put = (body: object) => admin('PUT', '/stores/9001', { body });
  expect((await put({ name: '新店' })).json).toEqual({ id: '9001', name: '新店', timezone: 'Asia/Shanghai' });
  expect((await put({ name: '新店', timezone: 'Asia/Urumqi' })).json['timezone']).toBe('Asia/Urumqi');
  expect((await put({ name: '老店' })).json).toEqual({ id: '9001', name: '老店', timezone: 'Asia/Urumqi' });
  expect((await put({ name: '老店', timezone: 'Asia/Nowhere' })).json).toMatchObject({
    status: 422,
    field: 'timezone',
  });
  expect((await put({ timezone: 'Asia/Shanghai' })).json).toMatchObject({ status: 422, field: 'name' });
});

test('an associate keeps what is left out, and loses what is null', async () => {
  const { admin } = await openOffice();
  const put = async (body: object) => (await admin('PUT', '/associates/g7', { body })).json;
  const whole = { id: 'g7', name: '林小雨', storeId: '8005', openid: 'oGuide', wecomUserId: 'lin' };
  expect(await put({ name: '林小雨', storeId: '8005', openid: 'oGuide', wecomUserId: 'lin' })).toEqual(whole);
  expect(await put({ name: '林小雨' })).toEqual(whole);
  expect(await put({ name: '林小雨', openid: null, wecomUserId: null })).toEqual({
    ...whole,
    openid: null,
    wecomUserId: null,
  });
});

test('a product is put whole: triple points for it from the next sale on', async () => {
  const { admin, shop } = await openOffice();
  const body = {
    name: '奶粉',
    categoryPath: [{ id: '01', name: '奶粉' }],
    brand: '牧童',
    tags: ['奶粉客'],
    pointsFactor: 3,
  };
  const { json } = await admin('PUT', '/products/milk', { body });
  expect(json).toEqual({ sku: 'milk', ...body, status: 'active' });
  await shop.tell(sale());
  expect(items(await admin('GET', '/members?externalId=M1'))[0]).toMatchObject({
    points: 300,
    tags: ['奶粉客'],
  });
  expect((await admin('PUT', '/products/milk', { body: { ...body, price: 1 } })).json).toMatchObject({
    field: 'price',
  });
});

test('settings are read, replaced and checked', async () => {
  const { admin } = await openOffice();
  const before = MerchantSettings.parse({});
  expect(before).toMatchObject({ takeBack: 'within_balance', tellSale: true, shopName: '本店' });
  expect((await admin('GET', '/settings')).json).toEqual(before);
  const { json } = await admin('PUT', '/settings', { body: { shopName: '阳光小镇', takeBack: 'unlimited' } });
  expect(json).toEqual({ ...before, shopName: '阳光小镇', takeBack: 'unlimited' });
  expect((await admin('GET', '/settings')).json).toEqual(json);
  expect((await admin('PUT', '/settings', { body: { takeBack: 'all' } })).json).toMatchObject({
    field: 'takeBack',
  });
});

test('one setting is changed and every other stays; null is its default again, and what is wrong changes nothing', async () => {
  const { admin, shop } = await openOffice();
  const points = { pendingDays: 7, expiry: { mode: 'months', months: 12 }, noticeDays: 30 };
  const { json: before } = await admin('PUT', '/settings', {
    body: { shopName: '阳光小镇', nobody: ['散客'], points },
  });
  const patch = (body: object) => admin('PATCH', '/settings', { body });
  const { json } = await patch({ points: { noticeDays: 14 }, takeBack: 'unlimited' });
  expect(json).toEqual({
    ...before,
    points: { ...(before['points'] as object), noticeDays: 14 },
    takeBack: 'unlimited',
  });
  expect((await patch({ shopName: null })).json).toEqual({ ...json, shopName: '本店' });
  expect((await patch({ tellSale: false, points: { pendingDays: -1 } })).json).toMatchObject({
    status: 422,
    field: 'points.pendingDays',
  });
  expect((await patch({ tellSales: false })).json).toMatchObject({ status: 422, field: 'tellSales' });
  expect((await admin('GET', '/settings')).json).toEqual({ ...json, shopName: '本店' });
  expect(
    shop.db.all(`SELECT act, after FROM audit_rows WHERE act LIKE 'PATCH%' ORDER BY seq LIMIT 1`),
  ).toEqual([{ act: 'PATCH /settings', after: '{"points":{"noticeDays":14},"takeBack":"unlimited"}' }]);
});

test('every change of what is cached raises the version of the configuration', async () => {
  const { admin, shop } = await openOffice();
  const version = () =>
    Number(shop.db.all(`SELECT value FROM settings WHERE key = 'config_version'`)[0]?.['value'] ?? 0);
  let last = version();
  const raises = async (method: string, path: string, body: object) => {
    const { json } = await admin(method, path, { body });
    expect([path, version()]).toEqual([path, last + 1]);
    last = version();
    return String(json['id']);
  };
  await raises('PUT', '/stores/1', { name: '一' });
  await raises('PUT', '/settings', {});
  await raises('PATCH', '/settings', { tellSale: false });
  const rewards = [{ kind: 'points', points: 1 }];
  const id = await raises('POST', '/campaigns', { name: '一', rewards });
  await raises('PATCH', `/campaigns/${id}`, { status: 'active' });
  const validity = { relative: { afterDays: 0, forDays: 1 } };
  await raises('POST', '/coupon-templates', { name: '一', kind: 'gift', validity });
  const run = { name: '一', kind: 'run-out', daysPerUnit: 7, remindBeforeDays: 5 };
  const plan = await raises('POST', '/reminder-plans', run);
  await raises('PATCH', `/reminder-plans/${plan}`, { enabled: false });
});

const runOut = { name: '回访', kind: 'run-out', daysPerUnit: 7, remindBeforeDays: 5 };

test('a reminder plan is created, switched off, changed and checked', async () => {
  const { admin } = await openOffice();
  const { status, json } = await admin('POST', '/reminder-plans', { body: runOut });
  expect(status).toBe(201);
  expect(json).toEqual({
    id: expect.stringMatching(/^p_/),
    ...runOut,
    enabled: true,
    validFrom: null,
    validTo: null,
    scope: { include: [], exclude: [] },
    notify: ['associate'],
    createdAt: '2026-11-22T07:00:00.000Z',
  });
  const path = `/reminder-plans/${String(json['id'])}`;
  expect((await admin('PATCH', path, { body: { enabled: false } })).json).toEqual({
    ...json,
    enabled: false,
  });
  expect((await admin('PATCH', path, { body: { remindBeforeDays: 8 } })).json).toMatchObject({
    status: 422,
    field: 'remindBeforeDays',
  });
  expect(items(await admin('GET', '/reminder-plans'))).toEqual([{ ...json, enabled: false }]);
  expect((await admin('PATCH', '/reminder-plans/p_none', { body: {} })).json).toMatchObject({
    code: 'unknown_plan',
  });
});

test('reminding 8 days before the end of a 7-day tin is refused, naming the field', async () => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/reminder-plans', { body: { ...runOut, remindBeforeDays: 8 } });
  expect(json).toMatchObject({ status: 422, field: 'remindBeforeDays' });
  const unknown = await admin('POST', '/reminder-plans', { body: { ...runOut, kind: 'full-moon' } });
  expect(unknown.json).toMatchObject({ status: 422, field: 'kind' });
});
