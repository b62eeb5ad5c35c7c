/** 等级权益 over HTTP: points by the level, money by the level, and offers by what a member is worth. */
import { describe, expect, test } from 'vitest';
import { whyOf } from '../../../workers/views/events/event-why.ts';
import { processPending } from '../../../workers/engine/process.ts';
import { at, campaign, line, refund, sale, voided } from '../../support/builders.ts';
import { balanceOf, inboxRows, ledgerFaults, memberId, saleRows } from '../../support/shop.ts';
import { openPayShop } from '../../support/payout.ts';
import { openOffice, type Json, type Office } from '../support.ts';

const m1 = 'ext:pos:M1';
const member = { externalId: 'M1', phone: '13912345487' };
const vip = { name: 'VIP', amountFen: 100_000 };
const list = (...levels: object[]) => ({ list: [{ name: '普通' }, ...levels] });
const open = (levels: object, setup: object = {}): Promise<Office> =>
  openOffice({ now: '2026-11-22 15:00', settings: { levels: levels as never }, ...setup });
const change = async ({ admin }: Office, levels: object): Promise<void> => {
  const { json } = await admin('GET', '/settings');
  expect((await admin('PUT', '/settings', { body: { ...json, levels } })).status).toBe(200);
};
const shown = async ({ admin, shop }: Office, who = m1): Promise<Json> =>
  (await admin('GET', `/members/${memberId(shop.db, who)}`)).json;
const buys = async ({ shop }: Office, orderNo: string, amountFen: number, given: object = {}) => {
  await shop.tell(sale({ orderNo, member, lines: [line({ amountFen })], ...given }));
};
const points = ({ shop }: Office): number => balanceOf(shop.db, m1);

