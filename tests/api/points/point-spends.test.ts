/** 积分抵钱: points pay a part of a bill at the till, once for each receipt, within every limit, and come back with the goods. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import type { MemberId } from '../../../schema/index.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { line, refund, sale, template, voided } from '../../support/builders.ts';
import { inboxRows, ledgerFaults, ledgerRows } from '../../support/shop.ts';
import { openOffice, type Answered, type Office } from '../support.ts';

const on = { on: true };
type Rules = Partial<MerchantSettings['pointsAsMoney']>;
type Front = Office & {
  readonly id: string;
  readonly spend: (body: object, id?: string) => Promise<Answered>;
  readonly undo: (body: object, id?: string) => Promise<Answered>;
  readonly points: (id?: string) => Promise<unknown>;
};

let keys = 0;

async function give(office: Office, id: string, delta: number): Promise<void> {
  const key = `k${String((keys += 1))}`.padEnd(26, '0');
  const { engine, clock } = office.shop;
  await correctPoints(engine, { key, memberId: id as MemberId, delta }, clock.now);
}

async function open(points: number, rules: Rules = on, more: object = {}): Promise<Front> {
  const settings = MerchantSettings.parse({ pointsAsMoney: rules, ...more });
  const office = await openOffice({
    settings,
    templates: [template('满80减8', { valueFen: 800 })],
    now: '2026-11-22 15:00',
  });
  const { json } = await office.admin('POST', '/members', {
    body: { phone: '13800138000', externalId: 'M1' },
  });
  const own = String(json['id']);
  if (points > 0) await give(office, own, points);
  return {
    ...office,
    id: own,
    spend: (body, id = own) =>
      office.pos('POST', `/members/${id}/point-spends`, {
        body: { store: '8005', orderNo: 'S1', payableFen: 10_000, ...body },
      }),
    undo: (body, id = own) =>
      office.pos('POST', `/members/${id}/point-spends/undo`, {
        body: { store: '8005', orderNo: 'S1', ...body },
      }),
    points: async (id = own) => (await office.pos('GET', `/members/${id}`)).json['points'],
  };
}

/** 100.00 of milk, of which so much was paid with points. */
const bought = (pointsFen: number, given: object = {}) =>
  sale({
    orderNo: 'S1',
    member: { phone: '13800138000' },
    lines: [line({ sku: 'milk', quantity: '4', amountFen: 10_000 })],
    payments: [
      ...(pointsFen > 0 ? [{ method: 'points' as const, amountFen: pointsFen }] : []),
      { method: 'wechat' as const, amountFen: 10_000 - pointsFen },
    ],
    ...given,
  });
const cameBack = (pieces: number, refundNo = `R${String(pieces)}`) =>
  refund({
    orderNo: 'S1',
    refundNo,
    id: refundNo,
    scope: pieces === 4 ? 'full' : 'partial',
    lines: [line({ sku: 'milk', originalLineNo: '1', quantity: String(pieces), amountFen: pieces * 2_500 })],
  });
const causes = ({ shop }: Front) =>
  ledgerRows(shop.db).flatMap(({ account, delta, cause }) => (account === 'points' ? [[delta, cause]] : []));

