/** 单号规则 of files: rows of one number are one receipt, or several, as their source numbers. */
import { expect, test } from 'vitest';
import { balanceOf, inboxRows, saleRows } from '../../support/shop.ts';
import { counter } from './files-support.ts';

const header = '订单号,单据类型,原单号,原营业日,销售时间,门店编号,收银机,会员编号,商品编码,数量,金额(元)';
const file = (...rows: string[]): string => [header, ...rows].join('\r\n');
const shopA = '1,,,,2026-11-22 12:00:00,A,01,M1,6901,1,100.00';
const shopB = '1,,,,2026-11-22 12:00:00,B,01,M2,6901,1,200.00';
const nextDay = '1,,,,2026-11-23 12:00:00,A,01,M2,6901,1,200.00';
const until = { now: '2026-11-24 09:00' };

test('numbered by store, receipt 1 of two shops is two sales; sent again, the file changes nothing', async () => {
  const { shop, upload } = await counter({ ...until, config: { numbering: 'per-store' } });
  const report = await upload(file(shopA, shopB));
  expect(report).toMatchObject({ numbering: 'per-store', records: 2, fresh: 2, errors: [], warnings: [] });
  await shop.work();
  expect([balanceOf(shop.db, 'ext:pos:M1'), balanceOf(shop.db, 'ext:pos:M2')]).toEqual([100, 200]);
  expect(await upload(file(shopB, shopA))).toMatchObject({ fresh: 0, unchanged: 2 });
});

test('numbered uniquely, they contradict each other, and the report says why that may be', async () => {
  const { upload } = await counter(until);
  const report = await upload(file(shopA, shopB));
  expect(report).toMatchObject({
    numbering: 'unique',
    suggestedNumbering: 'per-store',
    records: 0,
    badRows: 2,
  });
  expect(report.warnings).toEqual([
    '文件里有 1 个单号出现在不同的门店编号（如 1：A、B），看来编号每店重新开始；如果是这样，请用单号规则 per-store（每家门店各自编号）导入，不然同号的行互相矛盾，不会导入。',
  ]);
});

test('numbered by store, but seen on two days: the report says so', async () => {
  const { upload } = await counter({ ...until, config: { numbering: 'per-store' } });
  expect((await upload(file(shopA, shopB, nextDay))).warnings).toEqual([
    '文件里有 1 个单号出现在不同的营业日（如 1：2026-11-22、2026-11-23），看来编号每天重新开始；如果是这样，请用单号规则 per-store-day（每家门店每天重新编号）导入，不然同号的行互相矛盾，不会导入。',
  ]);
});

test('numbered by store and day, a return names the day of its sale, or is refused by its line', async () => {
  const { shop, upload } = await counter({ ...until, config: { numbering: 'per-store-day' } });
  const back = (on: string) => `9,退货,1,${on},2026-11-24 08:00:00,A,01,M2,6901,1,50.00`;
  expect((await upload(file(shopA, nextDay, back('')))).errors).toEqual([
    {
      line: 4,
      column: '原营业日',
      message: '不能为空：这个来源的单号每家门店每天重新编号，原单要写明营业日',
    },
  ]);
  await upload(file(shopA, nextDay, back('2026-11-23')));
  await shop.work();
  expect(saleRows(shop.db).map(({ id, keptFen }) => [id, keptFen])).toEqual([
    ['pos:1@A/2026-11-22', 10_000],
    ['pos:1@A/2026-11-23', 15_000],
  ]);
});

test('numbered by terminal, a row without its terminal may be anybody’s: no receipt of its number is imported', async () => {
  const { upload } = await counter({ ...until, config: { numbering: 'per-terminal-day' } });
  const report = await upload(file(shopA, shopA.replace(',01,', ',,')));
  expect(report).toMatchObject({ records: 0, badRows: 2 });
  expect(report.errors).toEqual([
    { line: 2, column: null, message: '同一单 1 的第 3 行有误，整单未导入' },
    { line: 3, column: '收银机', message: '不能为空：这个来源的单号每台收银机每天重新编号' },
  ]);
});

test('of one store, one day and two members, a number is repeated as well: the terminal would tell which', async () => {
  const { upload } = await counter(until);
  const report = await upload(file(shopA, shopA.replace('M1', 'M2')), { mode: 'preview' });
  expect([report.suggestedNumbering, report.warnings]).toEqual([
    null,
    [
      '文件里有 1 个单号写着不同的会员（如 1）；如果编号每台收银机重新开始，请补上收银机一列，请用单号规则 per-terminal-day（每台收银机每天重新编号）导入，不然同号的行互相矛盾，不会导入。',
    ],
  ]);
});

test('the file of the next day begins at 1 again: the preview says so, and taken in all the same it takes nobody’s points', async () => {
  const { shop, upload } = await counter(until);
  await upload(file(shopA));
  await shop.work();
  const looked = await upload(file(nextDay), { mode: 'preview' });
  expect([looked.suggestedNumbering, looked.warnings]).toEqual([
    'per-store-day',
    [
      '与之前收到的销售单相比，有 1 个单号出现在不同的营业日（如 1：2026-11-22、2026-11-23），看来编号每天重新开始；如果是这样，请用单号规则 per-store-day（每家门店每天重新编号）导入，不然会被当成之前那张的更正：换了顾客就暂停，等人处理。',
    ],
  ]);
  await upload(file(nextDay));
  await shop.work();
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'parked']);
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
});

test('the same file again repeats nothing', async () => {
  const { shop, upload } = await counter(until);
  await upload(file(shopA));
  await shop.work();
  expect(await upload(file(shopA))).toMatchObject({ unchanged: 1, suggestedNumbering: null, warnings: [] });
});
