/** 会员等级 over HTTP: reached by completed sales, given by hand, ended by time, and never moved by a rule alone. */
import { describe, expect, test } from 'vitest';
import { at, campaign, line, refund, sale, template } from '../../support/builders.ts';
import { couponRows, memberId } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

const ordinary = { name: '普通' };
const senior = { name: '高级', amountFen: 100_000, orders: 5, payPercent: 90 };
const rules = { list: [ordinary, senior] };

const member = { externalId: 'M1', phone: '13912345487' };
let number = 0;
const buys = async ({ shop }: Office, paidFen: number, local?: string): Promise<string> => {
  number += 1;
  const orderNo = `N${String(number)}`;
  if (local !== undefined) shop.clock.now = at(local);
  await shop.tell(
    sale({
      orderNo,
      member,
      lines: [line({ amountFen: paidFen })],
      ...(local !== undefined && { at: local }),
    }),
  );
  return orderNo;
};
const shownTo = async ({ admin, shop }: Office): Promise<Json> =>
  (await admin('GET', `/members/${memberId(shop.db, 'ext:pos:M1')}`)).json;
const levelIn = async (office: Office): Promise<unknown> => (await shownTo(office))['level'];
const open = (levels: object, setup: object = {}): Promise<Office> =>
  openOffice({ now: '2026-11-22 15:00', settings: { levels: levels as never }, ...setup });
const change = async ({ admin }: Office, levels: object): Promise<void> => {
  const { json } = await admin('GET', '/settings');
  expect((await admin('PUT', '/settings', { body: { ...json, levels } })).status).toBe(200);
};

describe('T-02: 高级 from 1000 yuan or 5 purchases', () => {
  test.each([
    ['999.99 yuan in 4 purchases is 普通', [25_000, 25_000, 25_000, 24_999], '普通'],
    ['1000 yuan in one purchase is 高级', [100_000], '高级'],
    ['10 yuan in 5 purchases is 高级', [200, 200, 200, 200, 200], '高级'],
  ])('%s', async (_, paid, level) => {
    const office = await open(rules);
    for (const fen of paid) await buys(office, fen);
    expect(await levelIn(office)).toBe(level);
  });

  test('who has 4 purchases and 300 yuan is told what is missing: 700 yuan, or one purchase', async () => {
    const office = await open(rules);
    for (const fen of [10_000, 10_000, 5_000, 5_000]) await buys(office, fen);
    expect((await shownTo(office))['nextLevel']).toEqual({
      name: '高级',
      missing: { amountFen: 70_000, orders: 1, singleFen: null, growth: null },
    });
  });
});

describe('T-03 and T-04: only a completed sale moves a level, and rules are not retroactive', () => {
  test('the bar comes down from 1000 to 500: a member with 700 stays 普通, and is 高级 after 10 yuan more', async () => {
    const office = await open(rules);
    await buys(office, 70_000);
    await change(office, { list: [ordinary, { ...senior, amountFen: 50_000 }] });
    expect(await levelIn(office)).toBe('普通');
    await buys(office, 1_000);
    expect(await levelIn(office)).toBe('高级');
  });

  test('the bar goes up from 1000 to 2000: who has 高级 keeps it, also after the next sale', async () => {
    const office = await open(rules);
    await buys(office, 100_000);
    await change(office, { list: [ordinary, { ...senior, amountFen: 200_000 }] });
    await buys(office, 1_000);
    expect(await levelIn(office)).toBe('高级');
  });

  test('who brings everything back keeps 高级 until the next sale, and is 普通 after it', async () => {
    const office = await open(rules);
    const orderNo = await buys(office, 100_000);
    await office.shop.tell(refund({ orderNo, refundNo: 'R1', scope: 'full', refundedFen: 100_000 }));
    expect(await levelIn(office)).toBe('高级');
    await buys(office, 1_000);
    expect(await levelIn(office)).toBe('普通');
  });

  test('a receipt of 1000 that is corrected to 10 takes 高级 away at once: it was never bought', async () => {
    const office = await open(rules);
    const orderNo = await buys(office, 100_000);
    expect(await levelIn(office)).toBe('高级');
    const lines = [line({ amountFen: 1_000 })];
    await office.shop.tell(sale({ orderNo, version: '2', member, lines }));
    expect(await levelIn(office)).toBe('普通');
  });

  test('a level by hand is there at once, with its reason, and a sale does not take it away', async () => {
    const office = await open(rules);
    await buys(office, 1_000);
    const id = memberId(office.shop.db, 'ext:pos:M1');
    const body = { level: '高级', lastOn: '2026-12-31', reason: '老板的朋友' };
    const answer = await office.admin('PUT', `/members/${id}/level`, { body });
    expect([answer.json['level'], answer.json['levelLastOn']]).toEqual(['高级', '2026-12-31']);
    const contacts = await office.admin('GET', `/members/${id}/contacts`);
    expect(JSON.stringify(contacts.json)).toContain('等级从 普通 换成 高级，到 2026-12-31。原因：老板的朋友');
    await buys(office, 1_000);
    expect(await levelIn(office)).toBe('高级');
    office.shop.clock.now = at('2027-01-01 00:01');
    expect(await levelIn(office)).toBe('普通');
    const wrong = await office.admin('PUT', `/members/${id}/level`, { body: { ...body, level: '金卡' } });
    expect([wrong.status, wrong.json['field']]).toEqual([422, 'level']);
  });

  test('what a till tells of levels is not heard beside rules; where the till decides it is', async () => {
    const told = { type: 'member.updated', occurredAt: '2026-11-22T15:00:00+08:00' } as const;
    for (const [decidedBy, level] of [
      ['rules', '普通'],
      ['till', '高级'],
    ] as const) {
      const office = await open({ ...rules, decidedBy });
      await buys(office, 1_000);
      await office.shop.tell({ ...told, id: 'told', data: { ...member, level: '高级' } });
      expect(await levelIn(office)).toBe(decidedBy === 'till' ? level : '普通');
    }
  });
});