describe('a receipt is paid with points', () => {
  test('500 of 1,200 points take 5.00 off a bill of 100.00, and 700 are left', async () => {
    const front = await open(1_200);
    const { status, json } = await front.spend({ points: 500 });
    expect([status, json]).toEqual([201, { points: 500, offFen: 500, leftPoints: 700 }]);
    expect(causes(front).at(-1)).toEqual([-500, 'points-paid:sale:pos:S1']);
  });

  test('the same receipt again answers the same and takes nothing more; another number for it is refused with what was spent', async () => {
    const front = await open(1_200);
    const first = await front.spend({ points: 500 });
    expect(await front.spend({ points: 500 })).toMatchObject({ status: 201, json: first.json });
    for (const other of [{ points: 600 }, { points: 500, payableFen: 9_999 }]) {
      const { status, json } = await front.spend(other);
      expect([status, json['code'], json['numbers']]).toEqual([
        409,
        'already_spent',
        { points: 500, offFen: 500 },
      ]);
    }
    expect(await front.points()).toBe(700);
  });

  test('a cart is paid as a receipt is; both or neither named is asked about', async () => {
    const front = await open(1_200);
    const cart = { orderNo: null, cartId: 'C9', points: 300 };
    expect((await front.spend(cart)).json).toEqual({ points: 300, offFen: 300, leftPoints: 900 });
    expect((await front.spend(cart)).json).toEqual({ points: 300, offFen: 300, leftPoints: 900 });
    expect((await front.spend({ cartId: 'C9', points: 300 })).json).toMatchObject({ field: 'orderNo' });
  });

  test('where it is off, nothing is spent', async () => {
    const front = await open(1_200, {});
    expect((await front.spend({ points: 500 })).json['code']).toBe('points_off');
    expect(await front.points()).toBe(1_200);
  });

  test('1,300 of 1,200 points are too many, and both numbers are said', async () => {
    const front = await open(1_200);
    const { status, json } = await front.spend({ points: 1_300 });
    expect([status, json['code'], json['numbers']]).toEqual([
      409,
      'insufficient',
      { have: 1_200, need: 1_300 },
    ]);
  });

  test('points that wait for the return window pay nothing yet', async () => {
    const front = await open(0, on, { points: { pendingDays: 7 } });
    await front.shop.tell(bought(0, { orderNo: 'S0' }));
    expect((await front.spend({ points: 100 })).json['numbers']).toEqual({ have: 0, need: 100 });
  });

  test('somebody who is not there is not found', async () => {
    const front = await open(0);
    expect((await front.spend({ points: 100 }, 'm_nobody')).json['code']).toBe('unknown_member');
  });
});

describe('the shop’s rules', () => {
  test.each([
    [100, 1_000, 1_000],
    [50, 1_000, 2_000],
    [1_000, 1_000, 100],
  ])('at %d points for one yuan, %d take off %d fen', async (pointsPerYuan, points, offFen) => {
    const front = await open(5_000, { ...on, pointsPerYuan });
    expect((await front.spend({ points })).json).toMatchObject({ offFen });
  });

  test('of a step of 100, 150 are refused; of a step of 50 they are not', async () => {
    const hundred = await open(1_000);
    const { status, json } = await hundred.spend({ points: 150 });
    expect([status, json['code'], json['numbers']]).toEqual([
      422,
      'not_in_steps',
      { points: 150, stepPoints: 100 },
    ]);
    const fifty = await open(1_000, { ...on, stepPoints: 50 });
    expect((await fifty.spend({ points: 150 })).json).toMatchObject({ offFen: 150 });
  });

  test('of a least of 500, 400 are refused and 500 are not', async () => {
    const front = await open(1_000, { ...on, leastPoints: 500 });
    const { status, json } = await front.spend({ points: 400 });
    expect([status, json['code'], json['numbers']]).toEqual([
      422,
      'below_least',
      { points: 400, leastPoints: 500 },
    ]);
    expect((await front.spend({ points: 500 })).json).toMatchObject({ offFen: 500 });
  });

  test('half of 99.99 is 49.99: 4,900 points may be used, and 5,000 are told so', async () => {
    const front = await open(20_000, { ...on, ceilingBps: 5_000 });
    const { status, json } = await front.spend({ points: 5_000, payableFen: 9_999 });
    expect([status, json['code'], json['numbers']]).toEqual([
      409,
      'above_ceiling',
      { points: 5_000, usablePoints: 4_900, usableFen: 4_900, payableFen: 9_999 },
    ]);
    expect((await front.spend({ points: 4_900, payableFen: 9_999 })).json).toMatchObject({ offFen: 4_900 });
  });

  test('with at most 30.00 for a receipt, 3,000 points may be used of a bill of 100.00, and never more than the bill', async () => {
    const front = await open(20_000, { ...on, ceilingFen: 3_000 });
    const numbers = async (points: number, payableFen: number, orderNo: string) =>
      (await front.spend({ points, payableFen, orderNo })).json['numbers'];
    expect(await numbers(3_100, 10_000, 'A')).toMatchObject({ usablePoints: 3_000, usableFen: 3_000 });
    expect(await numbers(3_000, 2_050, 'B')).toMatchObject({ usablePoints: 2_000, usableFen: 2_000 });
    expect(await numbers(3_000, 10_000, 'C')).toBeUndefined();
  });

  test('a step that is worth no whole fen is no setting', async () => {
    const front = await open(0);
    const body = { pointsAsMoney: { ...on, pointsPerYuan: 1_000, stepPoints: 5 } };
    const { status, json } = await front.admin('PUT', '/settings', { body });
    expect([status, json['issues'] ?? json['field']]).toEqual([
      422,
      [expect.objectContaining({ field: 'pointsAsMoney.stepPoints' })],
    ]);
  });
});

