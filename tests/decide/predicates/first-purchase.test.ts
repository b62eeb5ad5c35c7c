/** 首单: a campaign for the first purchase gives once, and judges returns and look-ups by the sale's own place. */
import { expect, test } from 'vitest';
import { balanceOf, openShop } from '../../support/shop.ts';
import { campaign, line, refund, sale, voided } from '../../support/builders.ts';
import { openOffice } from '../../api/support.ts';

const welcome = campaign('welcome', {
  conditions: [{ kind: 'first-purchase' }],
  rewards: [{ kind: 'points', points: 500 }],
});
const open = () => openShop({ campaigns: [welcome] });
const bought = (orderNo: string, at = '2026-11-22 15:00') =>
  sale({ orderNo, id: orderNo, at, lines: [line({ quantity: '2', amountFen: 20_000 })] });
const half = (orderNo: string, at = '2026-11-22 17:00') =>
  refund({
    orderNo,
    at,
    scope: 'partial',
    lines: [line({ originalLineNo: '1', quantity: '1', amountFen: 10_000 })],
  });
const points = ({ db }: { db: Parameters<typeof balanceOf>[0] }) => balanceOf(db, 'ext:pos:M1');

test('the first of two purchases of 200.00 brings 500 points more, the second does not', async () => {
  const shop = await open();
  await shop.tell(bought('A'), bought('B', '2026-11-22 16:00'));
  expect(points(shop)).toBe(200 + 500 + 200);
});

test('half of the first comes back after the second: its 500 points stay, and 100 go', async () => {
  const shop = await open();
  await shop.tell(bought('A'), bought('B', '2026-11-22 16:00'), half('A'));
  expect(points(shop)).toBe(100 + 500 + 200);
});

test('rung up wrongly and made void, the next one is the first: 500 points are given once', async () => {
  const shop = await open();
  await shop.tell(bought('A'), voided({ orderNo: 'A' }), bought('B', '2026-11-22 16:00'));
  expect(points(shop)).toBe(200 + 500);
});

test('looked up before it is rung up, a second purchase says that one came before; the first, rung up already, is still the first', async () => {
  const office = await openOffice({ campaigns: [welcome] });
  const look = async (orderNo: string) => {
    const { data } = bought(orderNo);
    const { json } = await office.admin('POST', '/campaigns/welcome/simulate', { body: { sale: data } });
    return [json['hit'], json['reason'], json['numbers']];
  };
  await office.shop.tell(bought('A'));
  expect(await look('A')).toEqual([true, undefined, {}]);
  expect(await look('B')).toEqual([false, 'first-purchase', { place: 0, ordersBefore: 1 }]);
});
