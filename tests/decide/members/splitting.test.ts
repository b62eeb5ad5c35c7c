/** 合并错了: within a day two members are two again, each with exactly what was theirs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { split, unite, type Merged } from '../../../workers/commands/members/merge.ts';
import type { MemberId } from '../../../schema/index.ts';
import { campaign, line, plan, recharge, refund, sale, template, type Body } from '../../support/builders.ts';
import { linesOf } from '../../support/forgetting.ts';
import {
  balanceOf,
  couponRows,
  emptied,
  ledgerFaults,
  memberId,
  openShop,
  type Shop,
} from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';

const setup = {
  templates: [template('满减')],
  campaigns: [
    campaign('送券', {
      conditions: [],
      limits: { perMember: 3, perMemberPerDay: 2 },
      rewards: [
        { kind: 'coupon', templateId: '满减', count: 1 },
        { kind: 'points', points: 7 },
        { kind: 'tag', tag: '买过' },
      ],
    }),
  ],
  plans: [plan('奶粉', { notify: ['member', 'associate'] })],
};
const li = { externalId: 'L', phone: '13912345487', name: '李女士' };
const wang = { externalId: 'W', phone: '13866309097', name: '王女士' };

let keys = 0;
const nextKey = (): string => String((keys += 1)).padStart(26, '0');
const idOf = ({ db }: Shop, who: { externalId: string }): MemberId =>
  memberId(db, `ext:pos:${who.externalId}`) as MemberId;

type Pair = { readonly fromId: MemberId; readonly intoId: MemberId };
const pairOf = (shop: Shop): Pair => ({ fromId: idOf(shop, wang), intoId: idOf(shop, li) });
const join = ({ engine, clock }: Shop, pair: Pair): Promise<Merged> =>
  unite(engine, { key: nextKey(), ...pair }, clock.now);
const part = ({ engine, clock }: Shop, pair: Pair): Promise<Merged> =>
  split(engine, { key: nextKey(), ...pair }, clock.now);

/** Every line but the ledger’s, which is only added to, members’, which are looked at below, and moments to look at reminders. */
const bookkeeping = /^(ledger|applied_events|settings|members|due) /;
const known = ({ db }: Shop): Record<string, string> =>
  Object.fromEntries(
    [...linesOf(db)].filter(([key]) => !bookkeeping.test(key)).map(([key, { text }]) => [key, text]),
  );

/** A member’s row with what is kept in it, but for how often it was written and how many postings there were. */
const people = ({ db }: Shop): unknown[] =>
  db.all(`SELECT * FROM members ORDER BY id`).map(({ version: _version, document, ...row }) => {
    const { heads: _, ...kept } = JSON.parse((document ?? '{}') as string) as Record<string, unknown>;
    return [row, kept];
  });
const accountsOf = ({ db }: Shop): unknown[] =>
  db.all(
    `SELECT member_id, account, sum(delta) AS has FROM ledger GROUP BY 1, 2 HAVING has <> 0 ORDER BY 1, 2`,
  );
const all = (shop: Shop): unknown => [known(shop), people(shop), accountsOf(shop)];

async function two(): Promise<Shop> {
  const shop = await openShop(setup);
  await shop.tell(
    sale({ orderNo: 'L1', member: li, paidFen: 20_000, lines: [line({ amountFen: 20_000 })] }),
    sale({ orderNo: 'W1', member: wang, paidFen: 5_000, lines: [line({ amountFen: 5_000 })] }),
  );
  return shop;
}