test('a quote says how many points may be used of what is left after coupons: 9,200 of 92.00; nothing where it is off or nobody is named', async () => {
  const quote = async (front: Front, member: object | null) =>
    (
      await front.pos('POST', '/quotes', {
        body: { store: '8005', member, lines: [{ sku: 'milk', quantity: '1', amountFen: 10_000 }] },
      })
    ).json;
  const own = { phone: '13800138000' };
  const front = await open(20_000);
  await front.admin('POST', `/members/${front.id}/coupons`, {
    body: { templateId: '满80减8', reason: '补发' },
  });
  expect(await quote(front, own)).toMatchObject({
    payableFen: 9_200,
    points: { usable: 9_200, offFen: 9_200, rate: 100 },
  });
  expect(await quote(front, null)).toMatchObject({ points: null });
  expect(await quote(await open(350), own)).toMatchObject({
    points: { usable: 300, offFen: 300, rate: 100 },
  });
  expect(await quote(await open(350, {}), own)).toMatchObject({ points: null });
});

describe('undone', () => {
  test('the points are back, once; then the receipt may be paid with others', async () => {
    const front = await open(1_200);
    await front.spend({ points: 500 });
    for (const _ of [1, 2]) {
      const { status, json } = await front.undo({});
      expect([status, json]).toEqual([200, { points: 500, offFen: 500, leftPoints: 1_200 }]);
    }
    expect((await front.spend({ points: 800 })).json).toMatchObject({ offFen: 800, leftPoints: 400 });
    expect((await front.undo({})).json).toMatchObject({ leftPoints: 1_200 });
    expect(causes(front).slice(1)).toEqual([
      [-500, 'points-paid:sale:pos:S1'],
      [500, 'points-back:sale:pos:S1'],
      [-800, 'points-paid:sale:pos:S1@2'],
      [800, 'points-back:sale:pos:S1@2'],
    ]);
    expect(ledgerFaults(front.shop.db)).toEqual([]);
  });

  test('what was spent for no receipt, or by somebody else, is not found', async () => {
    const front = await open(1_200);
    await front.spend({ points: 500 });
    const { json } = await front.admin('POST', '/members', { body: { phone: '13800138001' } });
    expect((await front.undo({ orderNo: 'S2' })).json['code']).toBe('unknown_spend');
    expect((await front.undo({}, String(json['id']))).json['code']).toBe('unknown_spend');
    expect((await front.spend({ points: 500 }, String(json['id']))).json['code']).toBe('already_spent');
  });

  test('points that would have ended meanwhile are good for 30 days more', async () => {
    const front = await open(0, on, { points: { expiry: { mode: 'months', months: 1 } } });
    await give(front, front.id, 500);
    await front.spend({ points: 500 });
    front.shop.clock.now += 40 * 86_400_000;
    expect((await front.undo({})).json).toMatchObject({ leftPoints: 500 });
    const { json } = await front.pos('GET', `/members/${front.id}`);
    expect(json['pointsEnding']).toEqual([{ lastOn: '2027-01-31', points: 500 }]);
  });
});

describe('the sale', () => {
  test('paid 5.00 with points, it earns 95 points; 100 where the shop says that these earn too', async () => {
    for (const [earns, earned] of [
      [false, 95],
      [true, 100],
    ] as const) {
      const front = await open(500, { ...on, earns });
      await front.spend({ points: 500 });
      await front.shop.tell(bought(500));
      expect(await front.points()).toBe(earned);
    }
  });

  test('that says what was spent for it changes nothing; another amount, none, and another member are said with both numbers', async () => {
    const said = async (spent: object | null, told: object) => {
      const front = await open(5_000);
      if (spent) await front.spend(spent);
      await front.shop.tell(told as never);
      const [event] = inboxRows(front.shop.db).slice(-1);
      const alerts = front.shop.db.all(`SELECT id FROM alerts WHERE kind = 'points.differ'`).length;
      return [event?.outcome?.['pointsDiffer'] ?? null, alerts];
    };
    expect(await said({ points: 500 }, bought(500))).toEqual([null, 0]);
    expect(await said({ points: 500 }, bought(400))).toEqual([
      [{ reason: 'AMOUNT_DIFFERS', toldFen: 400, spentFen: 500 }],
      1,
    ]);
    expect(await said(null, bought(500))).toEqual([[{ reason: 'NOT_SPENT', toldFen: 500 }], 1]);
    expect(await said({ points: 500 }, bought(500, { member: { phone: '13800138009' } }))).toEqual([
      [{ reason: 'NOT_THEIRS', spentFen: 500 }],
      1,
    ]);
    // A till may book it as a discount.
    expect(await said({ points: 500 }, bought(0))).toEqual([null, 0]);
  });

  test('where it is off, a till’s own points are its own', async () => {
    const front = await open(500, {});
    await front.shop.tell(bought(500));
    expect(inboxRows(front.shop.db).at(-1)?.outcome?.['pointsDiffer']).toBeUndefined();
  });

  test('a difference is read in the event’s own words', async () => {
    const front = await open(5_000);
    await front.spend({ points: 500 });
    await front.shop.tell(bought(400));
    const { json } = await front.admin('GET', '/events?limit=1');
    const [event] = json['items'] as { id: string }[];
    const { json: detail } = await front.admin('GET', `/events/${event?.id ?? ''}`);
    expect(JSON.stringify(detail)).toContain('小票写着用积分抵了 4元，这里为这一单扣的积分抵 5元。');
  });
});

