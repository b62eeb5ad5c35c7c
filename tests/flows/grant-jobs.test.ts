/** 给一群会员发券: the group is who it says, everybody once within the limits, whatever dies on the way. */
import { describe, expect, test } from 'vitest';
import type { EventId, GrantJob, MemberId, StoreId } from '../../schema/index.ts';
import {
  beginGrantJob,
  drawGrantJob,
  endGrantJob,
  GrantJobInput,
} from '../../workers/commands/coupons/grant-jobs.ts';
import { readGrantJob } from '../../workers/db/coupons/grant-jobs.ts';
import type { Db } from '../../workers/db/db.ts';
import { plans } from '../../workers/platform/plans.ts';
import { grants } from '../../workers/commands/jobs/grants.ts';
import { rebind } from '../../workers/commands/members/rebind.ts';
import { lookThrough } from '../../workers/db/members/look-up.ts';
import { at, line, product, refund, sale, template, voided } from '../support/builders.ts';
import { roundOf } from '../support/round.ts';
import { couponRows, memberId, openShop, type Shop } from '../support/shop.ts';

const milk = product({ sku: 'milk' });
const nappy = product({ sku: 'nappy', categoryPath: [{ id: '02', name: '纸尿裤' }] });

type Template = Parameters<typeof template>[1];
const openWith = (given: Template = {}): Promise<Shop> =>
  openShop({ templates: [template('T10', { valueFen: 1_000, ...given })], products: [milk, nappy] });

const bought = (who: string, sku = 'milk', given: object = {}) =>
  sale({
    orderNo: `${who}-${sku}`,
    member: { externalId: who },
    lines: [line({ sku, lineNo: '1' })],
    ...given,
  });

async function people(shop: Shop, count: number): Promise<void> {
  await shop.tell(...Array.from({ length: count }, (_, index) => bought(`M${String(index)}`)));
}

const byMilk = { by: 'category', category: '01', days: 30 } as const;

async function draw(shop: Shop, to: object = byMilk, storeIds: readonly string[] | null = null) {
  const input = GrantJobInput.parse({ to, templateId: 'T10', reason: '买过奶粉' });
  const drawer = { by: '陈老板', storeIds: storeIds as readonly StoreId[] | null };
  shop.clock.now += 1_000;
  const draft = await drawGrantJob(shop.db, input, drawer, shop.clock.now);
  if ('code' in draft) return draft;
  await shop.db.batch(draft.statements);
  return draft.row;
}

async function begun(shop: Shop, to?: object): Promise<GrantJob> {
  const drawn = await draw(shop, to);
  if ('code' in drawn) throw new Error(drawn.code);
  await beginGrantJob(shop.db, drawn.id, shop.clock.now);
  return drawn;
}

/** Pages of four, so that a few dozen members fill several. */
const turn = (shop: Shop, db: Db = shop.db, pages = 1): Promise<unknown> =>
  grants.run(
    roundOf(
      { ...shop, engine: { ...shop.engine, db } },
      { plan: { ...plans.paid, remindersPerTick: 4, groupsPerInvocation: pages } },
    ),
    shop.clock.now,
  );
const all = async (shop: Shop): Promise<void> => {
  for (let turns = 0; turns < 20; turns += 1) await turn(shop);
};
const jobOf = async (shop: Shop, { id }: GrantJob) => {
  const job = await readGrantJob(shop.db, id);
  return { state: job?.state, counts: job?.counts };
};
const perMember = (shop: Shop): number[] =>
  [...Map.groupBy(couponRows(shop.db), ({ memberId: id }) => id).values()].map(({ length }) => length);

