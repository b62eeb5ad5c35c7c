/** 复核对账: what differed in the evening is looked at once more in the morning. */
import { expect, test } from 'vitest';
import { at, refund, sale } from '../support/builders.ts';
import { items, openOffice } from '../api/support.ts';
import { alertTexts, runThrough, sellAt } from './cron-support.ts';

test('a day that differed is compared again in the morning; what still differs is said once', async () => {
  const office = await openOffice();
  const { shop, admin } = office;
  await sellAt(shop, '2026-11-22 14:00', 'A');
  shop.clock.now = at('2026-11-22 22:00');
  await admin('PUT', '/sources/till/reconciliation/2026-11-22', {
    body: { stores: [{ id: '8005', orders: 3, paidFen: 30_000 }] },
  });
  await runThrough(shop, '2026-11-23 10:00', '2026-11-23 10:05');
  await runThrough(shop, '2026-11-24 10:00', '2026-11-24 10:05');
  expect(await alertTexts(office)).toEqual([
    '“收银系统”（till） 2026-11-22 的对账仍有差异：1 家门店对不上，合计少收到 2 单。请按差异清单让收银系统补传。',
  ]);
});

test('a day that is complete by morning is not spoken of', async () => {
  const office = await openOffice();
  const { shop, admin } = office;
  await sellAt(shop, '2026-11-22 14:00', 'A');
  shop.clock.now = at('2026-11-22 22:00');
  await admin('PUT', '/sources/till/reconciliation/2026-11-22', {
    body: { stores: [{ id: '8005', orders: 2, paidFen: 20_000, refunds: 1 }] },
  });
  shop.clock.now = at('2026-11-23 08:00');
  await shop.tell(sale({ orderNo: 'B', at: '2026-11-22 20:59' }));
  await shop.tell(refund({ orderNo: 'B', at: '2026-11-22 21:00' }));
  await runThrough(shop, '2026-11-23 10:00', '2026-11-23 10:02');
  expect(await alertTexts(office)).toEqual([]);
  expect(items(await admin('GET', '/sources/till/reconciliation'))).toMatchObject([
    { date: '2026-11-22', isEqual: true, comparedAt: '2026-11-23T02:00:00.000Z' },
  ]);
});
