/** 订单状态: an order that was called off or paid back is no sale, and the merchant is told which were left out. */
import { expect, test } from 'vitest';
import { counter } from './files-support.ts';

const look = async (...rows: string[]) => (await counter()).upload(rows.join('\n'), { mode: 'preview' });
const header = '订单号,销售时间,门店编号,商品编码,数量,金额';
const row = (orderNo: string): string => `${orderNo},2026-11-22 14:59,S1,K1,1,100`;
const numbers = ({ sample }: { readonly sample: readonly unknown[] }) =>
  (sample as { data: { orderNo?: string; refundNo?: string } }[]).map(
    ({ data }) => data.orderNo ?? data.refundNo,
  );

test('orders that are cancelled, closed, paid back or not paid are left out and said; none of them is a fault', async () => {
  const states = ['已完成', '已取消', '交易关闭', '已退款', '待付款', '交易成功', '已作废', ''];
  const report = await look(
    `${header},订单状态`,
    ...states.map((state, place) => `${row(`A${place}`)},${state}`),
  );
  expect(numbers(report)).toEqual(['A0', 'A5', 'A7']);
  expect([report.badRows, report.errors, report.ignoredColumns]).toEqual([0, [], []]);
  expect(report.warnings).toEqual([
    '第 3、4、8 行的订单已取消、作废或关闭，没有导入；如果以前导入过，请另外导入它的退货单',
    '第 5 行的订单已经退款，没有导入；如果以前导入过，请另外导入它的退货单',
    '第 6 行的订单还没有付款，没有导入；付款后请再导入',
  ]);
});

test.each(['已发货', '未退款', '无售后', '退款关闭', '拒绝退款', '退款中', '已付款', 'paid', 'Completed'])(
  'an order that is “%s” stands',
  async (state) => {
    expect(numbers(await look(`${header},状态`, `${row('A1')},${state}`))).toEqual(['A1']);
  },
);

test('an order that was paid back in part is refused, because nobody knows by how much', async () => {
  const report = await look(`${header},订单状态`, `${row('A1')},部分退款`);
  expect([report.records, report.errors]).toMatchObject([
    0,
    [{ line: 2, column: '订单状态', message: expect.stringContaining('说不清这一单还算不算') as unknown }],
  ]);
});

test('the states of a mall stand beside each other: any of them calls the order off', async () => {
  const report = await look(
    `${header},订单状态,支付状态,退款状态`,
    `${row('A1')},交易成功,已支付,无退款`,
    `${row('A2')},交易成功,已支付,退款成功`,
    `${row('A3')},交易成功,未支付,`,
  );
  expect([numbers(report), report.errors]).toEqual([['A1'], []]);
});

test('a return that was paid back is a return; one that was called off is none', async () => {
  const report = await look(
    `${header},单据类型,订单状态`,
    `${row('R1')},退货,已退款`,
    `${row('R2')},退货,已取消`,
  );
  expect(numbers(report)).toEqual(['R1']);
  expect(report.warnings).toHaveLength(1);
});
