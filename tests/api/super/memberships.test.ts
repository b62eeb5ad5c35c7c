/** K-61, K-47 超级会员: paid for, with days of its own; its coupons end with it. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { at, rfc3339, template } from '../../support/builders.ts';
import { couponRows, memberRows, type ShopSetup } from '../../support/shop.ts';
import { items, openOffice, type Json, type Office } from '../support.ts';

const plans = [
  { name: '年卡', priceFen: 36_500, days: 365, refund: 'by-days' },
  { name: '一年', priceFen: 19_900, months: 12 },
  { name: '试用', priceFen: 1_990, months: 1, refund: 'if-unused', refundWithinDays: 3 },
];
const settings = MerchantSettings.parse({
  shopName: '阳光小镇母婴',
  superMembership: { plans },
  memberPrices: [{ name: '超级会员价', superOnly: true, payPercent: 80 }],
});
const withMembership = template('同期', { validity: { superMember: true } });

type Front = Office & { readonly id: string };
async function open(now = '2026-01-01 10:00', more: ShopSetup = {}): Promise<Front> {
  const office = await openOffice({ settings, now, templates: [withMembership], ...more });
  const { json } = await office.admin('POST', '/members', { body: { phone: '13912345487' } });
  return { ...office, id: String(json['id']) };
}

const buy = ({ pos, id }: Front, saleNo: string, given: object = {}) =>
  pos('POST', `/members/${id}/super-memberships`, {
    body: { saleNo, store: '8005', plan: '年卡', ...given },
  });
const undo = ({ pos, id }: Front, saleNo: string) =>
  pos('POST', `/members/${id}/super-memberships/undo`, { body: { saleNo, store: '8005' } });
const payBack = ({ admin, id }: Front, saleNo: string, given: object = {}) =>
  admin('POST', `/members/${id}/super-memberships/refunds`, { body: { saleNo, store: '8005', ...given } });
const listed = ({ pos, id }: Front) => pos('GET', `/members/${id}/super-memberships`);
const turn = ({ shop }: Office, local: string): void => {
  shop.clock.now = at(local);
};
const offFen = async ({ pos, id }: Front): Promise<unknown> => {
  const member = { phone: '13912345487' };
  const lines = [{ sku: 'milk', quantity: '1', amountFen: 10_000 }];
  expect(id).not.toBe('');
  return (await pos('POST', '/quotes', { body: { store: '8005', member, lines } })).json['payableFen'];
};
const midnight = (local: string): string => new Date(at(`${local} 00:00`)).toISOString();

/** Whether a campaign for super members answers a sale of that moment, and why not. */
async function isAnswered(front: Front, campaign: Json, local: string): Promise<unknown[]> {
  const sale = {
    orderNo: 'T1',
    store: { id: '8005', name: '天河店' },
    member: { phone: '13912345487' },
    lines: [{ lineNo: '1', sku: 'milk', quantity: '1', unitPriceFen: 10_000, amountFen: 10_000 }],
    amounts: { goodsFen: 10_000, paidFen: 10_000 },
  };
  const { json } = await front.admin('POST', `/campaigns/${String(campaign['id'])}/simulate`, {
    body: { sale, occurredAt: rfc3339(local) },
  });
  return [json['hit'], json['reason']];
}

const campaign = async ({ admin }: Office, given: object): Promise<Json> => {
  const body = { name: '超级会员日', status: 'active', rewards: [{ kind: 'points', points: 10 }], ...given };
  const { status, json } = await admin('POST', '/campaigns', { body });
  expect([status, json]).toEqual([201, expect.anything()]);
  return json;
};

