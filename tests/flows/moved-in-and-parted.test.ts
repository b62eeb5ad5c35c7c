/** 搬来的两个会员 are made one and two again, while points of one of them pay a bill; nobody gains or loses a point or a fen. */
import { expect, test } from 'vitest';
import { EventId, type MemberId, type MemberTold } from '../../schema/index.ts';
import { split, unite } from '../../workers/commands/members/merge.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { openOffice, type Office } from '../api/support.ts';
import { line, refund, sale, voided } from '../support/builders.ts';
import { balanceOf, inboxRows, ledgerFaults, memberId } from '../support/shop.ts';

async function moveIn({ shop }: Office, who: string, movedIn: MemberTold['movedIn'], id = `in-${who}`) {
  const event: MemberTold = {
    type: 'member.updated',
    id: EventId.parse(id),
    namespace: 'pos',
    occurredAt: shop.clock.now,
    isFromFile: true,
    data: { externalId: who } as never,
    ...(movedIn && { movedIn }),
  };
  const { outcomes } = await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now);
  return [...outcomes.values()].map((outcome) => outcome.verdict);
}

async function open() {
  const office = await openOffice({
    now: '2026-11-22 15:00',
    settings: { pointsAsMoney: { on: true }, points: { expiry: { mode: 'months', months: 3 } } } as never,
  });
  const { shop } = office;
  await moveIn(office, 'M1', { points: 500, principalFen: 10_000, bonusFen: 1_000 });
  await moveIn(office, 'M2', { points: 300, principalFen: 5_000 });
  const [one, two] = ['M1', 'M2'].map((who) => memberId(shop.db, `ext:pos:${who}`) as MemberId);
  if (!one || !two) throw new Error('nobody moved in');
  const pay = (id: MemberId, orderNo: string, points: number) =>
    office.pos('POST', `/members/${id}/point-spends`, {
      body: { store: '8005', orderNo, points, payableFen: 10_000 },
    });
  const undo = (id: MemberId, orderNo: string) =>
    office.pos('POST', `/members/${id}/point-spends/undo`, { body: { store: '8005', orderNo } });
  return { office, shop, one, two, pay, undo };
}
const accounts = ['points', 'principal', 'bonus'] as const;
const of = ({ shop }: Office, id: MemberId): number[] =>
  accounts.map((account) =>
    Number(
      shop.db.all(
        `SELECT coalesce(sum(delta), 0) AS sum FROM ledger WHERE member_id = ? AND account = ?`,
        id,
        account,
      )[0]?.['sum'],
    ),
  );

test('the spend of the one who went is undone by the one who stays, and after they are parted by whom it was', async () => {
  const { office, shop, one, two, pay, undo } = await open();
  expect((await pay(one, 'S1', 200)).status).toBe(201);
  expect((await pay(two, 'S2', 100)).status).toBe(201);
  await unite(shop.engine, { key: 'a', fromId: one, intoId: two }, shop.clock.now);
  expect([of(office, one), of(office, two)]).toEqual([
    [0, 0, 0],
    [500, 15_000, 1_000],
  ]);
  const parted = await split(shop.engine, { key: 'b', fromId: one, intoId: two }, shop.clock.now);
  expect(parted).toMatchObject({ member: { id: one } });
  expect([of(office, one), of(office, two)]).toEqual([
    [300, 10_000, 1_000],
    [200, 5_000, 0],
  ]);
  expect((await undo(two, 'S1')).status).not.toBe(200);
  expect((await undo(one, 'S1')).status).toBe(200);
  expect((await undo(two, 'S2')).status).toBe(200);
  expect([of(office, one), of(office, two)]).toEqual([
    [500, 10_000, 1_000],
    [300, 5_000, 0],
  ]);
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test('undone while they are one, it is not undone again after they are two: 800 points stay 800', async () => {
  const { office, shop, one, two, pay, undo } = await open();
  await pay(one, 'S1', 200);
  await unite(shop.engine, { key: 'a', fromId: one, intoId: two }, shop.clock.now);
  expect((await undo(two, 'S1')).status).toBe(200);
  await split(shop.engine, { key: 'b', fromId: one, intoId: two }, shop.clock.now);
  await undo(one, 'S1');
  await shop.tell(
    sale({
      orderNo: 'S1',
      member: { externalId: 'M1' },
      lines: [line({ amountFen: 10_000 })],
      payments: [{ method: 'points', amountFen: 200 }],
    }),
    voided({ orderNo: 'S1' }),
  );
  const [points] = accounts.map((_, place) => (of(office, one)[place] ?? 0) + (of(office, two)[place] ?? 0));
  expect(points).toBe(800);
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test('goods come back in a part while they are one, and the rest after they are two: no point is made', async () => {
  const { office, shop, one, two, pay } = await open();
  await pay(one, 'S1', 200);
  const lines = [line({ sku: 'milk', quantity: '2', amountFen: 10_000 })];
  await shop.tell(
    sale({
      orderNo: 'S1',
      member: { externalId: 'M1' },
      lines,
      payments: [{ method: 'points', amountFen: 200 }],
    }),
  );
  const earned = balanceOf(shop.db, 'ext:pos:M1') - 300;
  expect(earned).toBe(98);
  await unite(shop.engine, { key: 'a', fromId: one, intoId: two }, shop.clock.now);
  const half = (refundNo: string) =>
    refund({
      orderNo: 'S1',
      refundNo,
      lines: [line({ sku: 'milk', originalLineNo: '1', quantity: '1', amountFen: 5_000 })],
    });
  await shop.tell(half('R1'));
  expect(of(office, two)[0]).toBe(600 + 49 + 100);
  await split(shop.engine, { key: 'b', fromId: one, intoId: two }, shop.clock.now);
  await shop.tell(half('R2'));
  expect((of(office, one)[0] ?? 0) + (of(office, two)[0] ?? 0)).toBe(800);
  expect(ledgerFaults(shop.db)).toEqual([]);
  expect(inboxRows(shop.db).every(({ state }) => state === 'done')).toBe(true);
});

test('after they are one, either file may be told again and gives nothing; parted, each is still moved in', async () => {
  const { office, shop, one, two } = await open();
  await unite(shop.engine, { key: 'a', fromId: one, intoId: two }, shop.clock.now);
  await moveIn(office, 'M1', { points: 500 }, 'again-1');
  await moveIn(office, 'M2', { points: 300 }, 'again-2');
  expect(of(office, two)).toEqual([800, 15_000, 1_000]);
  expect(await split(shop.engine, { key: 'b', fromId: one, intoId: two }, shop.clock.now)).toMatchObject({
    member: { id: one },
  });
  await moveIn(office, 'M1', { points: 500, principalFen: 10_000, bonusFen: 1_000 }, 'again-3');
  await moveIn(office, 'M2', { points: 300, principalFen: 5_000 }, 'again-4');
  expect([of(office, one), of(office, two)]).toEqual([
    [500, 10_000, 1_000],
    [300, 5_000, 0],
  ]);
  expect(ledgerFaults(shop.db)).toEqual([]);
});
