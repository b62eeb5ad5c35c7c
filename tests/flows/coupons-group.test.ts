/** 用券的小票 beside everything else that one group may hold: what is asked of the database fits into it. */
import { expect, test } from 'vitest';
import { DbError } from '../../workers/db/db.ts';
import { campaign, refund, sale, template } from '../support/builders.ts';
import { couponRows, inboxRows, openShop } from '../support/shop.ts';

const member = { externalId: 'M1' };

test('a receipt that uses a coupon, a return, stored value and a voucher are decided in one group', async () => {
  const shop = await openShop({
    templates: [template('T', { valueFen: 500 })],
    campaigns: [campaign('C', { conditions: [], rewards: [{ kind: 'coupon', templateId: 'T', count: 1 }] })],
  });
  await shop.tell(sale({ orderNo: 'old', member }), sale({ orderNo: 'older', member }));
  const codes = couponRows(shop.db).map(({ id }) => id);
  await shop.tell(
    sale({ orderNo: 'new', member, couponCodes: codes.slice(0, 1) }),
    refund({ orderNo: 'older', refundNo: 'R1' }),
    {
      type: 'stored_value.spent',
      id: 's1',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { spendNo: 'S1', store: { id: '8005' }, member, amountFen: 100 },
    },
    {
      type: 'stored_value.reversed',
      id: 's2',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { rechargeNo: 'nothing', store: { id: '8005' } },
    },
    {
      type: 'voucher.refunded',
      id: 'v1',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { refundNo: 'V1', saleNo: 'nothing', store: { id: '8005' } },
    },
  );
  expect(inboxRows(shop.db).map(({ state, note }) => [state, note?.code])).toEqual([
    ['done', undefined],
    ['done', undefined],
    ['done', undefined],
    ['done', undefined],
    // There is nothing on the card, nothing that was put on it, and no voucher: people look at these.
    ['parked', 'STORED'],
    ['parked', 'STORED'],
    ['parked', 'VOUCHER'],
  ]);
  expect(couponRows(shop.db).find(({ id }) => id === codes[0])).toMatchObject({
    state: 'used',
    usedFor: 'sale:pos:new',
  });
});

test('a question that is beyond a limit of the database is refused for good, and is no outage', () => {
  const kinds = [
    'D1_ERROR: too many terms in compound SELECT: SQLITE_ERROR',
    'D1_ERROR: too many arguments on function json_object: SQLITE_ERROR',
    'D1_ERROR: Network connection lost.',
  ].map((message) => new DbError(message).kind);
  expect(kinds).toEqual(['refused', 'refused', 'unreachable']);
});
