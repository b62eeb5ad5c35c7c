/** 满额送券: a sale that reaches the sum earns its coupon, and one that does not earns none. */
import { expect, test } from 'vitest';
import { campaign, line, sale, spend, template, type SaleBody } from '../../support/builders.ts';
import { couponRows, inboxRows, openShop } from '../../support/shop.ts';

const bought = (orderNo: string, amountFen: number, given: object = {}): SaleBody =>
  sale({ orderNo, lines: [line({ amountFen, ...given })] });

test('K-13: of card holders, 49.99 earns no free postage, 50.00 one, and two of 50 one each', async () => {
  const shop = await openShop({
    templates: [template('包邮', { kind: 'shipping' })],
    campaigns: [
      campaign('满50包邮', {
        levels: ['C粉卡'],
        conditions: [spend(5_000)],
        rewards: [{ kind: 'coupon', templateId: '包邮', count: 1 }],
      }),
    ],
  });
  await shop.tell({
    type: 'member.created',
    id: 'm',
    occurredAt: '2026-11-22T10:00:00+08:00',
    data: { externalId: 'M1', level: 'C粉卡' },
  });
  await shop.tell(bought('1', 4_999), bought('2', 5_000), bought('3', 5_000));
  expect(couponRows(shop.db).map(({ saleId }) => saleId)).toEqual(['pos:2', 'pos:3']);
});

test('K-48: 37.99 earns nothing, 38 a coupon of 80 that works on linseed oil alone', async () => {
  const shop = await openShop({
    templates: [
      template('亚麻油80', {
        valueFen: 8_000,
        scope: { include: [{ kind: 'sku', ids: ['linseed'] }], exclude: [] },
      }),
    ],
    campaigns: [
      campaign('满38', {
        conditions: [spend(3_800)],
        rewards: [{ kind: 'coupon', templateId: '亚麻油80', count: 1 }],
      }),
    ],
  });
  await shop.tell(bought('1', 3_799), bought('2', 3_800));
  const [coupon, ...others] = couponRows(shop.db);
  expect([coupon?.saleId, others]).toEqual(['pos:2', []]);
  const couponCodes = [coupon?.id ?? ''];
  await shop.tell({ ...bought('3', 3_000), data: { ...bought('3', 3_000).data, couponCodes } });
  expect(inboxRows(shop.db).at(-1)?.outcome?.['couponsDeclined']).toMatchObject([
    { reason: 'EXCLUDED_ITEM' },
  ]);
  const oil = bought('4', 3_000, { sku: 'linseed' });
  await shop.tell({ ...oil, data: { ...oil.data, couponCodes } });
  expect(couponRows(shop.db).find(({ id }) => id === coupon?.id)).toMatchObject({
    state: 'used',
    offFen: 3_000,
  });
});