describe('who is of the group', () => {
  test('“买过奶粉的会员”: milk alone and milk with nappies; not nappies alone, not who brought it back, not who bought long ago', async () => {
    const shop = await openWith();
    await shop.tell(
      bought('milk'),
      bought('both'),
      bought('both', 'nappy'),
      bought('nappy', 'nappy'),
      bought('returned'),
      bought('voided'),
      bought('long-ago', 'milk', { at: '2026-09-01 10:00' }),
      refund({ orderNo: 'returned-milk', lines: [line({ originalLineNo: '1' })] }),
      voided({ orderNo: 'voided-milk' }),
    );
    const job = await begun(shop);
    expect(job.people).toBe(2);
    await all(shop);
    expect(
      couponRows(shop.db)
        .map(({ memberId: id }) => id)
        .toSorted(),
    ).toEqual([memberId(shop.db, 'ext:pos:milk'), memberId(shop.db, 'ext:pos:both')].toSorted());
  });

  test('by product, level, tag, store and associate; a manager’s group ends where her stores do', async () => {
    const shop = await openWith();
    await shop.tell(
      bought('gold', 'milk', { member: { externalId: 'gold', level: '金卡' } }),
      bought('plain', 'nappy', { store: '8006' }),
    );
    shop.db.all(
      `UPDATE members SET level = '金卡', associate_id = 'g7' WHERE id = ?`,
      memberId(shop.db, 'ext:pos:gold'),
    );
    const peopleOf = async (to: object, stores: readonly string[] | null = null): Promise<unknown> => {
      const job = await draw(shop, to, stores);
      return 'code' in job ? job.code : job.people;
    };
    expect(await peopleOf({ by: 'product', sku: 'nappy', days: 30 })).toBe(1);
    expect(await peopleOf({ by: 'level', level: '金卡' })).toBe(1);
    expect(await peopleOf({ by: 'store', storeId: '8006' })).toBe(1);
    expect(await peopleOf({ by: 'associate', associateId: 'g7' })).toBe(1);
    expect(await peopleOf({ by: 'tag', tag: '没有人' })).toBe('invalid');
    expect(await peopleOf({ by: 'level', level: '金卡' }, ['8006'])).toBe('invalid');
  });

  test('by level is who is of it today: not whose year as 高级 is over, but whom it came down to, and whom the office’s word ended for', async () => {
    const levels = {
      list: [{ name: '普通' }, { name: '高级', amountFen: 100_000 }, { name: 'VIP', amountFen: 300_000 }],
      keeping: { mode: 'months', months: 12, afterwards: 'down' },
    };
    const shop = await openShop({
      now: '2026-01-10 12:00',
      templates: [template('T10', { valueFen: 1_000, perMember: 1 })],
      settings: { levels: levels as never },
    });
    const spends = (who: string, amountFen: number, at: string, given: object = {}) =>
      shop.tell(
        sale({
          orderNo: `${who}-${at}`,
          member: { externalId: who },
          at,
          lines: [line({ amountFen })],
          ...given,
        }),
      );
    await spends('vip', 300_000, '2026-01-10 12:00');
    await spends('senior', 100_000, '2026-01-10 12:00');
    shop.clock.now = at('2026-12-01 12:00');
    await spends('fresh', 100_000, '2026-12-01 12:00');
    await spends('held', 300_000, '2026-12-01 12:00');
    // The office lets one of them wait as 普通 until the end of the year.
    const held = memberId(shop.db, 'ext:pos:held');
    const change = { level: { name: '普通', lastOn: '2026-12-31' } };
    await rebind(
      shop.engine,
      { id: 'rb1' as EventId, memberId: held as MemberId, change, reason: '查一查', by: '老板' },
      shop.clock.now,
    );
    shop.clock.now = at('2027-01-12 12:00');
    const groups: Record<string, unknown> = {};
    for (const level of ['普通', '高级', 'VIP']) {
      const drawn = await draw(shop, { by: 'level', level });
      groups[level] = 'code' in drawn ? drawn.code : drawn.people;
    }
    expect(groups).toEqual({ 普通: 1, 高级: 2, VIP: 1 });
    await begun(shop, { by: 'level', level: '高级' });
    await all(shop);
    expect(
      couponRows(shop.db)
        .map(({ memberId: id }) => id)
        .toSorted(),
    ).toEqual(['vip', 'fresh'].map((who) => memberId(shop.db, `ext:pos:${who}`)).toSorted());
    for (const level of ['普通', '高级', 'VIP']) {
      const asking = { stores: null, level, after: '', limit: 10, now: shop.clock.now };
      expect((await lookThrough(shop.db, null, asking)).items.length).toBe(groups[level]);
    }
  });

  test('a pasted list: phones and cards, one number of nobody counted, and the list is emptied when all is done', async () => {
    const shop = await openWith();
    await shop.tell(
      bought('A', 'milk', { member: { externalId: 'A', phone: '13912345487' } }),
      bought('B', 'milk', { member: { externalId: 'B', cardNo: 'C900' } }),
    );
    const job = await begun(shop, { by: 'list', numbers: ['13912345487 C900', '13700000000'] });
    expect([job.people, job.unknown]).toEqual([2, 1]);
    await all(shop);
    expect(couponRows(shop.db).length).toBe(2);
    expect((await readGrantJob(shop.db, job.id))?.audience).toEqual({ memberIds: [] });
  });
});