describe('积分倍数: VIP earns 1.5 points for each', () => {
  const generous = list({ ...vip, pointsPercent: 150 });
  /** A VIP with 1,000 points of one purchase. */
  const withVip = async (): Promise<Office> => {
    const office = await open(generous);
    await buys(office, 'first', 100_000);
    expect([points(office), (await shown(office))['level']]).toEqual([1_000, 'VIP']);
    return office;
  };

  test('the sale that brings the level earns as before: 1000 yuan are 1000 points, and 10 yuan more are 15', async () => {
    const office = await withVip();
    await buys(office, 'next', 1_000);
    expect(points(office)).toBe(1_015);
    expect((await shown(office))['levelBenefits']).toMatchObject({ payPercent: 100, pointsPercent: 150 });
  });

  test('Q-7: 99.90 at 1.5 is 149.85, floored once to 149; 50.00 of it back leave 74.85, so 75 are taken', async () => {
    const office = await withVip();
    await buys(office, 'A', 9_990);
    expect(points(office)).toBe(1_149);
    await office.shop.tell(
      refund({ orderNo: 'A', refundNo: 'R1', lines: [line({ originalLineNo: '1', amountFen: 5_000 })] }),
    );
    expect(points(office)).toBe(1_074);
    const growth = balanceOf(office.shop.db, m1, 'growth');
    expect([growth, ledgerFaults(office.shop.db)]).toEqual([1_049, []]);
  });

  test.each([
    ['the shop gives VIP 3 times by now', list({ ...vip, pointsPercent: 300 })],
    ['no level earns more any longer', list(vip)],
    ['there are no levels any longer', { list: [] }],
  ])('a return takes exactly what the sale earned, also when %s', async (_, rules) => {
    const office = await withVip();
    await buys(office, 'A', 20_000);
    await change(office, rules);
    await office.shop.tell(refund({ orderNo: 'A', refundNo: 'R1', scope: 'full', refundedFen: 20_000 }));
    expect(points(office)).toBe(1_000);
  });

  test('a sale keeps its factor when it is corrected or voided after the member lost the level', async () => {
    const office = await withVip();
    await buys(office, 'A', 20_000);
    await change(office, list({ ...vip, amountFen: 1_000_000, pointsPercent: 150 }));
    const id = memberId(office.shop.db, m1);
    const body = { level: '普通', lastOn: null, reason: '试' };
    expect((await office.admin('PUT', `/members/${id}/level`, { body })).status).toBe(200);
    await buys(office, 'A', 30_000, { version: '2' });
    expect(points(office)).toBe(1_450);
    await buys(office, 'B', 10_000);
    expect(points(office)).toBe(1_550);
    await office.shop.tell(voided({ orderNo: 'A' }));
    expect(points(office)).toBe(1_100);
    const percents = saleRows(office.shop.db).map(({ orderNo, pointsPercent }) => [orderNo, pointsPercent]);
    expect(percents).toEqual([
      ['A', 150],
      ['B', 100],
      ['first', 100],
    ]);
  });

  test('a sale that is corrected to another buyer earns by the level of that one', async () => {
    const office = await withVip();
    await buys(office, 'A', 20_000);
    await buys(office, 'A', 20_000, { version: '2', member: { externalId: 'M2' } });
    expect([points(office), balanceOf(office.shop.db, 'ext:pos:M2')]).toEqual([1_000, 200]);
  });

  test('goods brought back without their receipt take the points that the level of today gives', async () => {
    const office = await withVip();
    const back = { refundNo: 'R1', orderNo: null, scope: 'no_original', member } as const;
    await office.shop.tell(refund({ ...back, refundedFen: 10_000 }));
    expect([points(office), balanceOf(office.shop.db, m1, 'growth')]).toEqual([850, 900]);
  });

  test('the event of the sale says it, and the sale in the API; one without a factor says nothing and stores nothing', async () => {
    const office = await withVip();
    await buys(office, 'A', 20_000);
    const [first, later] = inboxRows(office.shop.db);
    expect(first && whyOf(first)).toBe('已处理完成。');
    expect(later && whyOf(later)).toBe('已处理完成。积分按会员等级的 1.5 倍算。');
    const sales = await office.admin('GET', `/members/${memberId(office.shop.db, m1)}/sales`);
    const items = sales.json['items'] as Json[];
    const byOrder = items.toSorted((one, other) =>
      String(one['orderNo']).localeCompare(String(other['orderNo'])),
    );
    expect(byOrder.map((one) => [one['orderNo'], one['pointsPercent']])).toEqual([
      ['A', 150],
      ['first', 100],
    ]);
    const kept = office.shop.db.all(`SELECT order_no AS no, json_array_length(document) AS n FROM sales`);
    expect(kept.map(({ no, n }) => [no, n])).toEqual([
      ['first', 4],
      ['A', 5],
    ]);
  });
});

