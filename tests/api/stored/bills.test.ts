/** 用储值付一张单: named by its receipt or cart, as much as the rules allow, and undone. */
import { expect, test } from 'vitest';
import { sale } from '../../support/builders.ts';
import { ledgerFaults, memberId } from '../../support/shop.ts';
import { openOffice, type Json } from '../support.ts';

async function open(ceilingPercent = 10) {
  const office = await openOffice({});
  await office.admin('PUT', '/settings', { body: { storedValue: { ceilingPercent } } });
  await office.shop.tell(sale({ member: { externalId: 'M1' } }));
  const path = `/members/${memberId(office.shop.db, 'ext:pos:M1')}/stored-value`;
  const call = async (what: string, body: object): Promise<{ status: number; json: Json }> =>
    office.pos('POST', `${path}/${what}`, { body: { store: '8005', ...body } });
  await call('top-ups', { rechargeNo: 'CZ1', principalFen: 10_000, bonusFen: 20_000 });
  return { ...office, call, held: async () => (await office.pos('GET', path)).json };
}

test('K-34: a bill of 250.00 named by its receipt takes the 25.00 that the rules allow, and the same bill again takes nothing more', async () => {
  const { call, held } = await open();
  for (const _ of [1, 2])
    expect(await call('spends', { orderNo: 'A', payableFen: 25_000 })).toMatchObject({
      status: 201,
      json: { number: 'A', principalFen: 2_500, bonusFen: 0, leftFen: 27_500 },
    });
  expect((await call('spends', { orderNo: 'A', payableFen: 25_000, amountFen: 2_499 })).json).toMatchObject({
    code: 'number_taken',
  });
  // A cart of that name is another bill.
  expect((await call('spends', { cartId: 'A', payableFen: 25_000, amountFen: 700 })).json).toMatchObject({
    principalFen: 700,
    leftFen: 26_800,
  });
  expect(await held()).toMatchObject({ spentFen: 3_200, leftFen: 26_800 });
});

test('undone twice is undone once; after it the bill may be paid anew, and what comes back then comes back of that', async () => {
  const { call, held, shop } = await open(100);
  const bill = { cartId: 'C1' };
  await call('spends', { ...bill, payableFen: 15_000 });
  const undone = { status: 200, json: { principalFen: 10_000, bonusFen: 5_000, leftFen: 30_000 } };
  expect(await call('spends/undo', bill)).toMatchObject(undone);
  expect(await call('spends/undo', bill)).toMatchObject(undone);
  expect((await call('spends', { ...bill, payableFen: 4_000 })).json).toMatchObject({ leftFen: 26_000 });
  expect((await call('spends', { ...bill, payableFen: 4_000 })).json).toMatchObject({ leftFen: 26_000 });
  expect((await call('spends/undo', bill)).json).toMatchObject({ principalFen: 4_000, leftFen: 30_000 });
  expect(await held()).toMatchObject({ spentFen: 19_000, backFen: 19_000, leftFen: 30_000 });
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test('what came back with the goods does not come back twice', async () => {
  const { call, held } = await open(100);
  await call('spends', { orderNo: 'A', payableFen: 6_000 });
  await call('refunds', { refundNo: 'T1', spendNo: 'A', amountFen: 2_000 });
  expect((await call('spends/undo', { orderNo: 'A' })).json).toMatchObject({
    principalFen: 4_000,
    leftFen: 30_000,
  });
  await call('spends', { orderNo: 'B', payableFen: 6_000 });
  await call('refunds', { refundNo: 'T2', spendNo: 'B' });
  expect((await call('spends/undo', { orderNo: 'B' })).json).toMatchObject({
    principalFen: 0,
    leftFen: 30_000,
  });
  expect(await held()).toMatchObject({ leftFen: 30_000 });
});

test('a bill that nobody paid so, that names no receipt, or of which nothing may be paid so is refused by name', async () => {
  const { call } = await open();
  expect(await call('spends/undo', { orderNo: 'X' })).toMatchObject({
    status: 404,
    json: { code: 'unknown_spending' },
  });
  expect((await call('spends', { payableFen: 100 })).json).toMatchObject({ field: 'orderNo' });
  expect((await call('spends', { orderNo: 'A', payableFen: 9 })).json).toMatchObject({
    code: 'above_ceiling',
    numbers: { usableFen: 0, payableFen: 9, percent: 10 },
  });
});

test('of ten tries at once to pay and undo one bill, each is done once', async () => {
  const { call, held } = await open(100);
  const many = (what: string, body: object) =>
    Promise.all(Array.from({ length: 10 }, () => call(what, body)));
  await many('spends', { orderNo: 'A', payableFen: 1_000 });
  await call('spends', { orderNo: 'A', payableFen: 1_000 });
  expect(await held()).toMatchObject({ spentFen: 1_000 });
  await many('spends/undo', { orderNo: 'A' });
  await call('spends/undo', { orderNo: 'A' });
  expect(await held()).toMatchObject({ backFen: 1_000, leftFen: 30_000 });
});
