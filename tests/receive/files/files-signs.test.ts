/** 收与退: what a file writes with a minus is what a till writes with one: goods that came back, money that went out, a reduction. */
import { expect, test } from 'vitest';
import { balanceOf, ledgerFaults } from '../../support/shop.ts';
import { counter } from './files-support.ts';

const look = async (columns: string, ...rows: string[]) =>
  (await counter()).upload([columns, ...rows].join('\n'), { mode: 'preview' });
const header = '订单号,销售时间,门店编号,会员编号,商品编码,数量,金额';
const head = 'R1,2026-11-22 14:59,S1,M1';

test('a return that hands other goods out takes back what was paid back: 100 back, 40 out, 60 yuan', async () => {
  const { shop, upload } = await counter();
  const typed = `${header},单据类型,原单号`;
  await upload(`${header}\nX,2026-11-22 10:00,S1,M1,K1,1,100`);
  const report = await upload(`${typed}\n${head},K1,-1,-100,退货,X\n${head},K2,1,40,退货,X`, {
    mode: 'preview',
  });
  expect(report.errors).toEqual([]);
  expect(report.sample).toMatchObject([
    {
      type: 'refund.completed',
      data: {
        refundNo: 'R1',
        orderNo: 'X',
        lines: [
          { sku: 'K1', kind: 'normal', quantity: '1', amountFen: 10_000 },
          { sku: 'K2', kind: 'exchange_out', quantity: '1', amountFen: 4000 },
        ],
        amounts: { refundedFen: 6000 },
      },
    },
  ]);
  await upload(`${typed}\n${head},K1,-1,-100,退货,X\n${head},K2,1,40,退货,X`);
  await shop.work();
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(40);
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test.each([
  ['all of it without a minus', 'K1,1,100', 'K2,1,40', 14_000],
  ['all of it with a minus', 'K1,-1,-100', 'K2,-1,-40', 14_000],
  ['with a minus on the goods alone', 'K1,-1,100', 'K2,-1,40', 14_000],
  ['with a minus on the money alone', 'K1,1,-100', 'K2,1,-40', 14_000],
  ['and a discount that is kept back', 'K1,1,100', '折扣,1,-10', 9000],
])('a return is written %s', async (_, one, two, refundedFen) => {
  const report = await look(`${header},单据类型`, `${head},${one},退货`, `${head},${two},退货`);
  expect([report.errors, report.sample]).toMatchObject([
    [],
    [{ type: 'refund.completed', data: { amounts: { refundedFen } } }],
  ]);
});

test('a receipt that pays out more than it takes in is a return, whichever column says so', async () => {
  const paid = await look(`${header},整单实收`, `${head},K1,1,10,-10`);
  const lines = await look(header, `${head},K1,-1,-100`, `${head},K2,1,40`);
  expect([paid.sample, lines.sample]).toMatchObject([
    [{ type: 'refund.completed', data: { lines: [{ sku: 'K1' }], amounts: { refundedFen: 1000 } } }],
    [
      {
        type: 'refund.completed',
        data: { lines: [{ sku: 'K1' }, { sku: 'K2', kind: 'exchange_out' }], amounts: { refundedFen: 6000 } },
      },
    ],
  ]);
});

test('a sale that pays money out, and a return that takes money in, contradict themselves and are refused', async () => {
  const typed = `${header},整单实收,单据类型`;
  for (const row of ['K1,-1,-10,,销售', 'K1,1,10,-10,销售', 'K1,-1,-10,0,零售']) {
    const { records, errors } = await look(typed, `${head},${row}`);
    expect([records, errors]).toMatchObject([
      0,
      [{ line: 2, column: '单据类型', message: expect.stringContaining('钱却是退出去的') as unknown }],
    ]);
  }
  const back = await look(typed, `${head},K1,-1,-40,,退货`, `${head},K2,1,100,,退货`);
  expect([back.records, back.errors]).toMatchObject([
    0,
    [{ line: 2, column: '单据类型', message: expect.stringContaining('换出的商品却比退回的贵') as unknown }],
  ]);
});

test('a discount on a line of its own makes the receipt cheaper, and is no goods', async () => {
  const report = await look(header, `${head},K1,1,100`, `${head},满减,1,-10`);
  expect(report.sample).toMatchObject([{ type: 'sale.completed', data: { amounts: { paidFen: 9000 } } }]);
  expect((report.sample[0] as { data: { lines: unknown } }).data.lines).toMatchObject([
    { sku: 'K1', amountFen: 10_000 },
  ]);
});

test('goods exchanged against dearer ones stay a sale, of the difference', async () => {
  const report = await look(header, `${head},K1,-1,-40`, `${head},K2,1,100`);
  expect(report.sample).toMatchObject([
    {
      type: 'sale.completed',
      data: {
        lines: [
          { sku: 'K1', kind: 'exchange_in', quantity: '1', amountFen: 4000 },
          { sku: 'K2', kind: 'normal', amountFen: 10_000 },
        ],
        amounts: { paidFen: 6000 },
      },
    },
  ]);
});