describe('two members made one by hand, and two again', () => {
  test('have each their sales, coupons, points, tags, reminders and numbers as before', async () => {
    const shop = await two();
    const [before, pair] = [all(shop), pairOf(shop)];
    expect(await join(shop, pair)).toMatchObject({ member: { id: pair.intoId, orders: 2 } });
    expect(balanceOf(shop.db, 'ext:pos:L')).toBe(250 + 14);
    expect(all(shop)).not.toEqual(before);
    expect(await part(shop, pair)).toMatchObject({ member: { id: pair.fromId, name: '王女士', orders: 1 } });
    expect(all(shop)).toEqual(before);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('what was bought in between stays with the one who stayed', async () => {
    const shop = await two();
    const pair = pairOf(shop);
    await join(shop, pair);
    await shop.tell(sale({ orderNo: 'L2', member: li, paidFen: 1_000, lines: [line({ amountFen: 1_000 })] }));
    await part(shop, pair);
    expect([balanceOf(shop.db, 'ext:pos:L'), balanceOf(shop.db, 'ext:pos:W')]).toEqual([
      200 + 7 + 10,
      50 + 7,
    ]);
    expect(couponRows(shop.db).filter((coupon) => coupon.memberId === pair.fromId)).toHaveLength(1);
    await shop.tell(refund({ orderNo: 'W1', refundNo: 'R1', refundedFen: 5_000 }));
    expect(balanceOf(shop.db, 'ext:pos:W')).toBe(0);
  });

  test('are told apart exactly, whatever each had', async () => {
    const db = sqliteDb();
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 12 }), fc.boolean(), async (told, isSwapped) => {
        const shop = await openShop({ ...setup, db: emptied(db) });
        await shop.tell(sale({ orderNo: 'L0', member: li }), sale({ orderNo: 'W0', member: wang }), ...told);
        const { fromId, intoId } = pairOf(shop);
        const pair = isSwapped ? { fromId: intoId, intoId: fromId } : { fromId, intoId };
        const before = all(shop);
        expect(await join(shop, pair)).toHaveProperty('member');
        expect(await part(shop, pair)).toHaveProperty('member');
        expect(all(shop)).toEqual(before);
        expect(ledgerFaults(shop.db)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

const refs = fc.constantFrom(li, wang);
const orders = fc.integer({ min: 1, max: 6 });
const anything: fc.Arbitrary<Body> = fc.oneof(
  fc
    .tuple(refs, orders, fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 10, max: 21 }))
    .map(([member, order, fen, day]): Body =>
      sale({
        orderNo: `S${order}`,
        at: `2026-11-${day} 10:00`,
        member,
        paidFen: fen,
        lines: [line({ amountFen: fen })],
      }),
    ),
  fc
    .tuple(orders, fc.integer({ min: 1, max: 300 }))
    .map(([order, fen]): Body =>
      refund({ orderNo: `S${order}`, refundNo: `R${order}-${fen}`, refundedFen: fen }),
    ),
  fc
    .tuple(refs, orders)
    .map(([member, order]): Body => recharge({ rechargeNo: `C${order}`, id: `recharge-${order}`, member })),
);

describe('a merger is not undone', () => {
  test('after a day', async () => {
    const shop = await two();
    const pair = pairOf(shop);
    await join(shop, pair);
    shop.clock.now += 86_400_001;
    expect(await part(shop, pair)).toEqual({ refusal: { code: 'MERGED_LONG_AGO' } });
  });

  test('where there was none, and twice', async () => {
    const shop = await two();
    const pair = pairOf(shop);
    expect(await part(shop, pair)).toEqual({ refusal: { code: 'NOT_MERGED' } });
    await join(shop, pair);
    await part(shop, pair);
    expect(await part(shop, pair)).toEqual({ refusal: { code: 'NOT_MERGED' } });
  });

  test('when one of the sales that went over was returned since', async () => {
    const shop = await two();
    const pair = pairOf(shop);
    await join(shop, pair);
    await shop.tell(refund({ orderNo: 'W1', refundNo: 'R1', refundedFen: 5_000 }));
    expect(await part(shop, pair)).toEqual({ refusal: { code: 'SALE_SINCE' } });
  });

  test('when the points were spent since: it says how many there are and how many were hers', async () => {
    const shop = await openShop(setup);
    await shop.tell(
      sale({ orderNo: 'W1', member: wang, paidFen: 50_000, lines: [line({ amountFen: 50_000 })] }),
      { type: 'member.created', id: 'li', occurredAt: '2026-11-22T10:00:00+08:00', data: li },
    );
    const pair = pairOf(shop);
    await join(shop, pair);
    await correctPoints(shop.engine, { key: nextKey(), memberId: pair.intoId, delta: -500 }, shop.clock.now);
    expect(await part(shop, pair)).toEqual({
      refusal: { code: 'SPENT_SINCE', account: 'points', have: 7, need: 507 },
    });
  });

  test('before the one that came after it: last in, first out', async () => {
    const shop = await two();
    const zhao = { externalId: 'Z', phone: '13700000001', name: '赵女士' };
    await shop.tell(sale({ orderNo: 'Z1', member: zhao }));
    const before = all(shop);
    const [first, second] = [pairOf(shop), { fromId: idOf(shop, zhao), intoId: idOf(shop, li) }];
    await join(shop, first);
    await join(shop, second);
    expect(await part(shop, first)).toEqual({ refusal: { code: 'MERGED_ON' } });
    await part(shop, second);
    await part(shop, first);
    expect(all(shop)).toEqual(before);
  });
});

describe('a merger that a till told', () => {
  const merged = (from: object, into: object): Body => ({
    type: 'member.merged',
    id: 'm1',
    occurredAt: '2026-11-22T15:00:00+08:00',
    data: { from, into },
  });

  test('is undone like one by hand', async () => {
    const shop = await two();
    const [before, pair] = [people(shop), pairOf(shop)];
    await shop.tell(merged({ externalId: 'W' }, { externalId: 'L' }));
    expect(await part(shop, pair)).toHaveProperty('member');
    expect(people(shop)).toEqual(before);
  });

  test('is not noted where it came in one batch with what it moved: nothing is offered that could not be kept', async () => {
    const shop = await openShop(setup);
    await shop.tell(
      sale({ orderNo: 'L1', member: li }),
      sale({ orderNo: 'W1', member: wang }),
      merged({ externalId: 'W' }, { externalId: 'L' }),
    );
    expect(shop.db.all(`SELECT * FROM mergers`)).toEqual([]);
  });
});

test('whoever asks to be forgotten takes the record of a merger along', async () => {
  const shop = await two();
  await join(shop, pairOf(shop));
  await shop.tell({ type: 'member.deleted', id: 'd', occurredAt: '2026-11-22T15:00:00+08:00', data: li });
  expect(shop.db.all(`SELECT * FROM mergers`)).toEqual([]);
});
