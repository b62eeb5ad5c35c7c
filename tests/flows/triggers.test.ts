/** 不止消费才送: follows, words, check-ins, top-ups and birthdays, told as stories with the merchant's numbers. */
import { describe, expect, test } from 'vitest';
import type { EventId, MemberId } from '../../schema/index.ts';
import { forgetMember } from '../../workers/commands/members/forget.ts';
import { birthdays } from '../../workers/commands/jobs/birthdays.ts';
import { plans } from '../../workers/platform/plans.ts';
import { chores } from '../../workers/schedule/chores/index.ts';
import { events } from '../support/account.ts';
import { at, recharge, rfc3339, template } from '../support/builders.ts';
import { roundOf } from '../support/round.ts';
import { join } from '../support/scenes.ts';
import { balanceOf } from '../support/shop.ts';
import { draw, idOf, openTriggers, used, type Here } from '../support/triggers.ts';

const dayMs = 24 * 3_600_000;
const draws = { conditions: [{ kind: 'keyword', words: ['抽奖'] }] };
const packet = { rewards: [{ kind: 'red-packet', minFen: 188, maxFen: 188 }] };
const said = async ({ account }: Here, openid: string, text: string, msgId: string) =>
  (await account.push(openid, events.say(text, msgId))).reply?.text;

describe('K-58: 抽奖 sent to the Official Account', () => {
  test('K-58: a bound openid draws 1.88, and WeChat telling it three times is one draw', async () => {
    const here = await openTriggers();
    const id = await draw(here, 'fan.said', { ...draws, ...packet });
    expect(await said(here, 'oA', '“抽奖”！', 'm1')).toBe('领取成功：红包1.88元。');
    await here.account.repeat();
    await here.account.repeat();
    expect([await used(here, id), balanceOf(here.shop.db, 'ext:pos:A', 'wallet')]).toEqual([1, 188]);
  });

  test('K-58: an unbound openid gets the link to bind, and after it the draw', async () => {
    const here = await openTriggers();
    const id = await draw(here, 'fan.said', draws);
    expect(await said(here, 'oNew', '抽奖', 'm1')).toContain('https://huike.example/m/register');
    expect(await used(here, id)).toBe(0);
    await join(here.shop, 'oNew', '13912345403');
    expect(await said(here, 'oNew', '抽奖', 'm2')).toBe('领取成功：100积分。');
  });

  test.each([
    ['once a person', { perMember: 1 }, '您已经领过了。', 1],
    ['once a day', { perMemberPerDay: 1 }, '您今天已经领过了，明天再来。', 2],
  ])('K-58: %s, and the second time it says so', async (_, limits, answer, tomorrow) => {
    const here = await openTriggers();
    const id = await draw(here, 'fan.said', { ...draws, limits });
    await said(here, 'oA', '抽奖', 'm1');
    expect(await said(here, 'oA', '抽奖', 'm2')).toBe(answer);
    here.shop.clock.now += dayMs;
    await said(here, 'oA', '抽奖', 'm3');
    expect(await used(here, id)).toBe(tomorrow);
  });

  test('K-58: other words are answered as ever, and when all is gone that is said', async () => {
    const here = await openTriggers();
    await draw(here, 'fan.said', { ...draws, limits: { total: 1, perMember: 1 } });
    expect(await said(here, 'oA', '几点开门', 'm0')).toBeUndefined();
    await said(here, 'oA', '抽奖', 'm1');
    expect(await said(here, 'oB', '抽奖', 'm2')).toBe('已经领完了，下次早点来。');
  });
});

