/** 为什么: every decision about sales, returns and recharges that is told again says what to do. */
import { expect, test } from 'vitest';
import { whyOf } from '../../../workers/views/events/event-why.ts';
import { line, recharge, refund, rfc3339, sale } from '../../support/builders.ts';
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

test('a sale that names two codes that nobody knows is done, and says of each why nothing was used', async () => {
  const shop = await openShop();
  await shop.tell(sale({ couponCodes: ['AAA', 'BBB'] }), sale({ orderNo: '2' }));
  expect(inboxRows(shop.db).map((event) => whyOf(event))).toEqual([
    '已处理完成。小票上有 2 个券码没有核销，这些券还是原来的样子（AAA：没有这张券：请核对券码，或重新扫码。BBB：没有这张券：请核对券码，或重新扫码。）。',
    '已处理完成。',
  ]);
});

test('a sale that is corrected after it was made void says that it earns nothing', async () => {
  const shop = await openShop();
  await shop.tell(sale({ orderNo: 'A1' }));
  await shop.tell({
    id: 'v1',
    type: 'sale.voided',
    occurredAt: rfc3339('2026-11-22 15:30'),
    data: { orderNo: 'A1' },
  });
  await shop.tell(sale({ orderNo: 'A1', version: '2', lines: [line({ amountFen: 5_000 })] }));
  await shop.tell(sale({ orderNo: 'A2' }));
  expect(inboxRows(shop.db).map((event) => whyOf(event))).toEqual([
    '已处理完成。',
    '已处理完成。',
    '已处理完成。这张订单之前已经作废，不再计积分。',
    '已处理完成。',
  ]);
});

test('what was emptied because its person left says so, and does not speak of old age', async () => {
  const shop = await openShop();
  const member = { externalId: 'M1', phone: '13912345487' };
  const told = (id: string, type: 'member.created' | 'member.deleted') => ({
    id,
    type,
    occurredAt: rfc3339('2026-11-22 14:59'),
    data: member,
  });
  await shop.tell(told('m1', 'member.created'));
  await shop.tell(told('m2', 'member.deleted'));
  await shop.work();
  const last = inboxRows(shop.db).at(-1);
  expect(last && [last.state, last.body, whyOf(last)]).toEqual([
    'done',
    '',
    '已处理。当事人已取消关注或注销，原始内容已清空，不能再次处理。',
  ]);
});

test('children with days that cannot be true are not kept, and the event says so', async () => {
  const shop = await openShop();
  const children = [{ birthday: '2025-05-05' }, { birthday: '1999-05-05' }, { birthday: '2031-01-01' }];
  const data = { externalId: 'M1', children };
  const occurredAt = rfc3339('2026-11-22 14:59');
  await shop.tell({ id: 'm1', type: 'member.created', occurredAt, data });
  expect(inboxRows(shop.db).map((event) => whyOf(event))).toEqual([
    '已处理完成。其中 2 个宝宝的生日或预产期不合常理（已满 18 岁，或预产期太远、早已过去），没有记下。',
  ]);
});
