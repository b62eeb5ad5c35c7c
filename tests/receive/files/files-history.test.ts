/** 历史单据 in files: what is older than a week counts and gives nothing; the preview says what is which. */
import { expect, test } from 'vitest';
import { campaign, plan, template } from '../../support/builders.ts';
import {
  balanceOf,
  couponRows,
  inboxRows,
  ledgerRows,
  memberRows,
  outboxRows,
  reminderRows,
  rowCounts,
  saleRows,
} from '../../support/shop.ts';
import { counter } from './files-support.ts';

const header = '订单号,销售时间,门店编号,会员手机号,商品编码,商品名称,数量,金额(元)';
const file = (...rows: string[]): string => [header, ...rows].join('\r\n');
const receipt = (no: string, when: string, phone = '13912345487'): string =>
  `${no},${when},8005,${phone},6901,有机奶粉,2,207.20`;
/** The clock says 15:00 on 2026-11-22. */
const old = receipt('OLD', '2026-11-15 14:59:00');
const young = receipt('YOUNG', '2026-11-15 15:00:00');

const shop = {
  templates: [template('t', { validity: { relative: { afterDays: 0, forDays: 30 } } })],
  plans: [plan('S1', { daysPerUnit: 30, notify: ['member', 'associate'] })],
  campaigns: [
    campaign('packet', {
      rewards: [
        { kind: 'red-packet', minFen: 300, maxFen: 300 },
        { kind: 'coupon', templateId: 't' },
      ],
    }),
    campaign('welcome', { trigger: 'member.created', rewards: [{ kind: 'points', points: 1_000 }] }),
  ],
};

test('of two receipts one is from more than seven days ago: it counts and gives nothing, and the preview says so in Chinese', async () => {
  const { shop: here, upload } = await counter(shop);
  const before = rowCounts(here.db);
  const looked = await upload(file(old, young), { mode: 'preview' });
  expect(looked.history).toEqual({
    asked: 'auto',
    before: '2026-11-15T07:00:00.000Z',
    records: 1,
    others: 1,
    gives: { reckoned: 1, points: 207, growth: 207, walletFen: 300, coupons: 1, messages: 0, reminders: 1 },
    says: [
      '1 张单据早于 2026-11-15，按历史导入：计入消费次数、金额、商品标签和购买记录；不给积分、成长值、券和红包，不发消息，不设提醒，也不占活动名额、预算和库存。',
      '1 张单据照常计算，预计带来：207 积分、207 成长值、红包 3元、1 张券、1 条提醒。',
    ],
  });
  expect(rowCounts(here.db)).toEqual(before);

  expect((await upload(file(old, young))).history).toMatchObject({ records: 1, others: 1, gives: null });
  await here.work();
  expect(saleRows(here.db).map(({ orderNo, isHistory }) => [orderNo, isHistory])).toEqual([
    ['OLD', true],
    ['YOUNG', false],
  ]);
  expect(memberRows(here.db)).toMatchObject([{ orders: 2, spentFen: 41_440 }]);
  // What the preview said.
  expect([
    balanceOf(here.db, 'phone:13912345487'),
    balanceOf(here.db, 'phone:13912345487', 'wallet'),
  ]).toEqual([207, 300]);
  expect([couponRows(here.db).length, reminderRows(here.db).length]).toEqual([1, 1]);
});

test.each([
  ['yes', [], ['2 张单据全部按历史导入（history=yes）']],
  ['no', [207, 207], ['2 张单据照常计算（history=no）']],
] as const)('history=%s takes the whole file so', async (history, points, says) => {
  const { shop: here, upload } = await counter({ ...shop, campaigns: [] });
  const report = await upload(file(old, young), { history });
  expect(report.history).toMatchObject({ asked: history, before: null });
  expect(report.history.says.map((line) => line.slice(0, says[0].length))).toEqual(says);
  await here.work();
  const own = ledgerRows(here.db).filter(({ account }) => account === 'points');
  expect(own.map(({ delta }) => delta)).toEqual(points);
});

test('how old is old is a setting', async () => {
  const { upload } = await counter({ settings: { historyAfterDays: 30 } });
  const { history } = await upload(file(old, receipt('X', '2026-10-01 10:00:00')), { mode: 'preview' });
  expect(history).toMatchObject({ records: 1, others: 1, before: '2026-10-23T07:00:00.000Z' });
});

test('the same file a week later changes nothing: what was taken in as today’s stays so', async () => {
  const { shop: here, upload } = await counter();
  await upload(file(young));
  await here.work();
  here.clock.now += 8 * 86_400_000;
  const counts = rowCounts(here.db);
  expect(await upload(file(young))).toMatchObject({
    unchanged: 1,
    history: { records: 0, others: 0, says: [] },
  });
  await here.work();
  expect(rowCounts(here.db)).toEqual(counts);
  // Corrected by then, its points follow.
  await upload(file(young.replace('207.20', '107.20')));
  await here.work();
  expect(balanceOf(here.db, 'phone:13912345487')).toBe(107);
});

test('nobody from a file is a newcomer: not who is in a list of members, and not who bought yesterday', async () => {
  const { shop: here, upload } = await counter({ ...shop, plans: [] });
  const members =
    '会员编号,手机号,姓名,注册时间\nM1,13800138000,王女士,2026-11-22 10:00:00\nM2,13800138001,李女士,';
  const report = await upload(members, { kind: 'members', history: 'no' });
  expect(report.history).toMatchObject({
    records: 2,
    others: 0,
    says: ['文件里的会员都当作老会员：只建立资料，不送注册礼，不发消息。'],
  });
  await upload(file(receipt('Y', '2026-11-21 10:00:00', '13700137000')));
  await here.work();
  expect(inboxRows(here.db).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(memberRows(here.db)).toHaveLength(3);
  expect(ledgerRows(here.db).filter(({ delta }) => delta >= 1_000)).toEqual([]);
  expect(outboxRows(here.db)).toEqual([]);
});

test('a moment that cannot be is said by line and column, before anything is stored', async () => {
  const { upload } = await counter();
  const report = await upload(
    file(receipt('A', '2027-11-22 10:00:00'), receipt('B', '2011-11-22 10:00:00'), young),
  );
  expect(report).toMatchObject({ records: 1, badRows: 2 });
  expect(report.errors).toEqual([
    { line: 2, column: '销售时间', message: '2027-11-22 比现在晚一天以上，请检查这一列的日期' },
    { line: 3, column: '销售时间', message: '2011-11-22 太早了，请检查这一列的日期' },
  ]);
});

test('the first 250 are reckoned, and the sentence says so', async () => {
  const { upload } = await counter();
  const rows = Array.from({ length: 260 }, (_, index) => receipt(`T${index}`, '2026-11-22 10:00:00'));
  const { history } = await upload(file(...rows), { mode: 'preview' });
  expect(history).toMatchObject({ others: 260, gives: { reckoned: 250, points: 51_750 } });
  expect(history.says).toEqual(['260 张单据照常计算，预计带来：51750 积分、51750 成长值（按前 250 张算）。']);
});
