import { expect, test } from 'vitest';
import { rowCounts } from '../../support/shop.ts';
import { items, openOffice } from '../support.ts';

const coupon = {
  name: '满80减8',
  kind: 'cash',
  valueFen: 800,
  validity: { relative: { afterDays: 7, forDays: 7 } },
};
const key = (text: string) => ({ 'idempotency-key': text });

test('the same key and body answer the same, and write once', async () => {
  const { admin } = await openOffice();
  const first = await admin('POST', '/coupon-templates', { body: coupon, headers: key('k1') });
  const second = await admin('POST', '/coupon-templates', { body: coupon, headers: key('k1') });
  expect(first.headers.get('idempotent-replay')).toBeNull();
  expect(second.headers.get('idempotent-replay')).toBe('true');
  expect([second.status, second.json]).toEqual([201, first.json]);
  expect(items(await admin('GET', '/coupon-templates')).length).toBe(1);
});

test('the same key with another body is a 409 and writes nothing', async () => {
  const { admin, shop } = await openOffice();
  await admin('POST', '/coupon-templates', { body: coupon, headers: key('k1') });
  const before = rowCounts(shop.db);
  const other = { ...coupon, valueFen: 900 };
  const { json } = await admin('POST', '/coupon-templates', { body: other, headers: key('k1') });
  expect(json).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
  expect(rowCounts(shop.db)).toEqual(before);
});

test('a key belongs to its caller and its call', async () => {
  const { admin, pos, shop } = await openOffice();
  await admin('POST', '/coupon-templates', { body: coupon, headers: key('k1') });
  const plan = { name: '回访', kind: 'run-out', daysPerUnit: 7, remindBeforeDays: 5 };
  expect((await admin('POST', '/reminder-plans', { body: plan, headers: key('k1') })).status).toBe(201);
  expect((await admin('POST', '/members', { body: { cardNo: '1' }, headers: key('k1') })).status).toBe(201);
  expect((await pos('POST', '/members', { body: { cardNo: '2' }, headers: key('k1') })).status).toBe(201);
  expect(rowCounts(shop.db)['idempotency_keys']).toBe(4);
});

test('of two that come at once with the same key, one is written and both get its answer', async () => {
  const { admin } = await openOffice();
  const send = () => admin('POST', '/coupon-templates', { body: coupon, headers: key('k1') });
  const [one, other] = await Promise.all([send(), send()]);
  expect(one.json).toEqual(other.json);
  expect(items(await admin('GET', '/coupon-templates')).length).toBe(1);
});

test('a request that was refused may be sent again, corrected, with the same key', async () => {
  const { admin } = await openOffice();
  const wrong = await admin('POST', '/coupon-templates', {
    body: { ...coupon, valueFen: 0 },
    headers: key('k1'),
  });
  expect(wrong.json).toMatchObject({ status: 422, field: 'valueFen' });
  expect((await admin('POST', '/coupon-templates', { body: coupon, headers: key('k1') })).status).toBe(201);
});

test('a key that is too long is refused', async () => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/coupon-templates', { body: coupon, headers: key('k'.repeat(129)) });
  expect(json).toMatchObject({ status: 422, field: 'Idempotency-Key' });
});

const newcomer = { externalId: 'M1', phone: '13912345487' };
const gift = {
  name: '注册有礼',
  trigger: 'member.created',
  status: 'active',
  rewards: [{ kind: 'points', points: 100 }],
};

test('a member registered twice with one key is one member with one gift', async () => {
  const { admin } = await openOffice();
  await admin('POST', '/campaigns', { body: gift });
  const first = await admin('POST', '/members', { body: newcomer, headers: key('m1') });
  const second = await admin('POST', '/members', { body: newcomer, headers: key('m1') });
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.headers.get('idempotent-replay')).toBe('true');
  expect(second.json).toEqual(first.json);
  expect(first.json['points']).toBe(100);
  const other = await admin('POST', '/members', { body: { ...newcomer, name: '陈' }, headers: key('m1') });
  expect(other.json).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
});

test('a registration that broke off after it was decided gives nothing twice', async () => {
  const { admin, shop } = await openOffice();
  await admin('POST', '/campaigns', { body: gift });
  await admin('POST', '/members', { body: newcomer, headers: key('m1') });
  // As if the answer had never been kept.
  shop.db.all(`UPDATE idempotency_keys SET response = 'null'`);
  const again = await admin('POST', '/members', { body: newcomer, headers: key('m1') });
  expect(again.status).toBe(200);
  expect(again.json['points']).toBe(100);
  const other = await admin('POST', '/members', { body: { cardNo: '9' }, headers: key('m1') });
  expect(other.json).toMatchObject({ code: 'idempotency_key_reused' });
});
