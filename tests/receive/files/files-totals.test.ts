/** 合计行: what sums up the rows above it is no goods, wherever its word stands; what is sold stays in its order. */
import { expect, test } from 'vitest';
import { balanceOf } from '../../support/shop.ts';
import { counter } from './files-support.ts';

const header = '订单号,销售时间,门店编号,会员编号,商品编码,商品名称,数量,金额';
const head = 'B,2026-11-22 14:59,S1,Q';
const look = async (...rows: string[]) =>
  (await counter()).upload([header, ...rows].join('\n'), { mode: 'preview' });
const paid = ({ sample }: { readonly sample: readonly unknown[] }) =>
  (sample as { data: { orderNo: string; amounts: { paidFen: number } } }[]).map(({ data }) => [
    data.orderNo,
    data.amounts.paidFen,
  ]);

test('a total at the end of a file is no line of its last receipt: 50 yuan earn 50 points', async () => {
  const { shop, upload } = await counter();
  const report = await upload(
    [header, 'A,2026-11-22 14:50,S1,P,K1,奶粉,1,100', `${head},K2,帽子,1,50`, ',,,,合计,,2,150'].join('\n'),
  );
  await shop.work();
  expect([report.records, report.errors]).toEqual([2, []]);
  expect(report.warnings).toContain('第 4 行是合计，不是数据，没有导入');
  expect(balanceOf(shop.db, 'ext:pos:Q')).toBe(50);
});

test.each([
  '合计',
  '小计',
  '总计',
  '总 计',
  '合計',
  '汇总',
  '小计：',
  '【合计】',
  '合计（2 单）',
  '合计：150.00元',
  '本单合计',
  '天河店合计',
  '共2种',
  '共 2 件',
  '共2种3件',
  '共3笔',
  'Total',
  'SUBTOTAL:',
  'Grand Total',
])('“%s” in the column of codes is a total of the order above it', async (word) => {
  const report = await look(`${head},K2,帽子,1,50`, `,,,,${word},,1,50`);
  expect([paid(report), report.errors]).toEqual([[['B', 5000]], []]);
  expect(report.warnings).toEqual(['第 3 行是合计，不是数据，没有导入']);
});

test.each([
  ['in the column of names', ',,,,K9,小计,2,80'],
  ['under a dash for a code', `${head},-,小计,2,80`],
  ['though it repeats the head of the order', `${head},小计,,2,80`],
  ['though it repeats the number of the order', 'B,,,,小计,,2,80'],
])('a subtotal %s does not double its order', async (_, subtotal) => {
  const report = await look(
    `${head},K1,奶粉,1,30`,
    ',,,,K2,帽子,1,50',
    subtotal,
    'C,2026-11-22 15:10,S1,,K3,围巾,1,7',
  );
  expect([paid(report), report.errors]).toEqual([
    [
      ['B', 8000],
      ['C', 700],
    ],
    [],
  ]);
  expect(report.warnings).toEqual(['第 4 行是合计，不是数据，没有导入']);
});

test.each([
  ['Total 900ml', ',,,,K2,Total 900ml,1,20'],
  ['共享充电宝', ',,,,K2,共享充电宝,1,20'],
  ['Total, with its own head', `${head},K2,Total,1,20`],
  ['a code SUM, with its own head', `${head},SUM,,1,20`],
])('a product called %s is sold', async (_, row) => {
  const report = await look(`${head},K1,奶粉,1,30`, row);
  expect([paid(report), report.errors, report.warnings]).toEqual([[['B', 5000]], [], []]);
});

test('a row without a number but with a member, or a till of its own, is not the receipt above it', async () => {
  for (const row of [',,,P2,K2,帽子,1,50', ',2026-11-22 14:59,S1,P2,K2,帽子,1,50']) {
    for (const above of [head, 'B,2026-11-22 14:59,S1,']) {
      const report = await look(`${above},K1,奶粉,1,30`, row, 'C,2026-11-22 15:10,S1,,K3,围巾,1,7');
      expect(paid(report)).toEqual([['C', 700]]);
      expect(report.errors).toContainEqual({ line: 3, column: '订单号', message: '不能为空' });
      expect(report.errors).toContainEqual({
        line: 2,
        column: null,
        message: '同一单 B 的第 3 行有误，整单未导入',
      });
    }
  }
});

test('a merged head may be written again in part: the rows are of the receipt above', async () => {
  const report = await look(
    `${head},K1,奶粉,1,30`,
    ',2026-11-22 14:59,S1,Q,K2,帽子,1,50',
    ',,,Q,K3,围巾,1,7',
  );
  expect([paid(report), report.errors]).toEqual([[['B', 8700]], []]);
});