describe('K-61', () => {
  test('12 months from 1 January end with 31 December: at 23:59 the condition and the price hold, from 00:00 on neither does', async () => {
    const front = await open();
    const only = await campaign(front, { superMember: true });
    expect(await buy(front, 'C1', { plan: '一年', paidFen: 19_900 })).toMatchObject({
      status: 201,
      json: { number: 'C1', state: 'running', paidFen: 19_900, superUntil: midnight('2027-01-01') },
    });
    turn(front, '2026-12-31 23:59');
    expect(await isAnswered(front, only, '2026-12-31 23:59')).toEqual([true, undefined]);
    expect(await offFen(front)).toBe(8_000);
    turn(front, '2027-01-01 00:00');
    expect(await isAnswered(front, only, '2027-01-01 00:00')).toEqual([false, 'super-member']);
    expect(await offFen(front)).toBe(10_000);
    // Nothing ran at midnight: what is stored is what was stored when it was sold.
    expect(memberRows(front.shop.db)[0]?.superUntil).toBe(at('2027-01-01 00:00'));
    expect(items(await listed(front))).toMatchObject([{ state: 'over' }]);
  });

  test.each([
    ['2026-01-31 10:00', '试用', '2026-03-01'],
    ['2026-03-31 10:00', '试用', '2026-05-01'],
    ['2026-01-15 23:59', '试用', '2026-02-15'],
    ['2026-01-01 00:00', '年卡', '2027-01-01'],
    ['2028-02-29 09:00', '一年', '2029-03-01'],
  ])('bought on %s, %s ends at the midnight that begins %s', async (now, plan, ends) => {
    const front = await open(now);
    expect((await buy(front, 'C1', { plan })).json['until']).toBe(midnight(ends));
  });

  test('a renewal goes on where the first one ends, and after it is over begins with today; its levels stay what they are', async () => {
    const front = await open();
    await buy(front, 'C1');
    turn(front, '2026-12-01 10:00');
    expect((await buy(front, 'C2')).json).toMatchObject({
      state: 'coming',
      from: midnight('2027-01-01'),
      until: midnight('2028-01-01'),
    });
    turn(front, '2028-06-01 10:00');
    expect((await buy(front, 'C3')).json).toMatchObject({
      from: new Date(at('2028-06-01 10:00')).toISOString(),
      until: midnight('2029-06-01'),
    });
    expect((await front.pos('GET', `/members/${front.id}`)).json['level']).toBeNull();
  });

  test('the same number is sold once, and of ten at once one; for another plan or another price it is refused with numbers', async () => {
    const front = await open();
    const answers = await Promise.all(Array.from({ length: 10 }, () => buy(front, 'C1')));
    expect(new Set(answers.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    expect(items(await listed(front))).toHaveLength(1);
    expect((await buy(front, 'C1', { plan: '一年' })).json['code']).toBe('number_taken');
    expect(await buy(front, 'C2', { paidFen: 100 })).toMatchObject({
      status: 422,
      json: { code: 'amount_differs', field: 'paidFen', numbers: { toldFen: 100, dueFen: 36_500 } },
    });
    expect((await buy(front, 'C2', { plan: '周卡' })).json).toMatchObject({
      code: 'unknown_plan',
      field: 'plan',
    });
    const other = await front.admin('POST', '/members', { body: { phone: '13800138000' } });
    const taken = await buy({ ...front, id: String(other.json['id']) }, 'C1');
    expect([taken.status, taken.json['code']]).toEqual([409, 'number_taken']);
  });

  test('nobody is sold more than ten years in advance', async () => {
    const front = await open();
    for (let year = 1; year <= 10; year += 1) expect((await buy(front, `C${year}`)).status).toBe(201);
    expect((await buy(front, 'C11')).json['code']).toBe('too_far');
  });

  test('by days: 365.00 for 365 days is paid back with 1.00 for each whole day to come, floored, and once', async () => {
    const front = await open();
    await buy(front, 'C1');
    turn(front, '2026-04-10 18:00');
    // 10 April is the 100th day, and begun: 265 are to come.
    expect(items(await listed(front))).toMatchObject([{ refund: 'by-days', refundFen: 26_500 }]);
    expect((await payBack(front, 'C1', { refundedFen: 26_600 })).json).toMatchObject({
      code: 'amount_differs',
      numbers: { toldFen: 26_600, dueFen: 26_500 },
    });
    const answers = await Promise.all([payBack(front, 'C1'), payBack(front, 'C1')]);
    for (const { status, json } of answers)
      expect([status, json['state'], json['refundedFen']]).toEqual([200, 'refunded', 26_500]);
    expect(memberRows(front.shop.db)[0]?.superUntil).toBe(at('2026-04-10 18:00'));
    expect(await offFen(front)).toBe(10_000);
    expect((await undo(front, 'C1')).json['code']).toBe('ended');
  });

  test('a price that no day divides is floored to the fen, and a renewal is paid back whole before the first', async () => {
    const front = await open('2026-01-01 10:00', {
      settings: MerchantSettings.parse({
        superMembership: { plans: [{ name: '年卡', priceFen: 10_000, days: 365, refund: 'by-days' }] },
      }),
    });
    await buy(front, 'C1');
    await buy(front, 'C2');
    expect((await payBack(front, 'C1')).json['code']).toBe('not_last');
    expect((await payBack(front, 'C2')).json['refundedFen']).toBe(10_000);
    expect(memberRows(front.shop.db)[0]?.superUntil).toBe(at('2027-01-01 00:00'));
    // 364 of 365 days: 9972.60… fen.
    expect((await payBack(front, 'C1')).json['refundedFen']).toBe(9_972);
  });

  test('a plan without refund says so, and one within three days does until the third is over or a coupon is used', async () => {
    const front = await open();
    await campaign(front, {
      trigger: 'super_membership.bought',
      rewards: [{ kind: 'coupon', templateId: '同期', count: 1 }],
    });
    await buy(front, 'C1', { plan: '一年' });
    expect((await payBack(front, 'C1')).json['code']).toBe('no_refund');
    await buy(front, 'C2', { plan: '试用' });
    const [first] = couponRows(front.shop.db).filter(({ validTo }) => validTo > at('2027-01-02 00:00'));
    const use = { code: first?.id, store: '8005', orderNo: 'B1' };
    const redeemed = await front.pos('POST', '/coupons/redeem', { body: { ...use, payableFen: 20_000 } });
    expect(redeemed.status).toBe(200);
    for (const back of [payBack, undo])
      expect((await back(front, 'C2')).json).toMatchObject({ code: 'already_used', numbers: { coupons: 1 } });
    expect((await front.pos('POST', '/coupons/undo', { body: use })).status).toBe(200);
    turn(front, '2026-01-04 10:00');
    expect((await payBack(front, 'C2')).json).toMatchObject({ code: 'refund_closed', numbers: { days: 3 } });
    turn(front, '2026-01-04 09:59');
    expect((await payBack(front, 'C2')).json['refundedFen']).toBe(1_990);
  });

  test('undone within a day it never was: all money back, she is what she was, and what it gave is gone; later it is closed', async () => {
    const front = await open();
    await campaign(front, { trigger: 'super_membership.bought', rewards: [{ kind: 'points', points: 88 }] });
    await buy(front, 'C1');
    expect((await front.pos('GET', `/members/${front.id}`)).json['points']).toBe(88);
    const undone = await undo(front, 'C1');
    expect(undone.json).toMatchObject({ state: 'undone', refundedFen: 36_500, superUntil: null });
    expect((await undo(front, 'C1')).json).toEqual(undone.json);
    expect((await front.pos('GET', `/members/${front.id}`)).json['points']).toBe(0);
    await buy(front, 'C2');
    turn(front, '2026-01-02 10:00');
    expect((await undo(front, 'C2')).json['code']).toBe('undo_closed');
  });

  test('two who are one have both rows and the later end; without the year the month is still hers', async () => {
    const front = await open();
    const { json } = await front.admin('POST', '/members', { body: { phone: '13800138000' } });
    const other = { ...front, id: String(json['id']) };
    await buy(front, 'C1', { plan: '一年' });
    await buy(other, 'C2', { plan: '试用' });
    await front.shop.tell({
      type: 'member.merged',
      id: 'm1',
      occurredAt: rfc3339('2026-01-01 11:00'),
      data: { from: { phone: '13912345487' }, into: { phone: '13800138000' } },
    });
    expect((await listed(other)).json['superUntil']).toBe(midnight('2027-01-01'));
    expect(items(await listed(other)).map(({ number }) => number)).toEqual(['C1', 'C2']);
    // The year goes, the month is still hers.
    expect((await undo(other, 'C1')).json['superUntil']).toBe(midnight('2026-02-01'));
  });
});

describe('K-47', () => {
  const gift = { name: '会员券', rewards: [{ kind: 'coupon', templateId: '同期', count: 1 }] };
  const grant = ({ admin, id }: Front) =>
    admin('POST', `/members/${id}/coupons`, { body: { templateId: '同期', reason: '会员日' } });
  const ends = ({ shop }: Office) =>
    couponRows(shop.db).map(({ validTo }) => new Date(validTo).toISOString());

  test('her membership ends with 2026-12-31: so does the coupon that a campaign gives, and on 01-01 it is refused', async () => {
    const front = await open();
    await campaign(front, { ...gift, trigger: 'super_membership.bought' });
    await buy(front, 'C1', { plan: '一年' });
    expect(ends(front)).toEqual([midnight('2027-01-01')]);
    const [coupon] = couponRows(front.shop.db);
    const use = { code: coupon?.id, store: '8005', orderNo: 'B1', payableFen: 20_000 };
    turn(front, '2027-01-01 00:00');
    expect((await front.pos('POST', '/coupons/redeem', { body: use })).json['code']).toBe('expired');
    turn(front, '2026-12-31 23:59');
    expect((await front.pos('POST', '/coupons/redeem', { body: use })).status).toBe(200);
  });

  test('somebody who is none gets none, by hand or by a campaign, and is told why; the trial says since when', async () => {
    const front = await open('2027-01-01 10:00');
    const other = await campaign(front, gift);
    expect((await grant(front)).json['code']).toBe('not_super_member');
    expect(await isAnswered(front, other, '2027-01-01 10:00')).toEqual([false, 'out-of-stock']);
    await front.admin('POST', '/members', {
      body: { phone: '13912345487', superUntil: rfc3339('2027-01-01 00:00') },
    });
    expect((await grant(front)).json).toMatchObject({
      code: 'not_super_member',
      numbers: { superUntil: at('2027-01-01 00:00') },
    });
    expect(couponRows(front.shop.db)).toEqual([]);
  });

  test('what was given keeps its end when she renews, and ends at once when the membership is paid back', async () => {
    const front = await open();
    await buy(front, 'C1');
    await grant(front);
    await buy(front, 'C2');
    expect(ends(front)).toEqual([midnight('2027-01-01')]);
    await grant(front);
    expect(ends(front).toSorted()).toEqual([midnight('2027-01-01'), midnight('2028-01-01')]);
    turn(front, '2026-02-01 10:00');
    await payBack(front, 'C2');
    expect(ends(front)).toEqual([midnight('2027-01-01'), midnight('2027-01-01')]);
    await payBack(front, 'C1');
    const now = new Date(at('2026-02-01 10:00')).toISOString();
    expect(ends(front)).toEqual([now, now]);
    const [coupon] = couponRows(front.shop.db);
    const use = { code: coupon?.id, store: '8005', orderNo: 'B1', payableFen: 20_000 };
    expect((await front.pos('POST', '/coupons/redeem', { body: use })).json['code']).toBe('expired');
  });

  test('the office that takes her membership away takes the days of those coupons too', async () => {
    const front = await open();
    const until = (day: string) =>
      front.admin('POST', '/members', {
        body: { phone: '13912345487', superUntil: rfc3339(`${day} 00:00`) },
      });
    await until('2026-12-31');
    await grant(front);
    await until('2026-06-01');
    expect(ends(front)).toEqual([midnight('2026-06-01')]);
    await until('2027-06-01');
    expect(ends(front)).toEqual([midnight('2026-06-01')]);
  });

  test.each([
    [{ kind: 'presale', transferable: false }, 'validity'],
    [{ kind: 'cash', transferable: true, valueFen: 100 }, 'transferable'],
  ])('a template that cannot end with a membership is refused at its field: %j', async (given, field) => {
    const { admin } = await open();
    const presale = {
      priceFen: 100,
      saleFrom: rfc3339('2026-01-01 00:00'),
      saleTo: rfc3339('2026-02-01 00:00'),
    };
    const body = {
      name: 'x',
      validity: { superMember: true },
      valueFen: 2_000,
      ...(given.kind === 'presale' && presale),
      ...given,
    };
    const { status, json } = await admin('POST', '/coupon-templates', { body });
    expect([status, JSON.stringify(json)]).toEqual([422, expect.stringContaining(field)]);
  });
});