describe('A-05: a member of 普通 gets 5 yuan a month from campaigns, a VIP 20', () => {
  const packets = campaign('红包', {
    conditions: [],
    rewards: [{ kind: 'red-packet', minFen: 300, maxFen: 300 }],
  });
  const capped = {
    list: [
      { name: '普通', walletMonthFen: 500 },
      { name: 'VIP', singleFen: 100_000, walletMonthFen: 2_000 },
    ],
  };
  const asked = { now: '2026-11-22 15:00', campaigns: [packets] };
  const wallet = ({ shop }: Office, who = m1): number => balanceOf(shop.db, who, 'wallet');
  /** Has a level, and 3 yuan from the purchase that brought it. */
  const withLevel = async (): Promise<Office> => {
    const office = await open(capped, asked);
    await buys(office, 'first', 1_000);
    expect(wallet(office)).toBe(300);
    return office;
  };

  test('packets of 3 yuan: 3, then the 2 that are left, then none; and 3 again in the next month', async () => {
    const office = await withLevel();
    const seen = [];
    for (const [orderNo, day] of [
      ['A', '2026-11-23 12:00'],
      ['B', '2026-11-30 23:00'],
      ['C', '2026-12-01 00:30'],
    ] as const) {
      office.shop.clock.now = at(day);
      await buys(office, orderNo, 1_000, { at: day });
      seen.push(wallet(office));
    }
    expect(seen).toEqual([500, 500, 800]);
    const { levelBenefits } = await shown(office);
    expect(levelBenefits).toMatchObject({ cashBackMonthFen: 500, cashBackUsedFen: 300 });
  });

  test('whoever asks why there is none is told the level, its ceiling and what the month has had', async () => {
    const office = await withLevel();
    await buys(office, 'A', 1_000);
    const body = { sale: sale({ orderNo: 'B', member, lines: [line({ amountFen: 1_000 })] }).data };
    const { json } = await office.admin('POST', `/campaigns/红包/simulate`, { body });
    const numbers = { level: '普通', capFen: 500, usedFen: 500 };
    expect(json).toMatchObject({ hit: false, reason: 'cash-back', numbers });
  });

  test('what comes back may be given again, and a return after the ceiling was reached gives nothing new', async () => {
    const office = await withLevel();
    await buys(office, 'A', 1_000);
    await buys(office, 'B', 1_000);
    expect(wallet(office)).toBe(500);
    await office.shop.tell(
      refund({ orderNo: 'B', refundNo: 'R0', lines: [line({ originalLineNo: '1', amountFen: 100 })] }),
    );
    expect(wallet(office)).toBe(500);
    await office.shop.tell(refund({ orderNo: 'first', refundNo: 'R1', scope: 'full', refundedFen: 1_000 }));
    expect(wallet(office)).toBe(200);
    await buys(office, 'C', 1_000);
    expect([wallet(office), ledgerFaults(office.shop.db)]).toEqual([500, []]);
  });

  test('one who becomes VIP in the middle of the month has 20 yuan less what she had', async () => {
    const office = await withLevel();
    await buys(office, 'big', 100_000);
    expect([wallet(office), (await shown(office))['level']]).toEqual([500, 'VIP']);
    for (const orderNo of ['1', '2', '3', '4', '5', '6']) await buys(office, orderNo, 1_000);
    expect(wallet(office)).toBe(2_000);
  });

  test('two campaigns share one ceiling, and a month of 60 purchases at once by several consumers does not pass it', async () => {
    const office = await open(capped, { campaigns: [packets, { ...packets, id: '又一个' as never }] });
    const { shop } = office;
    await buys(office, 'first', 1_000);
    await office.admin('PUT', `/members/${memberId(shop.db, m1)}/level`, {
      body: { level: 'VIP', lastOn: null, reason: '试' },
    });
    const given = wallet(office);
    for (let index = 0; index < 60; index += 1)
      await shop.post(sale({ orderNo: `n${String(index)}`, member }));
    const lane = async (): Promise<void> => {
      while ((await processPending(shop.engine, 3, shop.clock.now)) > 0);
    };
    await Promise.all([lane(), lane(), lane()]);
    expect([given, wallet(office)]).toEqual([500, 2_000]);
    expect(inboxRows(shop.db).every(({ state }) => state === 'done')).toBe(true);
  });

  test('two members who are one have had what both had', async () => {
    const office = await withLevel();
    await buys(office, 'other', 1_000, { member: { externalId: 'M2' } });
    await office.shop.tell({
      type: 'member.merged',
      id: 'merge',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } },
    } as never);
    await buys(office, 'A', 1_000);
    expect(wallet(office)).toBe(600);
  });

  test('a shop without a ceiling counts nothing and gives to everybody', async () => {
    const office = await open(list(vip), asked);
    for (const orderNo of ['1', '2', '3']) await buys(office, orderNo, 1_000);
    expect(wallet(office)).toBe(900);
    const [row] = office.shop.db.all(`SELECT document FROM members`);
    expect(String(row?.['document'])).not.toContain('cash-back');
  });

  test('提现额度: 普通 takes out 2 yuan a day where everybody else may take 500', async () => {
    const rules = { list: [{ name: '普通', withdrawDayFen: 200 }] };
    const office = await openPayShop({
      settings: { levels: rules },
      campaigns: [campaign('红包', { rewards: [{ kind: 'red-packet', minFen: 1_000, maxFen: 1_000 }] })],
    });
    const buyer = { externalId: 'M1', openid: 'o-M1' };
    await office.tell(sale({ orderNo: 'A', member: buyer }));
    await office.tell(sale({ orderNo: 'B', member: buyer, lines: [line({ amountFen: 20_000 })] }));
    const answers = [];
    for (const fen of [201, 100, 100, 100]) answers.push(await office.withdraw('M1', fen));
    const limit = { code: 'DAY_LIMIT', whose: 'member', limitFen: 200 };
    expect(answers).toMatchObject([
      { refusal: { ...limit, amountFen: 201, usedFen: 0 } },
      { transfer: { amountFen: 100, state: 'asked' } },
      { transfer: { amountFen: 100, state: 'asked' } },
      { refusal: { ...limit, amountFen: 100, usedFen: 200 } },
    ]);
  });
});