describe('K-06: the first follow', () => {
  test('K-06: who follows and then registers has it once; unfollowing and following again brings nothing', async () => {
    const here = await openTriggers();
    const id = await draw(here, 'fan.followed');
    const acts = [events.follow(), events.unfollow, events.follow()];
    await here.account.push('oNew', acts[0] ?? {});
    expect(await used(here, id)).toBe(0);
    await join(here.shop, 'oNew', '13912345403');
    expect(await used(here, id)).toBe(1);
    for (const act of acts.slice(1)) {
      here.shop.clock.now += 60_000;
      await here.account.push('oNew', act);
    }
    await join(here.shop, 'oNew', '13912345403');
    expect(await used(here, id)).toBe(1);
  });

  test('K-06: a follow without a campaign was the first: the one after it is none', async () => {
    const here = await openTriggers();
    await here.account.push('oA', events.follow());
    const id = await draw(here, 'fan.followed');
    here.shop.clock.now += 60_000;
    await here.account.push('oA', events.follow());
    expect(await used(here, id)).toBe(0);
  });

  test('K-06: who had it, was forgotten, and comes back under the same WeChat has no second', async () => {
    const here = await openTriggers();
    const id = await draw(here, 'fan.followed');
    await here.account.push('oA', events.follow());
    const memberId = idOf(here, 'A') as MemberId;
    await forgetMember(here.shop.engine, { key: 'k1', memberId }, here.shop.clock.now);
    here.shop.clock.now += 60_000;
    await here.shop.tell({
      type: 'member.created',
      id: 'back',
      occurredAt: rfc3339('2026-11-22 15:05'),
      data: { externalId: 'back', openid: 'oA' },
    });
    await here.account.push('oA', events.follow());
    expect(await used(here, id)).toBe(1);
  });
});

test('K-28: the seventh day in a row gives, and every seventh where that is said', async () => {
  const here = await openTriggers('2026-11-01 10:00');
  const seventh = await draw(here, 'member.checked_in', { conditions: [{ kind: 'streak', days: 7 }] });
  const weekly = await draw(here, 'member.checked_in', {
    conditions: [{ kind: 'streak', days: 7, every: true }],
  });
  for (let day = 1; day <= 15; day += 1) {
    await here.pos('POST', `/members/${idOf(here, 'A')}/check-ins`);
    here.shop.clock.now += dayMs;
  }
  expect([await used(here, seventh), await used(here, weekly)]).toEqual([1, 2]);
});

describe('K-35: a top-up of 500', () => {
  const topUp = { ...recharge({ member: { externalId: 'A' }, at: '2026-11-22 15:00' }) };
  const undo = {
    type: 'stored_value.reversed' as const,
    id: 'undo',
    occurredAt: rfc3339('2026-11-22 15:10'),
    data: { rechargeNo: 'CZ1' },
  };

  test('K-35: gives a coupon and 100 points; called off, the coupon is gone and so are the points', async () => {
    const here = await openTriggers(undefined, { templates: [template('T1', { valueFen: 5_000 })] });
    const rewards = [
      { kind: 'points', points: 100 },
      { kind: 'coupon', templateId: 'T1', count: 1 },
    ];
    const id = await draw(here, 'stored_value.recharged', { rewards });
    await here.shop.tell(topUp);
    const points = () => balanceOf(here.shop.db, 'ext:pos:A', 'points');
    const states = () => here.shop.db.all(`SELECT state FROM coupons`).map(({ state }) => state);
    expect([points(), states()]).toEqual([100, ['issued']]);
    await here.shop.tell(undo);
    expect([points(), states(), await used(here, id)]).toEqual([0, ['revoked'], 0]);
  });

  test('K-35: 499.99 is not 500, and the trial says both numbers', async () => {
    const here = await openTriggers();
    const id = await draw(here, 'stored_value.recharged', {
      conditions: [{ kind: 'top-up', atLeastFen: 50_000 }],
    });
    const { json } = await here.admin('POST', `/campaigns/${id}/simulate`, {
      body: { happening: { paidFen: 49_999 } },
    });
    expect(json).toMatchObject({ reason: 'top-up', numbers: { have: 49_999, need: 50_000, unit: 'fen' } });
  });
});

