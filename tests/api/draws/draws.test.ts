/** 积分抽奖: points go and a lot is drawn, both or neither, never more prizes than there are; what was won is fetched once. */
import { describe, expect, test } from 'vitest';
import type { EventId, LotteryId, MemberId } from '../../../schema/index.ts';
import type { Db } from '../../../workers/db/db.ts';
import { drawOnce } from '../../../workers/commands/draws/draw.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { processGroup } from '../../../workers/engine/process.ts';
import { at, rfc3339, template } from '../../support/builders.ts';
import { couponRows, ledgerFaults, ledgerRows } from '../../support/shop.ts';
import { items, openOffice, type Answered, type Office } from '../support.ts';

const thing = (name: string, valueFen: number, quota: number, given: object = {}) => ({
  kind: 'thing',
  name,
  valueFen,
  quota,
  words: `${name}的东西`,
  ...given,
});
/** K-57 as the shop told it: 20 of 68 yuan, 15 of 15, 250 of 5, and 715 lots of a thousand without a prize. */
const kidswant = {
  name: '六一抽奖',
  points: 100,
  firstOn: '2026-06-11',
  lastOn: '2026-06-15',
  collectFirstOn: '2026-06-18',
  prizes: [thing('一等奖', 6_800, 20), thing('二等奖', 1_500, 15), thing('三等奖', 500, 250)],
  blanks: 715,
};
/** Everybody wins the one thing. */
const sure = { ...kidswant, prizes: [thing('爬行垫', 6_800, 20)], blanks: 0 };

let keys = 0;
const newKey = (): string => `k${String((keys += 1))}`;

const openFair = (templates = [template('10元券')], through = straight): Promise<Office> =>
  openOffice({ templates, through, now: '2026-06-11 10:00' });
const straight = (db: Db): Db => db;
/** As over a network: whoever asks at the same moment has read before anybody has written. */
const apart = (db: Db): Db => ({
  batch: async (statements) => {
    await new Promise(setImmediate);
    return db.batch(statements);
  },
});

async function member({ admin, shop }: Office, points: number, phone = '13800138000'): Promise<string> {
  const { json } = await admin('POST', '/members', { body: { phone } });
  const memberId = String(json['id']) as MemberId;
  const key = newKey().padEnd(26, '0');
  await correctPoints(shop.engine, { key, memberId, delta: points }, shop.clock.now);
  return memberId;
}

async function lottery({ admin }: Office, body: object): Promise<string> {
  const { json, status } = await admin('POST', '/lotteries', { body });
  expect([status, json['detail']]).toEqual([201, undefined]);
  return String(json['id']);
}

const draw = ({ pos }: Office, id: string, lotteryId: string, key = newKey()): Promise<Answered> =>
  pos('POST', `/members/${id}/draws`, { body: { lotteryId }, headers: { 'idempotency-key': key } });

const collect = ({ pos }: Office, code: unknown, headers = {}): Promise<Answered> =>
  pos('POST', '/prizes/collect', { body: { code, store: '8005' }, headers });

const pointsOf = async ({ pos }: Office, id: string): Promise<unknown> =>
  (await pos('GET', `/members/${id}`)).json['points'];