describe('everybody once', () => {
  test('10 members get theirs in pages of 4; nobody before it is confirmed, and nobody again after it is done', async () => {
    const shop = await openWith();
    await people(shop, 10);
    const job = await draw(shop);
    if ('code' in job) throw new Error(job.code);
    await all(shop);
    expect(couponRows(shop.db)).toEqual([]);
    await beginGrantJob(shop.db, job.id, shop.clock.now);
    await turn(shop);
    expect(await jobOf(shop, job)).toEqual({ state: 'running', counts: { given: 4 } });
    await all(shop);
    expect(await jobOf(shop, job)).toEqual({ state: 'done', counts: { given: 10 } });
    await beginGrantJob(shop.db, job.id, shop.clock.now);
    await all(shop);
    expect(perMember(shop)).toEqual(Array.from({ length: 10 }, () => 1));
    expect(
      shop.db.all(
        `SELECT DISTINCT cause FROM coupon_moves WHERE cause = 'grant:' || ?`,
        `${job.id}:${memberId(shop.db, 'ext:pos:M0')}`,
      ).length,
    ).toBe(1);
  });

  test('of 10 people 7 get one of 7; the other three are told apart, and the stock is never passed', async () => {
    const shop = await openWith({ stock: 7 });
    await people(shop, 10);
    const job = await begun(shop);
    await all(shop);
    expect(await jobOf(shop, job)).toEqual({ state: 'done', counts: { given: 7, stock: 3 } });
  });

  test('who has had the one that everybody may have gets no second, in another job either', async () => {
    const shop = await openWith({ perMember: 1 });
    await people(shop, 3);
    await begun(shop);
    await all(shop);
    const second = await begun(shop);
    await all(shop);
    expect(await jobOf(shop, second)).toEqual({ state: 'done', counts: { perMember: 3 } });
    expect(perMember(shop)).toEqual([1, 1, 1]);
  });

  test('killed after a page was given and before that was noted: it goes on, nobody has two, and the sums are right', async () => {
    const shop = await openWith({ stock: 100 });
    await people(shop, 10);
    const job = await begun(shop);
    const dying: Db = {
      batch: (statements) =>
        statements.some(({ sql }) => sql.includes('grant_outcomes'))
          ? Promise.reject(new Error('killed'))
          : shop.db.batch(statements),
    };
    await turn(shop);
    await expect(turn(shop, dying)).rejects.toThrow('killed');
    expect(couponRows(shop.db).length).toBe(8);
    await all(shop);
    expect(await jobOf(shop, job)).toEqual({ state: 'done', counts: { given: 10 } });
    expect(perMember(shop)).toEqual(Array.from({ length: 10 }, () => 1));
    expect(shop.db.all(`SELECT issued FROM coupon_template_counters`)).toEqual([{ issued: 10 }]);
  });

  test('two turns at once give each member one, and count each member once', async () => {
    const shop = await openWith({ stock: 100 });
    await people(shop, 10);
    const job = await begun(shop);
    for (let turns = 0; turns < 8; turns += 1) await Promise.all([turn(shop), turn(shop)]);
    expect(await jobOf(shop, job)).toEqual({ state: 'done', counts: { given: 10 } });
    expect(perMember(shop)).toEqual(Array.from({ length: 10 }, () => 1));
  });

  test('stopped in the middle, what was given stays, and nothing more is', async () => {
    const shop = await openWith();
    await people(shop, 10);
    const job = await begun(shop);
    await turn(shop);
    await endGrantJob(shop.db, job.id, shop.clock.now);
    await all(shop);
    expect([await jobOf(shop, job), couponRows(shop.db).length]).toEqual([
      { state: 'stopped', counts: { given: 4 } },
      4,
    ]);
    expect(await endGrantJob(shop.db, job.id, shop.clock.now)).toMatchObject({ code: 'already_ended' });
  });
});
