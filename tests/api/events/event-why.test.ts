/** 为什么: every decision about sales, returns and recharges that is told again says what to do. */
import { expect, test } from 'vitest';
import { whyOf } from '../../../workers/views/events/event-why.ts';
import { line, recharge, refund, sale } from '../../support/builders.ts';
import { inboxRows, openShop } from '../../support/shop.ts';

test('whatever a return or a recharge that comes again is parked or ignored for, the shop reads why and what to do', async () => {
  const shop = await openShop();
  const back = (id: string, version: string, amountFen: number) =>
    refund({ id, version, lines: [line({ originalLineNo: '1', amountFen })] });
  const orphan = (id: string, refundNo: string, refundedFen: number) =>
    refund({ id, refundNo, orderNo: null, scope: 'no_original', member: { externalId: 'M1' }, refundedFen });
  const told = [
    sale(),
    sale({ orderNo: '2', member: { externalId: 'M2' } }),
    back('a', '2', 5_000),
    back('b', '2', 5_000),
    back('c', '2', 6_000),
    back('d', '1', 5_000),
    orphan('e', 'R9', 1_000),
    orphan('f', 'R9', 2_000),
    refund({ id: 'g', refundNo: 'R9', refundedFen: 1_000 }),
    recharge({ id: 'h' }),
    recharge({ id: 'i' }),
    recharge({ id: 'j', principalFen: 1 }),
    recharge({ id: 'k', member: { externalId: 'M2' } }),
    recharge({ id: 'l', rechargeNo: 'CZ9', member: null }),
  ];
  for (const body of told) await shop.tell(body);
  const undone = inboxRows(shop.db).filter(({ state }) => state !== 'done');
  expect(undone.map(({ senderId, state }) => [senderId, state])).toEqual([
    ['b', 'ignored'],
    ['c', 'parked'],
    ['d', 'ignored'],
    ['f', 'parked'],
    ['g', 'parked'],
    ['i', 'ignored'],
    ['j', 'parked'],
    ['k', 'parked'],
    ['l', 'parked'],
  ]);
  for (const event of undone) {
    if (event.state === 'parked') expect(whyOf(event)).toMatch(/请|至少要/);
  }
});

test('a sale that names two coupons is done, and says that they still stand as they were', async () => {
  const shop = await openShop();
  await shop.tell(sale({ couponCodes: ['AAA', 'BBB'] }), sale({ orderNo: '2' }));
  expect(inboxRows(shop.db).map((event) => whyOf(event))).toEqual([
    '已处理完成。小票上写了 2 个券码（couponCodes）：系统还不能核销，这些券没有变成已用。',
    '已处理完成。',
  ]);
});
