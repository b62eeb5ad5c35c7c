/** 手工收回 over the API: what nobody has used is taken back with a reason, once; anything else is left as it is. */
import { beforeEach, expect, test } from 'vitest';
import { line, sale, template } from '../../support/builders.ts';
import { couponRows, memberId } from '../../support/shop.ts';
import { items, openOffice, type Office } from '../support.ts';

let office: Office;
let code = '';
const revoke = (given: object = {}, headers = {}) =>
  office.admin('POST', '/coupons/revoke', { body: { code, reason: '发错了人', ...given }, headers });
const give = () =>
  office.admin('POST', `/members/${String(memberId(office.shop.db, 'ext:pos:M1'))}/coupons`, {
    body: { templateId: 'T10', reason: '补偿' },
  });
const held = () => couponRows(office.shop.db).map(({ state }) => state);

beforeEach(async () => {
  office = await openOffice({ templates: [template('T10', { valueFen: 1_000, stock: 1, perMember: 1 })] });
  await office.shop.tell(sale({ orderNo: 'first' }));
  code = String(items(await give())[0]?.['id']);
});

test('it is gone with its reason and by whom, however often it is asked; its place in the stock is free again', async () => {
  expect((await give()).json).toMatchObject({ status: 409 });
  const [one, two, three] = [
    await revoke({}, { 'idempotency-key': 'k' }),
    await revoke({}, { 'idempotency-key': 'k' }),
    await revoke(),
  ];
  for (const { status, json } of [one, two, three])
    expect([status, json]).toEqual([200, { code, state: 'revoked' }]);
  expect(office.shop.db.all(`SELECT by, reason FROM coupon_moves WHERE act = 'revoked'`)).toEqual([
    { by: 'hk_admin', reason: '发错了人' },
  ]);
  expect((await give()).status).toBe(201);
  expect(held().toSorted()).toEqual(['issued', 'revoked']);
});

test('at a till it is refused from then on', async () => {
  await revoke();
  const till = {
    store: '8005',
    orderNo: 'B',
    code,
    lines: [{ sku: 'milk', quantity: '1', amountFen: 10_000 }],
  };
  expect((await office.pos('POST', '/coupons/redeem', { body: till })).json).toMatchObject({
    status: 409,
    code: 'revoked',
  });
});

test('small letters and O for 0 are understood; a code that nobody has, and none at all, are refused by name', async () => {
  expect((await revoke({ code: code.toLowerCase().replaceAll('0', 'o') })).json).toMatchObject({
    state: 'revoked',
  });
  expect((await revoke({ code: 'ABCDEFGHJKMNPQ' })).json).toMatchObject({
    code: 'unknown_code',
    field: 'code',
  });
  expect((await revoke({ code: '不是券码' })).json).toMatchObject({ code: 'unknown_code', field: 'code' });
  expect((await revoke({ reason: ' ' })).json).toMatchObject({ status: 422, field: 'reason' });
});

test('what a receipt has used stays used', async () => {
  await office.shop.tell(
    sale({ orderNo: 'B', couponCodes: [code], paidFen: 9_000, lines: [line({ amountFen: 10_000 })] }),
  );
  expect(held()).toEqual(['used']);
  expect((await revoke()).json).toMatchObject({ status: 409, code: 'already_used' });
  expect(held()).toEqual(['used']);
});

test('four at once are one', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => revoke()));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(office.shop.db.all(`SELECT count(*) AS n FROM coupon_moves WHERE act = 'revoked'`)).toEqual([
    { n: 1 },
  ]);
  expect(office.shop.db.all(`SELECT issued FROM coupon_template_counters`)).toEqual([{ issued: 0 }]);
});
