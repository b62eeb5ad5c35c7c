/** 套餐 in any history: what is owed is what would be paid back, and what is used is what was redeemed and not undone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberId } from '../../schema/index.ts';
import { split, unite } from '../../workers/commands/members/merge.ts';
import { packagesOf } from '../../workers/db/packages/packages.ts';
import { fromNewest } from '../../workers/db/paging.ts';
import { refundOf } from '../../workers/decide/packages/held.ts';
import { openOffice, type Office } from '../api/support.ts';
import { at, sale, store } from '../support/builders.ts';
import { closeBooks, closesOf, daysOf } from '../support/owed.ts';
import { emptied, ledgerFaults, memberId } from '../support/shop.ts';
import { sqliteDb } from '../support/sqlite.ts';

const stores = [store(), store({ id: '8006' })];
const idOf = ({ shop }: Office, who: number): MemberId => memberId(shop.db, `ext:pos:M${who}`) as MemberId;

const sell = async (office: Office, who: number, packageNo: string, paidFen: number) =>
  office.pos('POST', `/members/${idOf(office, who)}/packages`, {
    body: {
      packageNo,
      store: '8005',
      paidFen,
      package: {
        id: 'P1',
        items: [
          { id: '洗澡', count: 10, unitPriceFen: 5_000 },
          { id: '抚触', count: 2, unitPriceFen: 0 },
        ],
      },
    },
  });

const step = fc.record({
  act: fc.constantFrom('redeem', 'redeem', 'redeem', 'undo', 'refund', 'unite', 'split', 'sell'),
  no: fc.nat(3),
  count: fc.integer({ min: 1, max: 4 }),
  item: fc.constantFrom('洗澡', '洗澡', '抚触'),
  where: fc.constantFrom('8005', '8006'),
});

async function take(office: Office, one: typeof step extends fc.Arbitrary<infer Step> ? Step : never) {
  const { pos, shop } = office;
  const { act, no, count, item, where } = one;
  shop.clock.now += 60_000;
  const packageNo = `T${no}`;
  if (act === 'sell') await sell(office, no % 2, `S${String(shop.clock.now)}`, count * 10_000);
  else if (act === 'unite' || act === 'split') {
    const { engine, clock } = shop;
    const ids = { fromId: idOf(office, 1), intoId: idOf(office, 0) };
    if (act === 'unite' && ids.fromId !== ids.intoId)
      await unite(engine, { key: String(clock.now), ...ids }, clock.now);
    if (act === 'split') {
      const [row] = shop.db.all('SELECT from_id AS id FROM mergers');
      const fromId = row?.['id'];
      if (typeof fromId === 'string')
        await split(engine, { key: String(clock.now), ...ids, fromId: fromId as MemberId }, clock.now);
    }
  } else
    await pos('POST', `/packages/${act}`, { body: bodyOf(act, { packageNo, store: where, item, count }) });
}

const bodyOf = (act: string, { packageNo, store: where, item, count }: Record<string, unknown>) =>
  act === 'refund' ? { packageNo, store: where } : { packageNo, store: where, item, count };

test('whatever is sold, redeemed, undone, refunded, joined and parted, each is owed what would be paid back', async () => {
  const db = sqliteDb();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const office = await openOffice({ db: emptied(db), stores });
      const { shop } = office;
      for (const who of [0, 1])
        await shop.tell(sale({ orderNo: `first-${String(who)}`, member: { externalId: `M${String(who)}` } }));
      for (const no of [0, 1, 2, 3]) await sell(office, no % 2, `T${String(no)}`, 45_000 - no * 10_000);
      for (const one of steps) await take(office, one);
      for (const who of [0, 1]) {
        const id = idOf(office, who);
        const held = await packagesOf(shop.engine.db, id, fromNewest, 50);
        const [owed] = db.all(
          `SELECT coalesce(sum(delta), 0) AS fen FROM ledger WHERE account = 'prepaid' AND member_id = ?`,
          id,
        );
        expect(owed).toEqual({ fen: held.reduce((sum, one) => sum + refundOf(one), 0) });
      }
      const apart = db.all(
        `SELECT p.id FROM packages AS p WHERE p.used <> (SELECT coalesce(sum(u.count), 0) FROM package_uses AS u
           WHERE u.package_id = p.id AND u.undone_at IS NULL)
         OR p.used <> (SELECT sum(j.value ->> 'used') FROM json_each(p.items) AS j)
         OR EXISTS (SELECT 1 FROM json_each(p.items) AS j WHERE j.value ->> 'used' NOT BETWEEN 0 AND j.value ->> 'count')`,
      );
      expect([apart, ledgerFaults(db)]).toEqual([[], []]);
    }),
    { numRuns: 25 },
  );
});

test('the books of a day: 450 put in where it was sold, 150 spent where it was redeemed, and 300 owed at its end', async () => {
  const office = await openOffice({ now: '2026-11-03 00:30', stores });
  const { pos, shop } = office;
  await shop.tell(
    sale({
      at: '2026-11-03 00:10',
      member: { externalId: 'M1' },
      lines: [{ sku: 'milk', quantity: '1', amountFen: 1 }],
    }),
  );
  shop.clock.now = at('2026-11-03 02:00');
  await closeBooks(shop);
  shop.clock.now = at('2026-11-03 12:00');
  await sell(office, 1, 'T1', 45_000);
  await pos('POST', '/packages/redeem', {
    body: { packageNo: 'T1', store: '8006', item: '洗澡', count: 3, redeemNo: 'H1' },
  });
  shop.clock.now = at('2026-11-04 02:00');
  await closeBooks(shop);
  expect(closesOf(shop).at(-1)).toMatchObject({ onDay: '2026-11-03', prepaid: 30_000 });
  expect(daysOf(shop)).toEqual([
    { onDay: '2026-11-03', account: 'prepaid', move: 'put-in', storeId: '8005', amount: 45_000 },
    { onDay: '2026-11-03', account: 'prepaid', move: 'spent', storeId: '8006', amount: -15_000 },
  ]);
});
