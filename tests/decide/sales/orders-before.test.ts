/** 第几单: what a sale remembers of the purchases before it, whatever happens to it or to them later. */
import { expect, test } from 'vitest';
import { line, refund, sale, voided } from '../../support/builders.ts';
import { openShop, saleRows, type Shop } from '../../support/shop.ts';

const bought = (orderNo: string, given: Parameters<typeof sale>[0] = {}) =>
  sale({ orderNo, id: `${orderNo}/${given.version ?? '1'}`, lines: [line({ quantity: '2' })], ...given });

const before = ({ db }: Shop): Record<string, number> =>
  Object.fromEntries(saleRows(db).map(({ orderNo, ordersBefore }) => [orderNo, ordersBefore]));

test('the first purchase stays the first when one of its two tins comes back after the second', async () => {
  const shop = await openShop({});
  await shop.tell(bought('A'), bought('B', { at: '2026-11-22 15:00' }));
  await shop.tell(refund({ orderNo: 'A', at: '2026-11-22 16:00' }));
  await shop.tell(bought('A', { version: '2' }));
  expect(before(shop)).toEqual({ A: 0, B: 1 });
});

test('rung up wrongly, voided and rung up again: the second is a first purchase too', async () => {
  const shop = await openShop({});
  await shop.tell(bought('A'), voided({ orderNo: 'A' }), bought('B', { at: '2026-11-22 15:40' }));
  expect(before(shop)).toEqual({ A: 0, B: 0 });
});

test('a sale of yesterday that is told today comes after what was told before', async () => {
  const shop = await openShop({});
  await shop.tell(bought('A'));
  await shop.tell(bought('late', { at: '2026-11-21 12:00' }));
  expect(before(shop)).toEqual({ A: 0, late: 1 });
});

test('a sale that turns out to be another member’s counts among the purchases of that member', async () => {
  const shop = await openShop({});
  await shop.tell(bought('A'), bought('B', { at: '2026-11-22 15:00' }));
  await shop.tell(bought('B', { version: '2', member: { externalId: 'M2' } }));
  expect(before(shop)).toEqual({ A: 0, B: 0 });
  await shop.tell(bought('none', { member: null }));
  expect(before(shop)).toEqual({ A: 0, B: 0, none: 0 });
});
