/** 积分抵钱 beside 等级倍数: a bill of a VIP that points paid a part of earns, comes back and is voided to the point. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { openOffice, type Office } from '../api/support.ts';
import { line, refund, sale, voided } from '../support/builders.ts';
import { balanceOf, inboxRows, ledgerFaults, memberId, saleRows } from '../support/shop.ts';

const levels = {
  list: [
    { name: '普通' },
    { name: 'VIP', amountFen: 100_000, pointsPercent: 150 },
    { name: 'SVIP', amountFen: 900_000, pointsPercent: 200 },
  ],
};
const lines = [line({ sku: 'milk', quantity: '4', amountFen: 10_000 })];
const back = (refundNo: string, amountFen: number, quantity: string) =>
  refund({
    orderNo: 'S1',
    refundNo,
    lines: [line({ sku: 'milk', originalLineNo: '1', quantity, amountFen })],
  });

/** A VIP with 1,000 points, of which 600 pay 6.00 of a bill of 100.00. */
async function open(earns: boolean): Promise<Office> {
  const office = await openOffice({
    now: '2026-11-22 15:00',
    settings: MerchantSettings.parse({ levels, pointsAsMoney: { on: true, earns } }),
  });
  const { shop } = office;
  await shop.tell(
    sale({ orderNo: 'first', member: { externalId: 'M1' }, lines: [line({ amountFen: 100_000 })] }),
  );
  const body = { store: '8005', orderNo: 'S1', points: 600, payableFen: 10_000 };
  const id = memberId(shop.db, 'ext:pos:M1');
  expect((await office.pos('POST', `/members/${id}/point-spends`, { body })).status).toBe(201);
  return office;
}
const bought = (given: object = {}) =>
  sale({
    orderNo: 'S1',
    member: { externalId: 'M1' },
    lines,
    payments: [
      { method: 'points', amountFen: 600 },
      { method: 'cash', amountFen: 9_400 },
    ],
    ...given,
  });
const points = ({ shop }: Office, who = 'M1'): number => balanceOf(shop.db, `ext:pos:${who}`);

describe.each([
  { earns: false, earned: 141, quarter: 35.25 },
  { earns: true, earned: 150, quarter: 37.5 },
])('where points that pay a bill earn: $earns', ({ earns, earned, quarter }) => {
  test(`it earns ${earned}, each quarter that comes back takes its part and gives back 150, and all is as before`, async () => {
    const office = await open(earns);
    const { shop } = office;
    expect(points(office)).toBe(400);
    await shop.tell(bought());
    const stands = [points(office)];
    for (const turn of [1, 2, 3, 4]) {
      await shop.tell(back(`R${turn}`, 2_500, '1'));
      stands.push(points(office));
    }
    const kept = [4, 3, 2, 1, 0].map(
      (quarters) => 400 + (4 - quarters) * 150 + Math.floor(quarters * quarter),
    );
    expect(stands).toEqual(kept);
    expect(ledgerFaults(shop.db)).toEqual([]);
    await shop.tell(voided({ orderNo: 'S1' }));
    expect(points(office)).toBe(1_000);
  });

  test('voided after a quarter came back, it gives back what is left of both', async () => {
    const office = await open(earns);
    const { shop } = office;
    await shop.tell(bought(), back('R1', 2_500, '1'), voided({ orderNo: 'S1' }));
    expect(points(office)).toBe(1_000);
    expect(inboxRows(shop.db).every(({ state }) => state === 'done')).toBe(true);
  });

  test('undone at the till after a quarter came back, the other 450 come back; a void gives no point twice', async () => {
    const office = await open(earns);
    const { shop } = office;
    await shop.tell(bought(), back('R1', 2_500, '1'));
    const id = memberId(shop.db, 'ext:pos:M1');
    const body = { store: '8005', orderNo: 'S1' };
    expect((await office.pos('POST', `/members/${id}/point-spends/undo`, { body })).status).toBe(200);
    expect(points(office)).toBe(1_000 + Math.floor(3 * quarter));
    await shop.tell(voided({ orderNo: 'S1' }));
    expect(points(office)).toBe(1_000);
  });

  test('corrected to a buyer of another level, that one earns by theirs; returned, the points that paid go to whoever had them', async () => {
    const office = await open(earns);
    const { shop } = office;
    await shop.tell(
      sale({ orderNo: 'other', member: { externalId: 'M2' }, lines: [line({ amountFen: 900_000 })] }),
    );
    await shop.tell(bought(), bought({ version: '2', id: 'corrected', member: { externalId: 'M2' } }));
    const percents = saleRows(shop.db).map(({ orderNo, pointsPercent }) => [orderNo, pointsPercent]);
    expect(percents).toContainEqual(['S1', 200]);
    const byTwo = (earned / 150) * 200;
    expect([points(office), points(office, 'M2')]).toEqual([400, 9_000 + byTwo]);
    await shop.tell(back('R1', 2_500, '1'));
    expect([points(office), points(office, 'M2')]).toEqual([550, 9_000 + Math.floor((byTwo * 3) / 4)]);
    await shop.tell(voided({ orderNo: 'S1' }));
    expect([points(office), points(office, 'M2')]).toEqual([1_000, 9_000]);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('the level gone and the setting turned meanwhile, a return takes what was earned', async () => {
    const office = await open(earns);
    const { shop } = office;
    await shop.tell(bought());
    const { json } = await office.admin('GET', '/settings');
    const body = {
      ...json,
      levels: { list: [] },
      pointsAsMoney: { ...(json['pointsAsMoney'] as object), earns: !earns },
    };
    expect((await office.admin('PUT', '/settings', { body })).status).toBe(200);
    await shop.tell(back('R1', 5_000, '2'));
    expect(points(office)).toBe(700 + Math.floor(2 * quarter));
    await shop.tell(back('R2', 5_000, '2'));
    expect(points(office)).toBe(1_000);
  });
});

test('whoever is forgotten while 600 of her points pay a bill is owed nothing, also when its goods come back', async () => {
  const office = await open(false);
  const { shop } = office;
  await shop.tell(bought());
  const id = memberId(shop.db, 'ext:pos:M1');
  const occurredAt = new Date(shop.clock.now).toISOString();
  await shop.tell({ type: 'member.deleted', id: 'gone', occurredAt, data: { externalId: 'M1' } });
  await shop.tell(back('R1', 2_500, '1'), voided({ orderNo: 'S1' }));
  const rows = shop.db.all(
    `SELECT account, sum(delta) AS sum FROM ledger WHERE member_id = ? AND account <> 'growth' GROUP BY 1`,
    id,
  );
  expect(rows).toEqual([{ account: 'points', sum: 0 }]);
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(ledgerFaults(shop.db)).toEqual([]);
});