describe('A-20: birthdays', () => {
  const born = (here: Here, who: string, birthday: string) =>
    here.shop.tell({
      type: 'member.created',
      id: `born-${who}-${birthday}`,
      occurredAt: rfc3339('2026-11-01 10:00'),
      data: { externalId: who, birthday },
    });
  /** Once an hour, whatever the hour. */
  const until = async (here: Here, local: string) => {
    for (; here.shop.clock.now < at(local); here.shop.clock.now += 3_600_000) await here.celebrate();
  };

  test('A-20: 29 February has it on 28 February 2027 and on 29 February 2028, once a year', async () => {
    const here = await openTriggers('2027-02-27 08:00');
    await born(here, 'leap', '2020-02-29');
    const id = await draw(here, 'birthday.came');
    await until(here, '2027-02-28 08:00');
    expect(await used(here, id)).toBe(0);
    await until(here, '2027-03-02 08:00');
    expect(await used(here, id)).toBe(1);
    here.shop.clock.now = at('2028-02-28 12:00');
    await here.celebrate();
    expect(await used(here, id)).toBe(1);
    await until(here, '2028-03-01 08:00');
    expect(await used(here, id)).toBe(2);
  });

  test('A-20: nobody is given anything before nine and after nine in the evening', async () => {
    const here = await openTriggers('2026-11-22 06:00');
    const id = await draw(here, 'birthday.came');
    await until(here, '2026-11-22 08:59');
    expect(await used(here, id)).toBe(0);
    await until(here, '2026-11-22 10:30');
    expect(await used(here, id)).toBe(2);
  });

  test('A-20: who tells a birthday that has passed waits a year', async () => {
    const here = await openTriggers('2026-11-22 09:00');
    const id = await draw(here, 'birthday.came');
    await until(here, '2026-11-23 09:00');
    await born(here, 'late', '1990-11-22');
    await until(here, '2026-11-24 20:00');
    expect(await used(here, id)).toBe(2);
  });

  test('A-20: the month’s gift comes on its first day; who tells the birthday on the 10th has it on the day itself', async () => {
    const here = await openTriggers('2026-11-01 08:00');
    const id = await draw(here, 'birthday.month');
    await until(here, '2026-11-01 12:00');
    expect(await used(here, id)).toBe(2);
    here.shop.clock.now = at('2026-11-10 12:00');
    await born(here, 'tenth', '1990-11-20');
    await until(here, '2026-11-23 12:00');
    expect(await used(here, id)).toBe(3);
  });

  test('A-20: a clock that stood still for a day makes up for it, and a change of the birthday brings no second', async () => {
    const here = await openTriggers('2026-11-20 10:00');
    const id = await draw(here, 'birthday.came');
    await until(here, '2026-11-21 20:00');
    here.shop.clock.now = at('2026-11-23 10:00');
    await here.celebrate();
    expect(await used(here, id)).toBe(2);
    await here.admin('PATCH', `/members/${idOf(here, 'A')}`, { body: { birthday: '1990-11-24' } });
    await until(here, '2026-11-24 20:00');
    expect(await used(here, id)).toBe(2);
  });

  test('A-20: forty on one day come page by page on the free plan, and the clock rings as long as any is left', async () => {
    const here = await openTriggers('2026-12-05 10:00');
    for (let index = 0; index < 40; index += 1) await born(here, `P${String(index)}`, '1990-12-05');
    const id = await draw(here, 'birthday.came');
    // The books ring as well until their day is closed.
    here.shop.db.all(`INSERT INTO owed_closes VALUES ('2026-12-04', 0, 0, 0, 0, 0, 0, 0, 0)`);
    let rings = 0;
    const jobsBell = { ring: () => void (rings += 1) };
    const round = roundOf(here.shop, { plan: plans.free, jobsBell });
    const clock = chores.find(({ name }) => name === 'jobs');
    const counts: unknown[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await clock?.run(round, here.shop.clock.now);
      await birthdays.run(round, here.shop.clock.now);
      counts.push(await used(here, id));
    }
    expect([counts, rings]).toEqual([[36, 40, 40], 2]);
  });
});

test('two records that turn out to be one person had the birthday once', async () => {
  const here = await openTriggers('2026-11-22 10:00');
  const id = await draw(here, 'birthday.came');
  await here.celebrate();
  await here.shop.tell({
    type: 'member.merged',
    id: 'merged' as EventId,
    occurredAt: rfc3339('2026-11-22 10:10'),
    data: { from: { externalId: 'B' }, into: { externalId: 'A' } },
  });
  here.shop.db.all(`DELETE FROM settings WHERE key = 'birthdays'`);
  here.shop.clock.now += 60_000;
  await here.celebrate();
  expect(await used(here, id)).toBe(2);
});
