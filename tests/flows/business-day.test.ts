/** 营业日: the till may count a sale with the evening before; what the member gets goes by when it happened (D-09). */
import { expect, test } from 'vitest';
import { at, campaign, line, plan, refund, sale } from '../support/builders.ts';
import { balanceOf, openShop, runOutRows, saleRows } from '../support/shop.ts';
import { openOffice } from '../api/support.ts';
import { events } from '../support/inbox.ts';

const m1 = 'ext:pos:M1';
const afterMidnight = {
  orderNo: 'late',
  at: '2026-11-23 00:30',
  businessDate: '2026-11-22',
} as const;

test('sold at half past midnight and counted with the 22nd, it is compared with the 22nd', async () => {
  const { admin, shop } = await openOffice();
  shop.clock.now = at('2026-11-23 09:00');
  await shop.tell(sale({ orderNo: 'evening', at: '2026-11-22 21:00' }), sale(afterMidnight));
  await shop.tell(
    refund({
      orderNo: 'evening',
      at: '2026-11-23 01:00',
      businessDate: '2026-11-22',
      refundedFen: 10_000,
    }),
  );
  const said = async (date: string, store: object) =>
    (
      await admin('PUT', `/sources/till/reconciliation/${date}`, {
        body: { stores: [{ id: '8005', ...store }] },
      })
    ).json;
  const whole = { orders: 2, refunds: 1, paidFen: 20_000, refundedFen: 10_000 };
  expect(await said('2026-11-22', whole)).toMatchObject({ isEqual: true });
  const nothing = { orders: 0, refunds: 0, paidFen: 0, refundedFen: 0 };
  expect(await said('2026-11-23', nothing)).toMatchObject({ isEqual: true });
});

test('a till that says no business day is compared by the day in the zone of the store', async () => {
  const { admin, shop } = await openOffice();
  shop.clock.now = at('2026-11-23 09:00');
  await shop.tell(sale({ orderNo: 'late', at: '2026-11-23 00:30' }));
  const body = { stores: [{ id: '8005', orders: 1, paidFen: 10_000 }] };
  const { json } = await admin('PUT', '/sources/till/reconciliation/2026-11-23', { body });
  expect(json).toMatchObject({ isEqual: true });
});

test('once a day means once a day of the clock: 23:30 and 00:30 are two, though the till counts one', async () => {
  const shop = await openShop({
    campaigns: [
      campaign('daily', {
        conditions: [],
        limits: { perMemberPerDay: 1 },
        rewards: [{ kind: 'points', points: 1_000 }],
      }),
    ],
  });
  await shop.tell(sale({ orderNo: 'evening', at: '2026-11-22 23:30', businessDate: '2026-11-22' }));
  await shop.tell(sale(afterMidnight));
  expect(balanceOf(shop.db, m1)).toBe(2_200);
  await shop.tell(sale({ orderNo: 'morning', at: '2026-11-23 09:00', businessDate: '2026-11-23' }));
  expect(balanceOf(shop.db, m1)).toBe(2_300);
});

test('milk powder bought after midnight runs out a week after that night, whatever day the till counts', async () => {
  const shop = await openShop({ plans: [plan('any')] });
  await shop.tell(sale({ ...afterMidnight, lines: [line({ quantity: '1' })] }));
  expect(runOutRows(shop.db)).toMatchObject([
    {
      endsOn: '2026-11-30',
      lots: [['pos:late', Date.parse(`2026-11-23T00:30:00+08:00`), 1_000]],
    },
  ]);
});

test('uploaded the evening after, it keeps the hour it was sold at and the day it is counted in', async () => {
  const shop = await openShop({ now: '2026-11-23 22:30' });
  await shop.tell(sale(afterMidnight));
  expect(saleRows(shop.db)).toMatchObject([
    {
      occurredAt: Date.parse('2026-11-23T00:30:00+08:00'),
      occurredOn: '2026-11-23',
      businessOn: '2026-11-22',
    },
  ]);
});

test('a business day that is no date parks the sale with the field that says so', async () => {
  const shop = await openShop();
  await shop.tell(sale({ businessDate: '2026-11-31' }));
  expect(shop.db.all(`SELECT state, note FROM ${events}`)).toEqual([
    {
      state: 'parked',
      note: JSON.stringify({
        code: 'UNREADABLE',
        faults: [{ field: 'data.businessDate', says: 'must be a date such as 2026-11-22' }],
      }),
    },
  ]);
});
