/** 订单更正: the later telling of a sale stands, whichever way a till writes its versions. */
import { expect, test } from 'vitest';
import { line, refund, sale } from '../../support/builders.ts';
import { balanceOf, inboxRows, openShop, type Shop } from '../../support/shop.ts';

const worth = (version: string, amountFen: number) => sale({ version, lines: [line({ amountFen })] });
const last = (shop: Shop) => {
  const row = inboxRows(shop.db).at(-1);
  return [row?.state, row?.note];
};

test.each([
  ['1.9', '1.10'],
  ['V9', 'V10'],
  ['20261122145900', '20261122150000'],
  ['2026-11-22T14:59:00+08:00', '2026-11-22T07:00:00Z'],
])('a sale of 100 in version %s is 80 in version %s, in whatever order they come', async (early, late) => {
  const inOrder = await openShop();
  await inOrder.tell(worth(early, 10_000));
  await inOrder.tell(worth(late, 8_000));
  const turnedRound = await openShop();
  await turnedRound.tell(worth(late, 8_000));
  await turnedRound.tell(worth(early, 10_000));
  expect([balanceOf(inOrder.db, 'ext:pos:M1'), balanceOf(turnedRound.db, 'ext:pos:M1')]).toEqual([80, 80]);
  expect(last(turnedRound)).toEqual([
    'ignored',
    { code: 'SALE_OUTDATED', orderNo: '8005-372', version: early, knownVersion: late },
  ]);
});

test('a sale of 100 in version 2 is told again in version 20261122150000: a person has to look, and 100 points stay', async () => {
  const shop = await openShop();
  await shop.tell(worth('2', 10_000));
  await shop.tell(worth('20261122150000', 8_000));
  expect(last(shop)).toEqual([
    'parked',
    { code: 'SALE_VERSION_UNCLEAR', orderNo: '8005-372', version: '20261122150000', knownVersion: '2' },
  ]);
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
});

test('so it is with a return: of 100 came back 20, and what else is said of it in another kind of version is looked at', async () => {
  const shop = await openShop();
  await shop.tell(worth('1', 10_000));
  const back = (version: string, refundedFen: number) =>
    refund({
      id: `back-${version}`,
      version,
      lines: [line({ originalLineNo: '1', amountFen: refundedFen })],
    });
  await shop.tell(back('1', 2_000));
  await shop.tell(back('20261123100000', 5_000));
  expect(last(shop)).toEqual([
    'parked',
    { code: 'REFUND_VERSION_UNCLEAR', refundNo: 'R1', version: '20261123100000', knownVersion: '1' },
  ]);
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(80);
});
