/** 从旧系统搬来: what a file says that members had is theirs once, to the fen, and nothing is given or said for it. */
import { expect, test } from 'vitest';
import type { MemberId, MerchantSettings } from '../../../schema/index.ts';
import { readMember } from '../../../workers/db/members/members.ts';
import { readStoredSums } from '../../../workers/db/stored/stored-value.ts';
import { levelNow } from '../../../workers/decide/levels/standing.ts';
import { heldPoints } from '../../../workers/decide/money/held.ts';
import { at, campaign, line, sale } from '../../support/builders.ts';
import { guide } from '../../support/scenes.ts';
import { inboxRows, memberId, rowCounts } from '../../support/shop.ts';
import { counter, type Counter } from './files-support.ts';

const head = '会员编号,手机,姓名,积分,储值本金,储值赠金';
const file = (...rows: readonly string[]): string => [head, ...rows].join('\n');
const asMembers = { kind: 'members' } as const;
const looked = { kind: 'members', mode: 'preview' } as const;

async function holding({ shop }: Counter, externalId: string) {
  // As its identity has it.
  const id = memberId(shop.db, `ext:pos:${externalId}`) as MemberId;
  const found = await readMember(shop.db, id);
  if (!found) throw new Error(`${externalId} is nobody`);
  const { balances, member, tags, associate } = found;
  return {
    id,
    found,
    points: heldPoints(found.points, shop.clock.now).spendable,
    principal: balances.get('principal') ?? 0,
    bonus: balances.get('bonus') ?? 0,
    level: member.level,
    tags,
    associate: associate?.id ?? null,
  };
}

const bar = {
  amountFen: null,
  orders: null,
  withinDays: null,
  singleFen: null,
  growth: null,
  payPercent: 100,
  pointsPercent: 100,
  walletMonthFen: null,
  withdrawDayFen: null,
};

const levelled: { readonly settings: Partial<MerchantSettings> } = {
  settings: {
    levels: {
      list: [
        { ...bar, name: '银卡', amountFen: 100_000 },
        { ...bar, name: '金卡', amountFen: 500_000 },
      ],
      journey: { loyalOrders: 10, oldMonths: 12 },
      decidedBy: 'rules',
      keeping: { mode: 'always' },
    },
  },
};

test('120 points, 300 yuan of principal and 50 of bonus are hers, each with a row of its own; both sides are equal then', async () => {
  const one = await counter();
  const text = file('M1,13912345487,王女士,120,300,50.5', 'M2,,李先生,0,0,', 'M3,,赵女士,,,');
  const before = await one.upload(text, looked);
  const told = { members: 3, points: 120, principalFen: 30_000, bonusFen: 5_050, levels: {} };
  const nothing = { members: 0, points: 0, principalFen: 0, bonusFen: 0, levels: {} };
  expect(before.balances).toEqual({ file: told, counted: nothing, waiting: 0 });
  expect(before.warnings).toEqual(['没有写到期日的积分：按店里的规则，长期有效']);

  await one.upload(text, asMembers);
  expect((await one.upload(text, looked)).balances).toEqual({ file: told, counted: nothing, waiting: 3 });
  await one.shop.work();
  expect((await one.upload(text, looked)).balances).toEqual({ file: told, counted: told, waiting: 0 });

  const { id, ...held } = await holding(one, 'M1');
  expect(held).toMatchObject({ points: 120, principal: 30_000, bonus: 5_050 });
  expect(
    one.shop.db.all(`SELECT account, delta, cause FROM ledger WHERE member_id = ?`, id).map(Object.values),
  ).toEqual([
    ['bonus', 5_050, expect.stringMatching(/^stored:opened:/)],
    ['points', 120, expect.stringMatching(/^opening:/)],
    ['principal', 30_000, expect.stringMatching(/^stored:opened:/)],
  ]);
  expect(await readStoredSums(one.shop.db, id)).toMatchObject({
    openedFen: 35_050,
    paidFen: 0,
    correctedFen: 0,
  });
});

test('the same file again, also through another source, or with a column less, posts nothing a second time', async () => {
  const one = await counter();
  await one.upload(file('M1,13912345487,王女士,120,300,50'), asMembers);
  await one.shop.work();
  const counts = rowCounts(one.shop.db);
  expect(await one.upload(file('M1,13912345487,王女士,120,300,50'), asMembers)).toMatchObject({
    unchanged: 1,
  });
  await one.shop.work();
  expect(rowCounts(one.shop.db)).toEqual(counts);
  await one.upload(file('M1,13912345487,王女士的新名字,120,300,50'), asMembers);
  await one.upload('手机,积分\n13912345487,120', asMembers);
  await one.shop.work();
  expect(await holding(one, 'M1')).toMatchObject({ points: 120, principal: 30_000, bonus: 5_000 });
});

