/** 为什么: every note that a decision about sales, returns and recharges writes has words for whoever runs the shop. */
import { expect, test } from 'vitest';
import type { EventState, InboxEvent } from '../../../schema/index.ts';
import { whyOf } from '../../../workers/api/events/event-why.ts';
import { rowOf } from '../../support/erp/fixtures.ts';
import { line, recharge, refund, sale } from '../../support/builders.ts';
import { inboxRows, openShop } from '../../support/shop.ts';

const row = (state: EventState, note: string): InboxEvent => ({
  ...rowOf({ senderId: 'x', type: 'sale.completed', body: '{}' }),
  state,
  note,
});

/** Said where nothing better is known. */
const fallback = /系统判断不需要处理：|处理时出错/;

test.each<[EventState, string, string]>([
  [
    'parked',
    'read-back-needed: order 980012345678901234 has to be fetched from the vendor before it can count',
    '这条通知只带单号 980012345678901234；要向对方系统取回完整内容后才能处理。',
  ],
  [
    'parked',
    'read-back failed: 微盟 answered errcode 1 单据不存在; mend the settings of the source and replay',
    '向对方系统取回完整内容失败了几次，已停止；请检查来源的拉取设置，改好后点“重放”。',
  ],
  ['ignored', 'told in full as ev_abc', '这条通知只带单号；已向对方系统取回完整内容，见事件 ev_abc。'],
  [
    'parked',
    'source shop signs weakly, and 3 of its events of 2026-11-22 were decided; look at this one, then raise effectsPerDayMax and replay it',
    '数据来源 shop 的签名较弱，2026-11-22 已处理到每日上限 3 条；请核对这条是否属实，属实就调高 effectsPerDayMax 后点“重放”。',
  ],
])('%s: %s', (state, note, words) => {
  expect(whyOf(row(state, note))).toBe(words);
});

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
    const words = whyOf(event);
    expect(words, event.note ?? '').not.toMatch(fallback);
    if (event.state === 'parked') expect(words).toMatch(/请|至少要/);
  }
});