describe('A-10: 300 in one purchase, or 500 within 90 days', () => {
  const charter = {
    list: [{ name: '顾客' }, { name: '会员', amountFen: 50_000, withinDays: 90, singleFen: 30_000 }],
  };
  test.each([
    [29_900, '顾客'],
    [30_000, '会员'],
  ])('one purchase of %d fen: %s', async (fen, level) => {
    const office = await open(charter);
    await buys(office, fen);
    expect(await levelIn(office)).toBe(level);
  });

  test('200 and 299.99 and 0.01 within 90 days are enough; with a day more between they are not', async () => {
    for (const [last, level] of [
      ['2026-03-31 12:00', '会员'],
      ['2026-04-01 12:00', '顾客'],
    ] as const) {
      const office = await open(charter, { now: '2026-01-01 12:00' });
      await buys(office, 20_000, '2026-01-01 12:00');
      await buys(office, 29_999, '2026-02-01 12:00');
      await buys(office, 1, last);
      expect(await levelIn(office)).toBe(level);
    }
  });
});

describe('a level that ends', () => {
  const ending = (afterwards: 'down' | 'earned') => ({
    list: [
      { name: '普通' },
      { name: '高级', amountFen: 100_000 },
      { name: 'VIP', amountFen: 300_000 },
      { name: '至尊', amountFen: 500_000 },
    ],
    keeping: { mode: 'months', months: 12, afterwards },
  });

  test.each([
    ['down', '至尊', 'VIP', '高级'],
    ['earned', '至尊', '普通', '普通'],
  ] as const)('after 12 months without enough: %s', async (afterwards, first, second, third) => {
    const office = await open(ending(afterwards), { now: '2026-01-10 12:00' });
    await buys(office, 500_000, '2026-01-10 12:00');
    const seen = [];
    for (const day of ['2027-01-10 23:00', '2027-01-11 00:01', '2028-01-10 23:00', '2028-01-11 01:00']) {
      office.shop.clock.now = at(day);
      seen.push(await levelIn(office));
    }
    expect(seen).toEqual([first, second, second, third]);
  });

  test('it stays for another 12 months when those 12 months have earned it, and a sale decides by what is shown', async () => {
    const office = await open(ending('earned'), { now: '2026-01-10 12:00' });
    await buys(office, 100_000, '2026-01-10 12:00');
    await buys(office, 100_000, '2027-01-09 12:00');
    office.shop.clock.now = at('2027-02-01 12:00');
    expect([(await shownTo(office))['level'], (await shownTo(office))['levelLastOn']]).toEqual([
      '高级',
      '2028-01-10',
    ]);
    await buys(office, 100, '2028-02-01 12:00');
    expect(await levelIn(office)).toBe('普通');
  });
});

