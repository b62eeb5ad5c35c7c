/** 单号重新开始: a shop learns that its numbers begin again when the first receipt is parked; it says so, replays, and nothing counts twice. */
import { expect, test } from 'vitest';
import { inboxRows, balanceOf, saleRows, ledgerFaults } from '../support/shop.ts';
import { line, recharge, refund, rfc3339, sale, voided } from '../support/builders.ts';
import { openOffice, type Office } from '../api/support.ts';

const a = { id: 'A' };
const worth = (amountFen: number) => ({ lines: [line({ amountFen })] });
/** Receipt 1 of three mornings: M1's for 100, M2's for 200, M3's for 300. */
const morning = (day: number, given: Parameters<typeof sale>[0] = {}) =>
  sale({
    id: `day-${day}`,
    orderNo: '1',
    store: 'A',
    at: `2026-11-2${day} 09:00`,
    version: `2026112${day}090000`,
    member: { externalId: `M${day}` },
    ...worth(day * 10_000),
    ...given,
  });

const say = ({ admin }: Office, numbering: string) =>
  admin('PUT', '/sources/till', { body: { name: '收银系统', adapter: 'generic', config: { numbering } } });

async function replay({ admin, shop }: Office): Promise<void> {
  const range = { from: rfc3339('2026-11-01 00:00'), to: rfc3339('2026-12-01 00:00') };
  await admin('POST', '/events/replay', { body: { state: 'parked', ...range } });
  await shop.work();
}

const points = ({ shop }: Office): number[] =>
  ['M1', 'M2', 'M3'].map((id) =>
    shop.db.all(`SELECT 1 FROM identities WHERE key = ?`, `ext:pos:${id}`).length > 0
      ? balanceOf(shop.db, `ext:pos:${id}`)
      : 0,
  );
const states = ({ shop }: Office): string[] => inboxRows(shop.db).map(({ state }) => state);

async function threeMornings(): Promise<Office> {
  const office = await openOffice({ now: '2026-11-24 15:00' });
  for (const day of [1, 2, 3]) await office.shop.tell(morning(day));
  return office;
}

test('parked, told how the till numbers and replayed, each morning earns its own: 100, 200 and 300', async () => {
  const office = await threeMornings();
  expect([states(office), points(office)]).toEqual([
    ['done', 'parked', 'parked'],
    [100, 0, 0],
  ]);
  expect((await say(office, 'per-store-day')).status).toBe(200);
  await replay(office);
  expect([states(office), points(office)]).toEqual([
    ['done', 'done', 'done'],
    [100, 200, 300],
  ]);
  await replay(office);
  expect(points(office)).toEqual([100, 200, 300]);
  expect(saleRows(office.shop.db).map(({ id }) => id)).toEqual([
    'pos:1',
    'pos:1@A/2026-11-22',
    'pos:1@A/2026-11-23',
  ]);
});

test('what was kept before is still found: a correction, a return and a void take nothing twice and give nothing twice', async () => {
  const office = await threeMornings();
  const { shop } = office;
  await say(office, 'per-store-day');
  await replay(office);
  await shop.tell(morning(1, { id: 'corrected', version: '20261121100000', ...worth(8_000) }));
  expect(points(office)).toEqual([80, 200, 300]);
  await shop.tell(morning(1, { id: 'told-again', version: '20261121100000', ...worth(8_000) }));
  const ofDay = (on: number) => ({ orderNo: '1', store: a, orderedOn: `2026-11-2${on}` });
  await shop.tell(
    refund({ ...ofDay(1), lines: [line({ originalLineNo: '1', quantity: '0.5', amountFen: 4_000 })] }),
  );
  expect(points(office)).toEqual([40, 200, 300]);
  await shop.tell(voided({ ...ofDay(2), id: 'void-2' }), voided({ ...ofDay(1), id: 'void-1' }));
  expect(points(office)).toEqual([0, 0, 300]);
  expect(saleRows(shop.db)).toHaveLength(3);
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test('a return that is told again after the rule changed is taken back once, and so is a recharge put in', async () => {
  const office = await openOffice({ now: '2026-11-24 15:00' });
  const { shop } = office;
  const back = (id: string) =>
    refund({
      id,
      refundNo: '7',
      orderNo: '1',
      store: a,
      orderedOn: '2026-11-21',
      at: '2026-11-22 10:00',
      lines: [line({ originalLineNo: '1', quantity: '0.5', amountFen: 5_000 })],
    });
  const loose = (id: string) =>
    refund({
      id,
      refundNo: '8',
      scope: 'no_original',
      store: a,
      member: { externalId: 'M1' },
      at: '2026-11-22 11:00',
      lines: [line({ amountFen: 1_000 })],
    });
  const put = (id: string) => recharge({ id, store: a, at: '2026-11-22 12:00' });
  await shop.tell(morning(1), back('x'), loose('l'), put('p'));
  await say(office, 'per-store-day');
  await shop.receiver.sources.renew();
  await shop.tell(back('y'), loose('m'), put('q'));
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(40);
  expect(balanceOf(shop.db, 'ext:pos:M1', 'principal')).toBe(50_000);
  // Return 7 and recharge 1 of the next day are others.
  await shop.tell(
    { ...back('z'), occurredAt: rfc3339('2026-11-23 10:00') },
    recharge({ id: 'r', store: a, at: '2026-11-23 12:00' }),
  );
  expect(balanceOf(shop.db, 'ext:pos:M1', 'principal')).toBe(100_000);
  expect(saleRows(shop.db).map(({ keptFen }) => keptFen)).toEqual([0]);
});

test('a return that waited for its sale under the old rule is taken up with it under the new one', async () => {
  const office = await openOffice({ now: '2026-11-24 15:00' });
  const { shop } = office;
  await shop.tell(
    refund({
      orderNo: '1',
      store: a,
      orderedOn: '2026-11-21',
      lines: [line({ originalLineNo: '1', quantity: '0.5', amountFen: 5_000 })],
    }),
  );
  expect(states(office)).toEqual(['waiting']);
  await say(office, 'per-store-day');
  await shop.receiver.sources.renew();
  await shop.tell(morning(1));
  expect([states(office), balanceOf(shop.db, 'ext:pos:M1')]).toEqual([['done', 'done'], 50]);
});

test('two terminals of one morning: what does not say its terminal is no proof, and nobody’s points go', async () => {
  const office = await openOffice({ now: '2026-11-24 15:00' });
  const { shop } = office;
  await shop.tell(morning(1));
  await say(office, 'per-terminal-day');
  await shop.receiver.sources.renew();
  await shop.tell(
    morning(1, { id: 'other', terminal: '02', version: '20261121100000', member: { externalId: 'M2' } }),
  );
  expect(points(office)).toEqual([100, 100, 0]);
});

test('decided with their first sales in one group, they come to the same', async () => {
  const office = await openOffice({ now: '2026-11-24 15:00' });
  await office.shop.tell(morning(1), morning(2), morning(3));
  expect(points(office)).toEqual([100, 0, 0]);
  await say(office, 'per-store-day');
  await replay(office);
  expect(points(office)).toEqual([100, 200, 300]);
});
