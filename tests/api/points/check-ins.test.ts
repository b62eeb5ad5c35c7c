/** 签到: every day gives a little more, up to a cap, and once; over the API and on the member's own page. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { at } from '../../support/builders.ts';
import { ledgerRows, type Shop } from '../../support/shop.ts';
import { openOffice, type Office } from '../support.ts';
import { openPages, signUp, tokenIn, withSms, words } from '../../pages/support.ts';

const dayMs = 24 * 3_600_000;
const on = MerchantSettings.parse({ shopName: '阳光小镇母婴', checkIn: { on: true } });

type Front = Office & { readonly id: string };

async function openFront(settings = on, now = '2026-11-01 10:00'): Promise<Front> {
  const office = await openOffice({ settings, now });
  const { json } = await office.admin('POST', '/members', { body: { phone: '13800138000' } });
  return { ...office, id: String(json['id']) };
}

const checkIn = ({ pos, id }: Front) => pos('POST', `/members/${id}/check-ins`);
const pointsOf = async ({ pos, id }: Front): Promise<unknown> =>
  (await pos('GET', `/members/${id}`)).json['points'];

/** One check-in on each of so many days. */
async function comesDaily(front: Front, days: number): Promise<unknown[]> {
  const given: unknown[] = [];
  for (let day = 0; day < days; day += 1) {
    given.push((await checkIn(front)).json['points']);
    front.shop.clock.now += dayMs;
  }
  return given;
}

describe('K-28', () => {
  test('days 1 to 17 in a row give 5, 6, … 20 and 20 again', async () => {
    const front = await openFront();
    expect(await comesDaily(front, 17)).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 20,
    ]);
  });

  test('G-8: 30 days in a row are 480 points', async () => {
    const front = await openFront();
    await comesDaily(front, 30);
    expect(await pointsOf(front)).toBe(480);
  });

  test('a missed day starts anew with 5', async () => {
    const front = await openFront();
    expect(await comesDaily(front, 3)).toEqual([5, 6, 7]);
    front.shop.clock.now += dayMs;
    expect(await comesDaily(front, 2)).toEqual([5, 6]);
  });

  test('a second time on the same day gives nothing, and says so', async () => {
    const front = await openFront();
    expect((await checkIn(front)).status).toBe(201);
    const again = await checkIn(front);
    expect([again.status, again.json['code']]).toEqual([409, 'already']);
    expect(await pointsOf(front)).toBe(5);
  });

  test('the day ends at midnight in the shop: 23:59 and 00:00 are two days in a row', async () => {
    const front = await openFront(on, '2026-11-01 23:59');
    await checkIn(front);
    front.shop.clock.now = at('2026-11-02 00:00');
    const { json } = await checkIn(front);
    expect(json).toEqual({
      on: '2026-11-02',
      isDone: true,
      streak: 2,
      points: 6,
      days: ['2026-11-01', '2026-11-02'],
    });
  });

  test('of 50 at once one counts, with the 5 points of a day posted once under that day', async () => {
    const front = await openFront();
    const answers = await Promise.all(Array.from({ length: 50 }, () => checkIn(front)));
    const done = answers.filter(({ status }) => status === 201);
    expect(done).toHaveLength(1);
    expect(await pointsOf(front)).toBe(5);
    expect(causesOf(front.shop)).toEqual(['check-in:2026-11-01']);
  });

  test('a shop that gives 10 each day and no more gives 10 each day', async () => {
    const checkIns = { on: true, firstDay: 10, moreEachDay: 0, cap: 10 };
    const front = await openFront(MerchantSettings.parse({ checkIn: checkIns }));
    expect(await comesDaily(front, 3)).toEqual([10, 10, 10]);
  });

  test('off is the default, and then nobody can', async () => {
    const front = await openFront(MerchantSettings.parse({}));
    const [asked, seen] = [await checkIn(front), await front.pos('GET', `/members/${front.id}/check-ins`)];
    expect([asked.json['code'], seen.json['code'], await pointsOf(front)]).toEqual([
      'check_in_off',
      'check_in_off',
      0,
    ]);
  });

  test('what is to come can be asked for: after two days tomorrow gives 7', async () => {
    const front = await openFront();
    await comesDaily(front, 2);
    const { json } = await front.pos('GET', `/members/${front.id}/check-ins`);
    expect([json['isDone'], json['streak'], json['points']]).toEqual([false, 2, 7]);
  });
});

const causesOf = ({ db }: Shop): unknown[] => ledgerRows(db).map(({ cause }) => cause);

describe('on her own page', () => {
  test('one button without a script: she sees what today gives, presses it, and sees the month', async () => {
    const pages = await openPages({ settings: { ...withSms, checkIn: on.checkIn }, now: '2026-11-20 10:00' });
    const visitor = pages.visitor();
    await signUp(pages, visitor, { openid: 'o_1', phone: '13800138000' });
    expect((await visitor.get('/m/')).text).toContain('href="/m/check-in"');
    const before = await visitor.get('/m/check-in');
    expect(words(before)).toContain('今天签到得 5 积分');
    const sent = await visitor.post('/m/check-in', { token: tokenIn(before) });
    expect([sent.status, sent.location]).toEqual([303, '/m/check-in']);
    const after = words(await visitor.get('/m/check-in'));
    expect(after).toContain('今天签到了，得 5 积分，连续 1 天。明天再来得 6 积分。');
    expect(after).toContain('2026年11月，签到 1 天');
    // Pressed again, nothing more.
    await visitor.post('/m/check-in', { token: tokenIn(before) });
    expect(words(await visitor.get('/m/check-in'))).toContain('现在有 5 积分');
  });

  test('without check-in there is neither page nor link', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    await signUp(pages, visitor, { openid: 'o_1', phone: '13800138000' });
    expect((await visitor.get('/m/')).text).not.toContain('/m/check-in');
    expect((await visitor.get('/m/check-in')).status).toBe(404);
  });
});