test('what she has earned since stays: 120 brought and 100 earned, and the file again leaves both', async () => {
  const one = await counter();
  await one.upload(file('M1,13912345487,王女士,120,300,'), asMembers);
  await one.shop.work();
  await one.shop.tell(sale({ member: { externalId: 'M1' } }));
  const earned = (await holding(one, 'M1')).points - 120;
  expect(earned).toBeGreaterThan(0);
  await one.upload(file('M1,13912345487,王女士,120,300,20'), asMembers);
  await one.shop.work();
  expect(await holding(one, 'M1')).toMatchObject({ points: 120 + earned, principal: 30_000, bonus: 2_000 });
});

test('another amount for the same member is refused with both, and stops nothing else', async () => {
  const one = await counter();
  await one.upload(file('M1,13912345487,王女士,120,300,'), asMembers);
  await one.shop.work();
  const report = await one.upload(file('M1,13912345487,王女士,200,300,', 'M2,,李先生,5,,'), asMembers);
  expect(report).toMatchObject({ records: 1, badRows: 1, fresh: 1 });
  expect(report.errors).toEqual([
    {
      line: 2,
      column: '积分',
      message:
        '这位会员已经转入过积分 120，这里写的是积分 200，没有改动；确实记错了，请到会员页“调整积分”，写上原因',
    },
  ]);
  // 0 says that there is none, which is another amount as well.
  const none = await one.upload(file('M1,13912345487,王女士,120,0,'), looked);
  expect(none.errors[0]?.message).toContain('已经转入过储值本金 300元，这里写的是储值本金 0元');
  await one.shop.work();
  expect(await holding(one, 'M1')).toMatchObject({ points: 120 });
  expect(await holding(one, 'M2')).toMatchObject({ points: 5 });
});

test('two files that were taken in before either was decided: the first counts, the second waits for a person', async () => {
  const one = await counter();
  await one.upload(file('M1,13912345487,王女士,120,300,'), asMembers);
  await one.upload('手机,积分\n13912345487,200', asMembers);
  await one.shop.work();
  expect(await holding(one, 'M1')).toMatchObject({ points: 120 });
  expect(inboxRows(one.shop.db).map(({ state, note }) => [state, note])).toEqual([
    ['done', null],
    ['parked', { code: 'OPENING_DIFFERS', account: 'points', told: 200, known: 120 }],
  ]);
});

test.each([
  ['-5', '积分', '是负数：欠的积分请先在旧系统里结清，这里填 0'],
  ['12.5', '积分', '“12.5”不是整数：积分没有小数，请改成整数'],
  ['1.2万', '积分', '“1.2万”是约数：请写成完整的数字，例如 12000'],
  ['一百二', '积分', '“一百二”不是整数：积分没有小数，请改成整数'],
])('%s points are refused by line, column and remedy', async (cell, column, message) => {
  const { upload } = await counter();
  const report = await upload(file(`M1,,王女士,${cell},,`, 'M2,,李先生,7,,'), looked);
  expect(report.errors).toEqual([{ line: 2, column, message }]);
  expect(report).toMatchObject({ records: 1, badRows: 1, balances: { file: { points: 7 } } });
});

test.each([
  ['1.005', '储值本金(元)', '“1.005”不是以元为单位的金额'],
  ['-30', '储值本金(元)', '是负数：欠的钱请先在旧系统里结清，这里填 0'],
  ['3万', '储值本金(元)', '“3万”是约数：请写成完整的数字，例如 12000'],
])('%s yuan are refused by line, column and remedy', async (cell, column, message) => {
  const { upload } = await counter();
  const report = await upload(file(`M1,,王女士,,${cell},`), looked);
  expect(report.errors).toEqual([{ line: 2, column, message }]);
});

test.each([
  ['"1,234"', '"1,234.50"', 1_234, 123_450],
  ['１２３', '１２．３０', 123, 1_230],
  ['12.00', '¥12', 12, 1_200],
  ['80分', '19.990000000000002', 80, 1_999],
])('%s and %s are read as %i points and %i fen', async (points, yuan, asPoints, asFen) => {
  const { upload } = await counter();
  const report = await upload(file(`M1,,王女士,${points},${yuan},`), looked);
  expect([report.errors, report.balances?.file]).toMatchObject([
    [],
    { points: asPoints, principalFen: asFen },
  ]);
});