describe('K-57, G-13', () => {
  test('20 × 68 + 15 × 15 + 250 × 5 are 285 prizes and 2,835.00 yuan', async () => {
    const fair = await openFair();
    await lottery(fair, kidswant);
    const [one] = items(await fair.admin('GET', '/lotteries'));
    expect(one).toMatchObject({ prizesTotal: 285, costFen: 136_000 + 22_500 + 125_000, left: [20, 15, 250] });
    expect(one?.['costFen']).toBe(283_500);
  });

  test('of 1,000 who draw at once nobody wins more than there is, and everybody pays for what she drew', async () => {
    const fair = await openFair([], apart);
    const { db } = fair.shop;
    // Every lot of the box wins: the quotas are what holds.
    const lotteryId = await lottery(fair, { ...kidswant, blanks: 0 });
    const ids = await thousand(fair);
    const answers = await Promise.all(ids.map((id) => draw(fair, id, lotteryId)));
    const done = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status !== 201);
    const won = Map.groupBy(done, ({ json }) => (json['prize'] as { name: string } | null)?.name ?? '');
    expect(['一等奖', '二等奖', '三等奖'].map((name) => won.get(name)?.length)).toEqual([20, 15, 250]);
    expect(new Set(refused.map(({ json }) => json['code']))).toEqual(new Set(['sold_out']));
    const spent = db.all(`SELECT count(*) AS times, sum(delta) AS points FROM ledger WHERE delta < 0`);
    expect(spent).toEqual([{ times: done.length, points: -100 * done.length }]);
    expect(items(await fair.admin('GET', '/lotteries'))).toMatchObject([
      { drawn: done.length, left: [0, 0, 0] },
    ]);
    expect(ledgerFaults(db)).toEqual([]);
  }, 30_000);

  test('99 points are refused with both numbers, and stay', async () => {
    const fair = await openFair();
    const [id, lotteryId] = [await member(fair, 99), await lottery(fair, sure)];
    const { status, json } = await draw(fair, id, lotteryId);
    expect([status, json['code'], json['numbers']]).toEqual([409, 'insufficient', { have: 99, need: 100 }]);
    expect([await pointsOf(fair, id), fair.shop.db.all(`SELECT 1 FROM draws`)]).toEqual([99, []]);
  });

  test.each([
    ['2026-06-10 23:59', 'not_yet'],
    ['2026-06-11 00:00', 'won'],
    ['2026-06-15 23:59', 'won'],
    ['2026-06-16 00:00', 'closed'],
  ])('at %s of 06-11..06-15 a draw is %s', async (now, expected) => {
    const fair = await openFair();
    const [id, lotteryId] = [await member(fair, 100), await lottery(fair, sure)];
    fair.shop.clock.now = at(now);
    const { json } = await draw(fair, id, lotteryId);
    expect([json['code'] ?? 'won', await pointsOf(fair, id)]).toEqual(
      expected === 'won' ? [expect.stringMatching(/^[0-9A-Z]{12}$/), 0] : [expected, 100],
    );
  });

  test('what was won is not to be had on 06-17, is on 06-18, and once', async () => {
    const fair = await openFair();
    const [id, lotteryId] = [await member(fair, 100), await lottery(fair, sure)];
    const { json: drawn } = await draw(fair, id, lotteryId);
    expect(drawn).toMatchObject({ pointsLeft: 0, collectFirstOn: '2026-06-18', collectedAt: null });
    expect(drawn['words']).toMatch(/^恭喜抽中爬行垫：爬行垫的东西。6月18日起到店领，领奖码 /);
    fair.shop.clock.now = at('2026-06-17 23:59');
    const early = await collect(fair, drawn['code']);
    expect([early.status, early.json['code'], early.json['numbers']]).toEqual([
      409,
      'not_yet',
      { from: at('2026-06-18 00:00') },
    ]);
    fair.shop.clock.now = at('2026-06-18 09:00');
    const typed = String(drawn['code']).toLowerCase().replaceAll('0', 'o');
    const once = { 'idempotency-key': 'counter-1' };
    expect((await collect(fair, typed, once)).json['collectedAt']).toBe('2026-06-18T01:00:00.000Z');
    expect((await collect(fair, typed, once)).status).toBe(200);
    const again = await collect(fair, typed);
    expect([again.status, again.json['code']]).toEqual([409, 'already_collected']);
    expect((await collect(fair, 'ABCD EFGH JKMN')).json['code']).toBe('unknown_prize');
  });

  test('two cashiers at once hand it over once', async () => {
    const fair = await openFair([], apart);
    const [id, lotteryId] = [await member(fair, 100), await lottery(fair, sure)];
    const { json } = await draw(fair, id, lotteryId);
    fair.shop.clock.now = at('2026-06-18 09:00');
    const answers = await Promise.all([collect(fair, json['code']), collect(fair, json['code'])]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  test('until 06-20 means all of 06-20', async () => {
    const fair = await openFair();
    const id = await member(fair, 100);
    const { json } = await draw(fair, id, await lottery(fair, { ...sure, collectLastOn: '2026-06-20' }));
    fair.shop.clock.now = at('2026-06-21 00:00');
    expect((await collect(fair, json['code'])).json['code']).toBe('over');
    fair.shop.clock.now = at('2026-06-20 23:59');
    expect((await collect(fair, json['code'])).status).toBe(200);
  });
});

describe('a draw', () => {
  test('sent ten times with one key is one, with one prize', async () => {
    const fair = await openFair([], apart);
    const [id, lotteryId] = [await member(fair, 500), await lottery(fair, kidswant)];
    const answers = await Promise.all(Array.from({ length: 10 }, () => draw(fair, id, lotteryId, 'once')));
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ json }) => json['id'])).size).toBe(
      1,
    );
    expect(await pointsOf(fair, id)).toBe(400);
    expect((await draw(fair, id, lotteryId, 'once')).json['pointsLeft']).toBe(400);
  });

  test('of five at once with points for two there are two', async () => {
    const fair = await openFair([], apart);
    const [id, lotteryId] = [await member(fair, 250), await lottery(fair, kidswant)];
    const answers = await Promise.all(Array.from({ length: 5 }, () => draw(fair, id, lotteryId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(await pointsOf(fair, id)).toBe(50);
  });

  test('of forty at once by one member who is lost is told to come again, and has paid nothing', async () => {
    const fair = await openFair([], apart);
    const [id, lotteryId] = [await member(fair, 10_000), await lottery(fair, kidswant)];
    const answers = await Promise.all(Array.from({ length: 40 }, () => draw(fair, id, lotteryId)));
    const drawn = answers.filter(({ status }) => status === 201).length;
    const lost = answers.filter(({ status }) => status === 503);
    expect([drawn + lost.length, drawn > 0]).toEqual([40, true]);
    for (const { headers } of lost) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await pointsOf(fair, id)).toBe(10_000 - 100 * drawn);
    expect(fair.shop.db.all(`SELECT 1 FROM draws`)).toHaveLength(drawn);
  });

  test('falls as the secret of the shop has it: the same wishes draw the same lots, and a quarter of the lots wins a quarter', async () => {
    const hundred = async (): Promise<boolean[]> => {
      const fair = await openFair();
      const many = { ...kidswant, prizes: [thing('一等奖', 6_800, 1_000)], blanks: 3_000 };
      const [id, lotteryId] = [await member(fair, 40_000), await lottery(fair, many)];
      const drawn: boolean[] = [];
      for (let turn = 0; turn < 100; turn += 1) {
        const asked = { memberId: id as MemberId, lotteryId: lotteryId as LotteryId, points: null };
        const wish = { ...asked, id: `ev_${String(turn)}` as EventId, storeId: null, by: null };
        const answer = await drawOnce(fair.shop.engine, wish, fair.shop.clock.now);
        drawn.push('done' in answer && answer.done.draw.prize !== null);
      }
      return drawn;
    };
    const [first, second] = [await hundred(), await hundred()];
    expect(second).toEqual(first);
    // Within four deviations of 25; with this secret it is always the same number.
    expect(Math.abs(first.filter(Boolean).length - 25)).toBeLessThan(18);
  });

  test('is one of three a day and four in all', async () => {
    const fair = await openFair();
    const limits = { ...kidswant, perMemberPerDay: 3, perMember: 4 };
    const [id, lotteryId] = [await member(fair, 1_000), await lottery(fair, limits)];
    for (let turn = 0; turn < 3; turn += 1) expect((await draw(fair, id, lotteryId)).status).toBe(201);
    const fourth = await draw(fair, id, lotteryId);
    expect([fourth.json['code'], fourth.json['numbers']]).toEqual(['member_day_limit', { used: 3, cap: 3 }]);
    fair.shop.clock.now = at('2026-06-12 00:00');
    expect((await draw(fair, id, lotteryId)).status).toBe(201);
    expect((await draw(fair, id, lotteryId)).json['numbers']).toEqual({ used: 4, cap: 4 });
    expect(await pointsOf(fair, id)).toBe(600);
    const { json } = await fair.pos('GET', `/members/${id}/draws`);
    expect(json['lotteries']).toMatchObject([{ why: '已经抽过 4 次，每人最多 4 次。' }]);
    expect(json['draws']).toHaveLength(4);
  });

  test('gives points as a row of their own, and a coupon of the stock: where none is left nobody pays', async () => {
    const fair = await openFair([template('一张', { stock: 1 })]);
    const points = { kind: 'points', name: '300分', valueFen: 300, quota: 1, points: 300 };
    const coupon = { kind: 'coupon', name: '券', valueFen: 1_000, quota: 5, templateId: '一张' };
    const id = await member(fair, 200);
    await draw(fair, id, await lottery(fair, { ...sure, prizes: [points] }));
    expect(ledgerRows(fair.shop.db).map(({ delta, cause }) => [delta, cause.split(':')[0]])).toEqual([
      [200, 'correction'],
      [-100, 'draw'],
      [300, 'draw-won'],
    ]);
    const withCoupons = await lottery(fair, { ...sure, prizes: [coupon] });
    const { json } = await draw(fair, id, withCoupons);
    expect(couponRows(fair.shop.db)).toMatchObject([{ id: json['couponId'], memberId: id }]);
    expect((await draw(fair, id, withCoupons)).json['code']).toBe('sold_out');
    expect(await pointsOf(fair, id)).toBe(300);
  });
});

