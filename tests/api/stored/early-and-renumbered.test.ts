/** 储值单据 in any order and under any numbering: what came back waits for what was spent, and nothing is spent twice. */
import { expect, test } from 'vitest';
import { inboxRows, ledgerFaults, memberId } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

type Told = { readonly type: string; readonly id: string; readonly at?: string; readonly data: object };

const tell = ({ shop }: Office, ...events: readonly Told[]) =>
  shop.tell(
    ...events.map(({ type, id, at = '2026-11-22T14:00:00+08:00', data }) => ({
      type: `stored_value.${type}`,
      id,
      occurredAt: at,
      data: { store: { id: '8005' }, member: { externalId: 'M1' }, ...data },
    })),
  );
const put = { type: 'recharged', id: 'a', data: { rechargeNo: 'C1', principalFen: 10_000 } };
const spent = { type: 'spent', id: 'b', data: { spendNo: 'S1', amountFen: 3_000 } };
const back = { type: 'refunded', id: 'c', data: { refundNo: 'R1', spendNo: 'S1', amountFen: 1_000 } };

const states = ({ shop }: Office): string[] => inboxRows(shop.db).map(({ state }) => state);
const left = async ({ pos, shop }: Office): Promise<unknown> => {
  const { json }: { json: Json } = await pos(
    'GET',
    `/members/${memberId(shop.db, 'ext:pos:M1')}/stored-value`,
  );
  return json['leftFen'];
};

test('10 yuan of a spending of 30 come back before it is told: they wait, and of 100 there are 80', async () => {
  const office = await openOffice();
  await tell(office, put);
  await tell(office, back);
  expect([states(office), await left(office)]).toEqual([['done', 'waiting'], 10_000]);
  expect(inboxRows(office.shop.db)[1]?.waitsFor).toBe('spent:pos:S1');
  await tell(office, spent);
  expect([states(office), await left(office)]).toEqual([['done', 'done', 'done'], 8_000]);
  // Each told again changes nothing.
  await tell(office, { ...back, id: 'd' }, { ...spent, id: 'e' });
  expect(await left(office)).toBe(8_000);
  expect(ledgerFaults(office.shop.db)).toEqual([]);
});

test('in one upload, too, whichever of them stands first', async () => {
  for (const order of [
    [put, back, spent],
    [back, spent, put],
    [back, put, spent],
  ]) {
    const office = await openOffice();
    await tell(office, ...order);
    if (order[2] === put) {
      // Spent before anything was on the card: that is for a person to look at, and what came back waits for her.
      expect(states(office)).toEqual(['waiting', 'parked', 'done']);
      continue;
    }
    expect([states(office), await left(office)]).toEqual([['done', 'done', 'done'], 8_000]);
  }
});

test('whoever stands at a counter does not wait: she is told that there is no such spending', async () => {
  const office = await openOffice();
  await tell(office, put);
  const path = `/members/${memberId(office.shop.db, 'ext:pos:M1')}/stored-value/refunds`;
  const body = { refundNo: 'R1', spendNo: 'S1', store: '8005', amountFen: 1_000 };
  expect((await office.pos('POST', path, { body })).status).toBe(404);
});

const renumber = ({ admin }: Office, numbering: string) =>
  admin('PUT', '/sources/till', { body: { name: '收银系统', adapter: 'generic', config: { numbering } } });

test('a source says late that its numbers begin again: told once more, 30 yuan are not spent twice, and the next day’s number 1 is another', async () => {
  const office = await openOffice({ now: '2026-11-23 15:00' });
  await tell(office, put, spent);
  expect((await renumber(office, 'per-store-day')).status).toBe(200);
  await tell(office, { ...spent, id: 'again' });
  expect([states(office), await left(office)]).toEqual([['done', 'done', 'ignored'], 7_000]);
  await tell(office, { ...spent, id: 'next', at: '2026-11-23T14:00:00+08:00' });
  expect([states(office).at(-1), await left(office)]).toEqual(['done', 4_000]);
  // What comes back says of which day: of the first, and of the second.
  const of = (spentOn: string, id: string) => ({
    ...back,
    id,
    data: { ...back.data, refundNo: id, spentOn },
  });
  await tell(office, of('2026-11-22', 'x'), of('2026-11-23', 'y'));
  expect([states(office).slice(-2), await left(office)]).toEqual([['done', 'done'], 6_000]);
  expect(
    office.shop.db.all(
      `SELECT id, back_principal_fen AS back FROM stored_moves WHERE act = 'spent' ORDER BY id`,
    ),
  ).toEqual([
    { id: 'spent:pos:S1', back: 1_000 },
    { id: 'spent:pos:S1@8005/2026-11-23', back: 1_000 },
  ]);
});

test('so it is with what came back, what was paid out, and a recharge that is called off', async () => {
  const office = await openOffice({ now: '2026-11-23 15:00' });
  const out = { type: 'cashed_out', id: 'o', data: { cashOutNo: 'X1', principalFen: 500 } };
  const second = { ...put, id: 'p', data: { rechargeNo: 'C2', principalFen: 2_000 } };
  await tell(office, put, spent, back, out, second);
  expect(await left(office)).toBe(9_500);
  await renumber(office, 'per-store-day');
  const spentOn = { spentOn: '2026-11-22' };
  await tell(office, { ...back, id: 'back2', data: { ...back.data, ...spentOn } }, { ...out, id: 'out2' });
  expect(await left(office)).toBe(9_500);
  const off = { type: 'reversed', data: { rechargeNo: 'C2', orderedOn: '2026-11-22' } };
  await tell(office, { ...off, id: 'off1' }, { ...off, id: 'off2' });
  expect([states(office).slice(-4), await left(office)]).toEqual([
    ['ignored', 'ignored', 'done', 'ignored'],
    7_500,
  ]);
  expect(ledgerFaults(office.shop.db)).toEqual([]);
});