describe('goods that come back', () => {
  const paid = async (front: Front, cart = false) => {
    const named = cart ? { orderNo: null, cartId: 'C9' } : {};
    await front.spend({ points: 1_000, ...named });
    await front.shop.tell(bought(1_000, cart ? { cartId: 'C9' } : {}));
  };

  test.each([false, true])(
    'bring all 1,000 points with them, by number or by cart (%s), once',
    async (cart) => {
      const front = await open(1_000);
      await paid(front, cart);
      expect(await front.points()).toBe(90);
      await front.shop.tell(cameBack(4));
      expect(await front.points()).toBe(1_000);
      const named = cart ? { orderNo: null, cartId: 'C9' } : {};
      expect((await front.undo(named)).json).toMatchObject({ leftPoints: 1_000 });
      expect(ledgerFaults(front.shop.db)).toEqual([]);
    },
  );

  test('undone before, they bring nothing more', async () => {
    const front = await open(1_000);
    await paid(front);
    await front.undo({});
    expect(await front.points()).toBe(1_090);
    await front.shop.tell(cameBack(4));
    expect(await front.points()).toBe(1_000);
  });

  test('a void brings all of them', async () => {
    const front = await open(1_000);
    await paid(front);
    await front.shop.tell(voided({ orderNo: 'S1' }));
    expect(await front.points()).toBe(1_000);
  });

  test('one piece of four brings 250 of 1,000; of 1,100 it takes three to be 825, and the last brings what is left', async () => {
    const front = await open(1_100);
    await front.spend({ points: 1_100 });
    await front.shop.tell(bought(1_100));
    const left = async (refundNo: string) => {
      await front.shop.tell(cameBack(1, refundNo));
      return causes(front)
        .filter(([, cause]) => String(cause).startsWith('points-back:'))
        .map(([delta]) => delta);
    };
    expect(await left('A')).toEqual([275]);
    expect(await left('B')).toEqual([275, 275]);
    expect(await left('C')).toEqual([275, 275, 275]);
    expect(await left('D')).toEqual([275, 275, 275, 275]);
    expect(await front.points()).toBe(1_100);
  });

  test('a third of 100.00 that was paid with 100 points brings 33, and the rest 67', async () => {
    const front = await open(100);
    await front.spend({ points: 100 });
    await front.shop.tell(bought(100));
    const part = (refundNo: string, amountFen: number) =>
      refund({
        orderNo: 'S1',
        refundNo,
        id: refundNo,
        scope: 'partial',
        lines: [line({ sku: 'milk', originalLineNo: '1', quantity: '2', amountFen })],
      });
    await front.shop.tell(part('A', 3_333));
    await front.shop.tell(part('B', 6_667));
    const back = causes(front).filter(([, cause]) => String(cause).startsWith('points-back:'));
    expect(back).toEqual([
      [33, 'points-back:refund:pos:S1/A'],
      [67, 'points-back:refund:pos:S1/B'],
    ]);
  });

  test('what was paid with all her points takes the 90 that the sale had earned from those that come back', async () => {
    const front = await open(1_000);
    await paid(front);
    await give(front, front.id, -90);
    expect(await front.points()).toBe(0);
    await front.shop.tell(cameBack(4));
    expect(await front.points()).toBe(910);
  });
});