test('fen are fen where the heading says so; a balance that is both parts at once is named, not guessed', async () => {
  const { upload } = await counter();
  const report = await upload('会员编号,储值本金(分),储值余额\nM1,12345,200', looked);
  expect(report.balances?.file).toMatchObject({ principalFen: 12_345, bonusFen: 0 });
  expect(report.warnings).toEqual([
    '“储值余额”这一列没有导入：分不清本金和赠送；是本金就把表头改成“储值本金”，是赠送就改成“储值赠送”，两样都有请分成两列',
  ]);
});

test('points end when the file says, else by the shop’s rule from the import or from the day she registered', async () => {
  const one = await counter({
    settings: {
      points: {
        expiry: { mode: 'months', months: 12 },
        pendingDays: 0,
        backDays: 30,
        worthFen: 100,
        noticeDays: 0,
      },
    },
  });
  const text = [
    '会员编号,积分,积分到期,注册时间',
    'M1,100,2027-03-01,2020-01-01',
    'M2,50,,2026-06-15',
    'M3,0,2020-01-01,2020-01-01',
    'M4,10,2026-01-01,',
    'M5,10,,2020-01-01',
  ].join('\n');
  const report = await one.upload(text, { ...asMembers, pointsFrom: 'registered' });
  expect(report.errors).toEqual([
    {
      line: 5,
      column: '积分到期',
      message: '2026-01-01 已经过了：积分还能用就改成以后的日期，不能用了就把积分填 0',
    },
    {
      line: 6,
      column: '积分',
      message: '从注册那天算，积分到 2021-01-01 已经过期：请填“积分到期”，或选“从导入那天算”',
    },
  ]);
  expect(report.warnings).toEqual([
    '没有写到期日的积分：按店里的规则，从注册那天（没有写就从导入那天）起 12 个月有效',
  ]);
  await one.shop.work();
  const lots = async (id: string) =>
    (await holding(one, id)).found.points.lots.map((lot) => [lot.lastOn, lot.points]);
  expect(await lots('M1')).toEqual([['2027-03-01', 100]]);
  expect(await lots('M2')).toEqual([['2027-06-15', 50]]);
  await one.upload('会员编号,积分\nM6,10', asMembers);
  await one.shop.work();
  const today = new Date(one.shop.clock.now + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(await lots('M6')).toEqual([[`${Number(today.slice(0, 4)) + 1}${today.slice(4)}`, 10]]);
});

test('a level stands until its end, whatever was bought; an unknown one is refused with those that there are', async () => {
  const one = await counter(levelled);
  const text = [
    '会员编号,会员等级,等级到期',
    'M1,金卡,2027-03-01',
    'M2,钻卡,',
    'M3,银卡,2026-01-01',
    'M4,,2027-03-01',
  ].join('\n');
  const report = await one.upload(text, asMembers);
  expect(report.errors).toEqual([
    {
      line: 3,
      column: '会员等级',
      message: '没有“钻卡”这个等级，店里有：银卡、金卡；请改成其中一个，或先在“设置 · 会员等级”里加上',
    },
    { line: 5, column: '等级到期', message: '只写了到哪天，没有写会员等级' },
  ]);
  expect(report.warnings).toEqual(['等级到期已经过了的行，等级没有带过来']);
  expect(report.balances?.file.levels).toEqual({ 金卡: 1, 银卡: 1 });
  await one.shop.work();
  const { found } = await holding(one, 'M1');
  const at = (day: string) =>
    levelNow(found.levels, { ...found.member, growth: 0 }, found.standing, day).level;
  expect([found.standing?.isManual, at('2027-03-01'), at('2027-03-02')]).toEqual([true, '金卡', null]);
  expect(await holding(one, 'M3')).toMatchObject({ level: null });
});

test('a level that she has reached since is not taken back by a file', async () => {
  const one = await counter(levelled);
  await one.shop.tell(sale({ member: { externalId: 'M1' }, lines: [line({ amountFen: 600_000 })] }));
  expect((await holding(one, 'M1')).level).toBe('金卡');
  const report = await one.upload('会员编号,会员等级\nM1,银卡', asMembers);
  expect(report.warnings).toEqual(['有的会员现在的等级比文件里的高，等级不改']);
  await one.shop.work();
  expect((await holding(one, 'M1')).level).toBe('金卡');
});

test('her associate comes by number or by name; who serves her already stays; nobody and two of one name are said', async () => {
  const one = await counter({
    associates: [guide('a1', '小王'), guide('a2', '小李'), guide('a3', '小李')],
  });
  const text = ['会员编号,专属导购,标签', 'M1,小王,老客、常买奶粉', 'M2,a2,', 'M3,小李,', 'M4,老张,'].join(
    '\n',
  );
  const report = await one.upload(text, asMembers);
  expect(report.errors.map(({ line, message }) => [line, message])).toEqual([
    [4, '有 2 位导购叫“小李”：请改写导购编号'],
    [5, '没有“老张”这位导购：请先在“导购”里加上，或把这一格空着'],
  ]);
  await one.shop.work();
  expect(await holding(one, 'M1')).toMatchObject({ associate: 'a1', tags: ['常买奶粉', '老客'] });
  await one.upload('会员编号,专属导购\nM1,a2\nM2,a2', asMembers);
  await one.shop.work();
  expect([await holding(one, 'M1'), await holding(one, 'M2')]).toMatchObject([
    { associate: 'a1' },
    { associate: 'a2' },
  ]);
});

test('it gives and wakes nothing: no newcomer’s gift, none for her associate or her level, no message', async () => {
  const one = await counter({
    ...levelled,
    associates: [guide('a1', '小王')],
    campaigns: (['member.created', 'member.bound', 'level.reached'] as const).map((trigger) =>
      campaign(trigger, { trigger, conditions: [], rewards: [{ kind: 'points', points: 7 }] }),
    ),
  });
  await one.upload('会员编号,手机,积分,会员等级,专属导购\nM1,13912345487,120,金卡,a1', asMembers);
  await one.shop.work();
  expect(await holding(one, 'M1')).toMatchObject({ points: 120, level: '金卡', associate: 'a1' });
  expect(one.shop.db.all('SELECT * FROM outbox')).toEqual([]);
  expect(one.shop.db.all('SELECT * FROM grants')).toEqual([]);
});

test('two rows of one person are one too many, whichever number leads to her', async () => {
  const one = await counter();
  const twice = file('M1,13912345487,王女士,120,,', ',13912345487,王女士,120,,');
  expect((await one.upload(twice, looked)).errors).toEqual([
    { line: 3, column: null, message: '和第 2 行是同一位会员：请把两行合成一行，积分和储值加起来' },
  ]);
});

test('two members who are one have brought both: either amount is known again, and a third is refused', async () => {
  const one = await counter();
  await one.upload(file('M1,,王女士,100,,', 'M2,13912345487,王女士,50,200,'), asMembers);
  await one.shop.work();
  await one.shop.tell({
    type: 'member.merged',
    id: 'merge',
    occurredAt: '2026-11-22T14:59:00+08:00',
    data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } },
  });
  expect(await holding(one, 'M1')).toMatchObject({ points: 150, principal: 20_000 });
  const again = await one.upload('手机,积分\n13912345487,50', looked);
  expect(again).toMatchObject({ errors: [], balances: { counted: { points: 50 } } });
  expect((await one.upload('手机,积分\n13912345487,60', looked)).errors).toHaveLength(1);
});

