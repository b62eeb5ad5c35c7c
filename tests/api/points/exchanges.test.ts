/** 积分商城: points buy coupons at their price, within every limit, once, and the office can undo it within a day. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { at, template } from '../../support/builders.ts';
import { couponRows, ledgerFaults, ledgerRows } from '../../support/shop.ts';
import { items, openOffice, type Answered, type Office } from '../support.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import type { MemberId } from '../../../schema/index.ts';

const templates = [18, 58, 68, 128, 238].map((yuan) =>
  template(`${String(yuan)}元券`, { valueFen: yuan * 100 }),
);
const toys = template('30元玩具', { kind: 'gift' });

type Front = Office & { readonly open: (points: number, phone?: string) => Promise<string> };

let keys = 0;
const newKey = (): string => `k${String((keys += 1))}`;

async function openFront(settings = MerchantSettings.parse({}), more = [toys]): Promise<Front> {
  const office = await openOffice({
    settings,
    templates: [...templates, ...more],
    now: '2026-11-22 15:00',
  });
  return {
    ...office,
    open: async (points, phone = '13800138000') => {
      const { json } = await office.admin('POST', '/members', { body: { phone } });
      const memberId = String(json['id']) as MemberId;
      const key = newKey().padEnd(26, '0');
      await correctPoints(office.shop.engine, { key, memberId, delta: points }, office.shop.clock.now);
      return memberId;
    },
  };
}

async function put({ admin }: Office, given: object): Promise<string> {
  const body = { name: '68元券', templateId: '68元券', points: 3_000, ...given };
  const { json, status } = await admin('POST', '/exchange-items', { body });
  expect(status).toBe(201);
  return String(json['id']);
}

const exchange = ({ pos }: Office, id: string, itemId: string, key = newKey()): Promise<Answered> =>
  pos('POST', `/members/${id}/exchanges`, { body: { itemId }, headers: { 'idempotency-key': key } });

const pointsOf = async ({ pos }: Office, id: string): Promise<unknown> =>
  (await pos('GET', `/members/${id}`)).json['points'];

describe('K-31', () => {
  test('2,999 points asking for 68 yuan are too few, and both numbers are said', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(2_999), await put(front, {})];
    const { status, json } = await exchange(front, id, itemId);
    expect([status, json['code'], json['numbers']]).toEqual([
      409,
      'insufficient',
      { have: 2_999, need: 3_000 },
    ]);
    expect([await pointsOf(front, id), couponRows(front.shop.db)]).toEqual([2_999, []]);
  });

  test('3,000 points are one coupon of 68 yuan; asked again with the same key it is the same coupon', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(3_000), await put(front, {})];
    const [first, again] = [
      await exchange(front, id, itemId, 'once'),
      await exchange(front, id, itemId, 'once'),
    ];
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({ points: 3_000, pointsLeft: 0, coupon: { valueFen: 6_800 } });
    expect(again.json).toEqual(first.json);
    expect([await pointsOf(front, id), couponRows(front.shop.db)]).toEqual([0, [expect.anything()]]);
    expect(ledgerRows(front.shop.db).map(({ delta }) => delta)).toEqual([3_000, -3_000]);
    expect(ledgerFaults(front.shop.db)).toEqual([]);
  });

  test('the same key sent twenty times at once is one coupon', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(60_000), await put(front, {})];
    const sent = Array.from({ length: 20 }, () => exchange(front, id, itemId, 'once'));
    const codes = (await Promise.all(sent)).flatMap(({ status, json }) =>
      status === 201 ? [(json['coupon'] as { id: string }).id] : [],
    );
    expect(new Set(codes).size).toBe(1);
    expect([await pointsOf(front, id), couponRows(front.shop.db).length]).toEqual([57_000, 1]);
  });

  test('ten different wishes at once with points for three are three', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(9_500), await put(front, {})];
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(front, id, itemId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(await pointsOf(front, id)).toBe(500);
  });

  test('G-9: a point is worth more the more are exchanged: 1.800, 2.008, 2.267, 2.560, 2.975 percent', async () => {
    const front = await openFront();
    const id = await front.open(19_888);
    const prices = [1_000, 2_888, 3_000, 5_000, 8_000].toReversed();
    const names = [18, 58, 68, 128, 238].map((yuan) => `${String(yuan)}元券`).toReversed();
    const worth: string[] = [];
    for (const [place, points] of prices.entries()) {
      const name = names[place] ?? '';
      const itemId = await put(front, { name, templateId: name, points });
      const { json } = await exchange(front, id, itemId);
      worth.unshift((Number((json['coupon'] as { valueFen: number }).valueFen) / points).toFixed(3));
    }
    // A point is a yuan spent: fen for a point are percent.
    expect(worth).toEqual(['1.800', '2.008', '2.267', '2.560', '2.975']);
    expect(await pointsOf(front, id)).toBe(0);
  });
});

describe('K-32', () => {
  test('of two at once for the last one, one has it; the other reads out_of_stock and keeps her points', async () => {
    const front = await openFront();
    const ids = [await front.open(500), await front.open(500, '13800138001')];
    const itemId = await put(front, { name: '30元玩具', templateId: '30元玩具', points: 500, stock: 1 });
    const answers = await Promise.all(ids.map((id) => exchange(front, id, itemId)));
    const codes = answers.map(({ status, json }) => (status === 201 ? 'exchanged' : json['code']));
    expect(new Set(codes)).toEqual(new Set(['exchanged', 'out_of_stock']));
    const points = await Promise.all(ids.map((id) => pointsOf(front, id)));
    expect(points).toEqual(codes.map((code) => (code === 'exchanged' ? 0 : 500)));
    expect(couponRows(front.shop.db)).toHaveLength(1);
  });

  test('what a member may have once she has once; another may still', async () => {
    const front = await openFront();
    const [hers, others] = [await front.open(5_000), await front.open(5_000, '13800138001')];
    const itemId = await put(front, { points: 1_000, perMember: 1 });
    expect((await exchange(front, hers, itemId)).status).toBe(201);
    const again = await exchange(front, hers, itemId);
    expect([again.json['code'], again.json['numbers']]).toEqual(['member_limit', { used: 1, cap: 1 }]);
    expect((await exchange(front, others, itemId)).status).toBe(201);
  });

  test.each([
    ['not yet', { from: '2026-11-23T00:00:00+08:00' }, 'not_yet'],
    ['over', { to: '2026-11-22T00:00:00+08:00' }, 'closed'],
    ['off the shelf', { enabled: false }, 'item_off'],
  ])('what is %s is not to be had, and costs nothing', async (_, given, code) => {
    const front = await openFront();
    const [id, itemId] = [await front.open(3_000), await put(front, given)];
    expect([(await exchange(front, id, itemId)).json['code'], await pointsOf(front, id)]).toEqual([
      code,
      3_000,
    ]);
  });

  test('a template that gives no more gives none for points either', async () => {
    const front = await openFront(MerchantSettings.parse({}), [template('两张', { stock: 1 })]);
    const [id, itemId] = [await front.open(200), await put(front, { templateId: '两张', points: 100 })];
    await exchange(front, id, itemId);
    expect([(await exchange(front, id, itemId)).json['code'], await pointsOf(front, id)]).toEqual([
      'no_coupon',
      100,
    ]);
  });

  test('a price that was changed while she looked at the old one takes nothing', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(5_000), await put(front, {})];
    await front.admin('PATCH', `/exchange-items/${itemId}`, { body: { points: 4_000 } });
    const { json } = await front.pos('POST', `/members/${id}/exchanges`, {
      body: { itemId, points: 3_000 },
      headers: { 'idempotency-key': newKey() },
    });
    expect([json['code'], json['numbers'], await pointsOf(front, id)]).toEqual([
      'price_changed',
      { points: 4_000 },
      5_000,
    ]);
  });

  test('the stock cannot be less than what was exchanged; of 3 that were, 2 is refused and 4 leaves one', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(300), await put(front, { points: 100, stock: 3 })];
    for (let turn = 0; turn < 3; turn += 1) await exchange(front, id, itemId);
    const less = await front.admin('PATCH', `/exchange-items/${itemId}`, { body: { stock: 2 } });
    expect([less.json['code'], less.json['numbers']]).toEqual(['limit_below_used', { limit: 2, used: 3 }]);
    await front.admin('PATCH', `/exchange-items/${itemId}`, { body: { stock: 4 } });
    const { json } = await front.pos('GET', `/members/${id}/exchange-items`);
    expect(json['items']).toMatchObject([{ left: 1, why: '积分不够：要 100 分，现在能用 0 分。' }]);
    expect(items(await front.admin('GET', '/exchange-items'))).toMatchObject([{ exchanged: 3, stock: 4 }]);
  });
});

describe('undone by the office', () => {
  const undo = ({ admin }: Office, { json }: Answered): Promise<Answered> =>
    admin('POST', `/exchanges/${String(json['id'])}/undo`, { body: { reason: '拿错了' } });
  const dayMs = 24 * 3_600_000;

  test('the points are back in the lots they came from, the coupon is gone, and the last one is to be had again', async () => {
    const months = MerchantSettings.parse({ points: { expiry: { mode: 'months', months: 12 } } });
    const front = await openFront(months);
    const [id, itemId] = [await front.open(3_500), await put(front, { stock: 1, perMember: 1 })];
    const lots = () => lotsOf(front);
    const before = await lots();
    const done = await exchange(front, id, itemId);
    front.shop.clock.now += dayMs - 1;
    const undone = await undo(front, done);
    expect(undone.json).toMatchObject({ pointsLeft: 3_500, coupon: { state: 'revoked' } });
    expect(await lots()).toEqual(before);
    expect((await undo(front, done)).status).toBe(200);
    expect(await pointsOf(front, id)).toBe(3_500);
    expect((await exchange(front, id, itemId)).status).toBe(201);
    expect(ledgerFaults(front.shop.db)).toEqual([]);
  });

  test('after a day it is too late, and a coupon that was used is not taken back', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(6_000), await put(front, {})];
    const [late, used] = [await exchange(front, id, itemId), await exchange(front, id, itemId)];
    const { id: code } = used.json['coupon'] as { id: string };
    front.shop.db.all(
      `UPDATE coupons SET state = 'used', used_for = 'sale:pos:1', ended_at = ${at('2026-11-22 16:00')} WHERE id = '${code}'`,
    );
    expect((await undo(front, used)).json['code']).toBe('exchange_used');
    front.shop.clock.now += dayMs;
    expect((await undo(front, late)).json['code']).toBe('exchange_too_old');
    expect(await pointsOf(front, id)).toBe(0);
  });

  test('undone by twenty at once it is undone once', async () => {
    const front = await openFront();
    const [id, itemId] = [await front.open(3_000), await put(front, {})];
    const done = await exchange(front, id, itemId);
    await Promise.all(Array.from({ length: 20 }, () => undo(front, done)));
    expect(await pointsOf(front, id)).toBe(3_000);
    expect(ledgerRows(front.shop.db).map(({ delta }) => delta)).toEqual([3_000, -3_000, 3_000]);
  });
});

const lotsOf = async ({ shop }: Office): Promise<unknown> =>
  shop.db
    .all(`SELECT document ->> '$.heads[0]' AS head FROM members`)
    .map((row) => (JSON.parse(String((row as { head: string }).head)) as unknown[]).slice(2));