describe('what a level brings on reaching it', () => {
  const gift = campaign('U1', {
    name: '升高级送券',
    trigger: 'level.reached',
    conditions: [{ kind: 'level', levels: ['高级'] }],
    rewards: [{ kind: 'coupon', templateId: 'T1', count: 1 }],
  });
  const setup = { templates: [template('T1', { name: '10元券', valueFen: 1_000 })], campaigns: [gift] };

  test('a coupon with the sale that reaches it, and none a second time', async () => {
    const office = await open(rules, setup);
    await buys(office, 1_000);
    expect(couponRows(office.shop.db)).toEqual([]);
    const orderNo = await buys(office, 100_000);
    expect(couponRows(office.shop.db).map(({ campaignId }) => campaignId)).toEqual(['U1']);
    await office.shop.tell(refund({ orderNo, refundNo: 'R2', scope: 'full', refundedFen: 100_000 }));
    await buys(office, 1_000);
    expect(await levelIn(office)).toBe('普通');
    await buys(office, 100_000);
    expect(await levelIn(office)).toBe('高级');
    expect(couponRows(office.shop.db)).toHaveLength(1);
  });

  test('two members who are one have had it', async () => {
    const office = await open(rules, setup);
    const { shop } = office;
    await shop.tell(
      sale({ orderNo: 'A', member: { externalId: 'M1' }, lines: [line({ amountFen: 100_000 })] }),
    );
    await shop.tell(
      sale({ orderNo: 'B', member: { externalId: 'M2' }, lines: [line({ amountFen: 1_000 })] }),
    );
    await shop.tell({
      type: 'member.merged',
      id: 'merge',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { from: { externalId: 'M1' }, into: { externalId: 'M2' } },
    } as never);
    expect(await levelIn(office)).toBe('高级');
    await buys(office, 1_000);
    expect([await levelIn(office), couponRows(shop.db).length]).toEqual(['高级', 1]);
  });
});

describe('T-01: visitor, enquirer, potential, buyer, repeat, loyal', () => {
  const journeyIn = async (office: Office): Promise<unknown> => (await shownTo(office))['journey'];

  test('the second completed sale moves a buyer to one who comes back, the fifth to a loyal one', async () => {
    const office = await open(rules);
    const seen = [];
    for (const fen of [1_000, 1_000, 1_000, 1_000, 1_000]) {
      await buys(office, fen);
      seen.push(await journeyIn(office));
    }
    expect(seen).toEqual(['buyer', 'repeat', 'repeat', 'repeat', 'loyal']);
  });

  test('a return of the whole moves back, of a part it does not; without any purchase left she is a potential one', async () => {
    const office = await open(rules);
    const first = await buys(office, 1_000);
    const second = await buys(office, 1_000);
    const back = { orderNo: second, lines: [line({ originalLineNo: '1', quantity: '0.5', amountFen: 500 })] };
    await office.shop.tell(refund({ ...back, refundNo: 'part' }));
    expect(await journeyIn(office)).toBe('repeat');
    await office.shop.tell(refund({ ...back, refundNo: 'rest' }));
    expect(await journeyIn(office)).toBe('buyer');
    await office.shop.tell(refund({ orderNo: first, refundNo: 'all', scope: 'full', refundedFen: 1_000 }));
    expect(await journeyIn(office)).toBe('potential');
  });

  test('a shop that calls three purchases loyal has loyal members at once, and says so of nobody else', async () => {
    const office = await open(rules);
    for (const fen of [1_000, 1_000, 1_000]) await buys(office, fen);
    expect(await journeyIn(office)).toBe('repeat');
    await change(office, { ...rules, journey: { loyalOrders: 3, oldMonths: 12 } });
    expect(await journeyIn(office)).toBe('loyal');
  });

  test('known by her card alone she is a visitor, once a visit was noted an enquirer, with a phone a potential one', async () => {
    const office = await open(rules);
    const told = { type: 'member.updated', occurredAt: '2026-11-22T15:00:00+08:00' } as const;
    await office.shop.tell({ ...told, id: 'a', data: { externalId: 'M1' } });
    const seen = [await journeyIn(office)];
    const path = `/members/${memberId(office.shop.db, 'ext:pos:M1')}/contacts`;
    const body = { kind: 'visit', text: '来看过奶粉，没有买' };
    expect((await office.admin('POST', path, { body })).status).toBe(201);
    seen.push(await journeyIn(office));
    await office.shop.tell({ ...told, id: 'b', data: member });
    seen.push(await journeyIn(office));
    expect(seen).toEqual(['visitor', 'enquirer', 'potential']);
  });
});
