import { expect, test } from 'vitest';
import { campaign, sale, refund, line, template, plan, product } from '../support/builders.ts';
import * as s from '../support/shop.ts';
test('x', async () => {
  const shop = await s.openShop({ campaigns: [campaign('c1', { rewards: [{ kind: 'red-packet', minFen: 200, maxFen: 500 }, { kind: 'coupon', templateId: 't', count: 1 }] })], templates: [template('t')], plans: [plan('p')], products: [product({ tags: ['x'] })] });
  console.log(await shop.post(sale({ lines: [line({ amountFen: 20000 })] })));
  await shop.work();
  console.log(s.inboxRows(shop.db), s.ledgerRows(shop.db), s.couponRows(shop.db), s.reminderRows(shop.db), s.tagsOf(shop.db, 'ext:pos:M1'), s.rowCounts(shop.db), s.ledgerFaults(shop.db));
  await shop.tell(refund());
  console.log(s.inboxRows(shop.db)[1], s.ledgerRows(shop.db), s.couponRows(shop.db), s.reminderRows(shop.db), s.tagsOf(shop.db, 'ext:pos:M1'));
  expect(1).toBe(1);
});