test('a till’s webhook brings nobody a balance, whatever it calls itself', async () => {
  const one = await counter();
  await one.shop.tell({
    type: 'member.created',
    id: 'forged',
    occurredAt: '2026-11-22T14:59:00+08:00',
    fromFile: true,
    movedIn: { points: 1_000_000, principalFen: 100_000_000 },
    data: { externalId: 'M1' },
  });
  expect(await holding(one, 'M1')).toMatchObject({ points: 0, principal: 0 });
});

test('a till that says its event was read from a file is heard as a till: no level, and what a newcomer is given is given', async () => {
  const one = await counter({ ...levelled, campaigns: [campaign('welcome', { trigger: 'member.created' })] });
  await one.shop.tell({
    type: 'member.created',
    id: 'forged',
    occurredAt: '2026-11-22T14:59:00+08:00',
    fromFile: true,
    data: { externalId: 'M1', level: '内部员工' },
  });
  expect(await holding(one, 'M1')).toMatchObject({ points: 100, level: null });
});

test('K-61: a file brings the end of a super membership, and takes no day of one that lasts longer here', async () => {
  const moving = await counter();
  const bring = async (until: string): Promise<void> => {
    await moving.upload(`会员编号,手机,超级会员到期\nM1,13912345487,${until}`, asMembers);
    await moving.shop.work();
    moving.shop.clock.now += 60_000;
  };
  const until = async (): Promise<unknown> => (await holding(moving, 'M1')).found.member.superUntil;
  await bring('2027-06-01');
  expect(await until()).toBe(at('2027-06-01 00:00'));
  await bring('2027-03-01');
  expect(await until()).toBe(at('2027-06-01 00:00'));
  await bring('2027-12-01');
  expect(await until()).toBe(at('2027-12-01 00:00'));
});