test('A-06: a VIP gets 200 points for 500 yuan at once, 普通 100, and nobody both', async () => {
  const byWorth = (id: string, levels: string[], points: number) =>
    campaign(id, {
      levels,
      conditions: [{ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 50_000 }],
      rewards: [{ kind: 'points', points }],
      group: '按价值',
    });
  const office = await open(list(vip), {
    campaigns: [byWorth('VIP礼', ['VIP'], 200), byWorth('普通礼', ['普通'], 100)],
  });
  await buys(office, 'first', 1_000);
  await buys(office, 'A', 50_000);
  expect(points(office)).toBe(10 + 500 + 100);
  await buys(office, 'B', 50_000);
  await buys(office, 'C', 50_000);
  expect(points(office)).toBe(10 + 1_500 + 100 + 100 + 200);
});

describe('A-13: old and new members', () => {
  const gift = (id: string, condition: object) =>
    campaign(id, {
      conditions: [{ kind: 'tenure', ...condition }],
      rewards: [{ kind: 'points', points: 7 }],
    });

  test('a gift from 12 months on is given on the day a year after joining, and not on the day before', async () => {
    const campaigns = [gift('老会员', { unit: 'months', minimum: 12 })];
    for (const [day, extra] of [
      ['2026-11-21 12:00', 0],
      ['2026-11-22 12:00', 7],
    ] as const) {
      const office = await openOffice({ now: '2025-11-22 15:00', campaigns });
      await buys(office, 'first', 10_000, { at: '2025-11-22 14:00' });
      expect((await shown(office))['tenure']).toEqual({ since: '2025-11-22', months: 0, isOld: false });
      office.shop.clock.now = at(day);
      await buys(office, 'A', 10_000, { at: day });
      expect(points(office)).toBe(200 + extra);
    }
  });

  test('a gift for members of fewer than 30 days ends with the thirtieth; the profile says who is old', async () => {
    const office = await openOffice({
      now: '2025-11-22 15:00',
      campaigns: [gift('新会员', { unit: 'days', below: 30 })],
    });
    const seen = [];
    for (const day of ['2025-11-22 15:00', '2025-12-21 12:00', '2025-12-22 12:00']) {
      office.shop.clock.now = at(day);
      await buys(office, day, 10_000, { at: day });
      seen.push(points(office));
    }
    expect(seen).toEqual([107, 214, 314]);
    office.shop.clock.now = at('2026-11-22 12:00');
    expect((await shown(office))['tenure']).toEqual({ since: '2025-11-22', months: 12, isOld: true });
  });

  test('somebody who never had a chance is told since when she is a member', async () => {
    const office = await openOffice({
      now: '2026-11-22 15:00',
      campaigns: [gift('老会员', { unit: 'months', minimum: 12 })],
    });
    await buys(office, 'first', 1_000);
    const body = { sale: sale({ orderNo: 'B', member }).data };
    const { json } = await office.admin('POST', `/campaigns/老会员/simulate`, { body });
    expect(json).toMatchObject({ reason: 'tenure', numbers: { since: '2026-11-22' } });
  });
});