describe('the office', () => {
  test('cannot make fewer of a prize than were won, nor another prize of it', async () => {
    const fair = await openFair();
    const [id, lotteryId] = [await member(fair, 300), await lottery(fair, sure)];
    for (let turn = 0; turn < 3; turn += 1) await draw(fair, id, lotteryId);
    const change = (...prizes: object[]): Promise<Answered> =>
      fair.admin('PATCH', `/lotteries/${lotteryId}`, { body: { prizes } });
    const fewer = await change(thing('爬行垫', 6_800, 2));
    expect([fewer.json['code'], fewer.json['field'], fewer.json['numbers']]).toEqual([
      'limit_below_used',
      'prizes[0].quota',
      { limit: 2, used: 3 },
    ]);
    expect((await change(thing('爬行垫', 100, 20))).json['code']).toBe('prize_was_won');
    const more = await change(thing('爬行垫（大）', 6_800, 3), thing('玩具', 500, 2));
    expect(more.json).toMatchObject({ left: [0, 2], prizesTotal: 5 });
  });

  test.each([
    [{ lastOn: '2026-06-10' }, 'lastOn'],
    [{ collectLastOn: '2026-06-17' }, 'collectLastOn'],
    [{ prizes: [thing('车', 5_000_001, 1)] }, 'prizes[0].valueFen'],
    [
      { prizes: [{ kind: 'coupon', name: '券', valueFen: 1, quota: 1, templateId: '没有' }] },
      'prizes[0].templateId',
    ],
  ])('is told which field is wrong: %j', async (given, field) => {
    const { admin } = await openFair();
    const { status, json } = await admin('POST', '/lotteries', { body: { ...kidswant, ...given } });
    expect([status, json['field']]).toEqual([422, field]);
  });
});

/** A thousand members with a hundred points each. */
async function thousand({ shop }: Office): Promise<string[]> {
  for (let page = 0; page < 4; page += 1) {
    const people = Array.from({ length: 250 }, (_, place) => ({
      type: 'member.created',
      id: `new-${String(page)}-${String(place)}`,
      occurredAt: rfc3339('2026-06-11 09:00'),
      data: { externalId: `M-${String(page)}-${String(place)}` },
    }));
    for (let from = 0; from < 250; from += 50) await shop.post(...people.slice(from, from + 50));
    await shop.work();
  }
  const ids = shop.db.all(`SELECT id FROM members`).map(({ id }) => String(id));
  for (let from = 0; from < ids.length; from += 250) {
    const events = ids.slice(from, from + 250).map((id) => ({
      seq: null,
      event: {
        type: 'points.corrected' as const,
        id: `p_${id}` as never,
        namespace: '',
        occurredAt: shop.clock.now,
        memberId: id as MemberId,
        delta: 100,
      },
    }));
    const { failed } = await processGroup(shop.engine, events, shop.clock.now);
    expect(failed).toEqual([]);
  }
  return ids;
}
