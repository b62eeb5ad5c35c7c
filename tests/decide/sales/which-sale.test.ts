/** 是不是同一单: two receipts of one number are told apart by place and buyer, and nobody's points go to somebody else in silence. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reason } from '../../../schema/index.ts';
import {
  campaign,
  line,
  refund,
  sale,
  spend,
  store,
  voided,
  type SaleGiven,
} from '../../support/builders.ts';
import {
  balanceOf,
  emptied,
  inboxRows,
  ledgerFaults,
  ledgerRows,
  memberRows,
  openShop,
  saleRows,
  type Shop,
  type ShopSetup,
} from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';

const first: SaleGiven = { orderNo: '1', store: 'A', terminal: '01', at: '2026-11-21 12:00' };
const m1 = { externalId: 'M1' };
const m2 = { externalId: 'M2' };
const worth = (amountFen: number) => ({ lines: [line({ amountFen })] });

/** M1 bought for 100 in store A at terminal 01 on the 21st, and then the till tells this under the same number. */
async function then(
  given: SaleGiven,
  before: SaleGiven = { member: m1 },
  setup: ShopSetup = {},
): Promise<Shop> {
  const shop = await openShop(setup);
  await shop.tell(sale({ ...first, id: 'first', ...before }));
  await shop.tell(sale({ ...first, id: 'then', ...given }));
  return shop;
}
const ended = ({ db }: Shop): [string, Reason | null] => {
  const row = inboxRows(db).at(-1);
  if (!row) throw new Error('nothing was told');
  return [row.state, row.note];
};
/** Of M1 and M2; nobody is made for a receipt that is parked. */
const points = ({ db }: Shop): number[] =>
  ['M1', 'M2'].map((id) => {
    const known = db.all(`SELECT 1 FROM identities WHERE key = ?`, `ext:pos:${id}`).length > 0;
    return known ? balanceOf(db, `ext:pos:${id}`) : 0;
  });

describe('another buyer', () => {
  test.each([
    ['store', { store: 'B' }, 'A', 'B', 'per-store'],
    ['terminal', { terminal: '02' }, '01', '02', 'per-terminal-day'],
    ['day', { at: '2026-11-22 12:00' }, '2026-11-21', '2026-11-22', 'per-store-day'],
  ] as const)(
    'in another %s is parked whatever the version, and M1 keeps 100',
    async (part, place, known, told, numbering) => {
      for (const version of ['1', '2', '0']) {
        const shop = await then({ ...place, version, member: m2, ...worth(20_000) });
        expect(ended(shop)).toEqual([
          'parked',
          { code: 'NUMBER_TAKEN', about: 'sale', number: '1', differs: [{ part, known, told }], numbering },
        ]);
        expect(points(shop)).toEqual([100, 0]);
        expect(memberRows(shop.db)).toHaveLength(1);
      }
    },
  );

  test('of the same coffee the day after is parked as well: M1 keeps 100, and M2’s is not passed over', async () => {
    const shop = await then({ at: '2026-11-22 12:00', member: m2 });
    expect(ended(shop)[0]).toBe('parked');
    expect(points(shop)).toEqual([100, 0]);
  });

  test('who is nobody, in another store, takes nothing from M1', async () => {
    const shop = await then({ store: 'B', version: '2', member: null, ...worth(20_000) });
    expect(ended(shop)[0]).toBe('parked');
    expect(points(shop)).toEqual([100, 0]);
  });

  test('alone is a correction: M1 gives 100 back, and M2 has 200', async () => {
    const shop = await then({ version: '2', member: m2, ...worth(20_000) });
    expect(ended(shop)[0]).toBe('done');
    expect(points(shop)).toEqual([0, 200]);
  });

  test('alone, under the same version, is for a person to decide', async () => {
    const shop = await then({ member: m2 });
    expect(ended(shop)).toEqual(['parked', { code: 'SALE_CHANGED', orderNo: '1', version: '1' }]);
    expect(points(shop)).toEqual([100, 0]);
  });
});

describe('the same buyer', () => {
  test('past midnight is a correction: 100 becomes 80 on the next day', async () => {
    const shop = await then({ at: '2026-11-22 00:05', version: '2', member: m1, ...worth(8_000) });
    expect(points(shop)).toEqual([80, 0]);
    expect(saleRows(shop.db).map(({ occurredOn }) => occurredOn)).toEqual(['2026-11-22']);
  });

  test('in another zone buys on the day of the shop’s clock', async () => {
    const tokyo = [store({ id: 'A', timezone: 'Asia/Tokyo' })];
    const late = { at: '2026-11-21 22:59', member: null };
    // One minute later it is midnight in Tokyo, not in Shanghai.
    const shop = await then({ ...late, at: '2026-11-21 23:00', ...worth(7_000) }, late, { stores: tokyo });
    expect(ended(shop)[1]).toMatchObject({ differs: [{ known: '2026-11-21', told: '2026-11-22' }] });
  });

  test('by another phone and the same card is one buyer', async () => {
    const shop = await then(
      { store: 'B', version: '2', member: { cardNo: 'C1', phone: '13900000002' }, ...worth(8_000) },
      { member: { cardNo: 'C1', phone: '13900000001' } },
    );
    expect(ended(shop)[0]).toBe('done');
    expect(balanceOf(shop.db, 'card:pos:C1')).toBe(80);
  });

  test('who was two members until the till joined them is one buyer', async () => {
    const shop = await openShop();
    await shop.tell(sale({ ...first, id: 'first', member: { phone: '13900000001' } }));
    await shop.tell(sale({ id: 'x', orderNo: 'X', member: { cardNo: 'C2' }, at: '2026-11-20 12:00' }));
    await shop.tell({
      type: 'member.merged',
      id: 'joined',
      occurredAt: '2026-11-21T13:00:00+08:00',
      data: { from: { phone: '13900000001' }, into: { cardNo: 'C2' } },
    });
    await shop.tell(
      sale({ ...first, id: 'then', store: 'B', version: '2', member: { cardNo: 'C2' }, ...worth(8_000) }),
    );
    expect(ended(shop)[0]).toBe('done');
    expect(balanceOf(shop.db, 'card:pos:C2')).toBe(180);
  });

  test('whom the same telling would join is one buyer: the phone is M1’s, the card one of nobody else', async () => {
    const shop = await openShop();
    await shop.tell(sale({ ...first, id: 'first', member: { phone: '13900000001' } }));
    await shop.tell(sale({ id: 'x', orderNo: 'X', member: { cardNo: 'C2' }, at: '2026-11-20 12:00' }));
    const both = { cardNo: 'C2', phone: '13900000001' };
    await shop.tell(sale({ ...first, id: 'then', store: 'B', version: '2', member: both, ...worth(8_000) }));
    expect(ended(shop)[0]).toBe('done');
    expect(balanceOf(shop.db, 'card:pos:C2')).toBe(180);
  });

  test('whom a correction leaves out stays the buyer: 100 becomes 80', async () => {
    const shop = await then({ version: '2', member: null, ...worth(8_000) });
    expect(points(shop)).toEqual([80, 0]);
  });
});

describe('a card that is swiped late', () => {
  const bonus: ShopSetup = {
    campaigns: [
      campaign('满100送50', { conditions: [spend(10_000)], rewards: [{ kind: 'points', points: 50 }] }),
    ],
  };

  test.each([
    ['under the same version', { version: '1' }],
    ['under the next version', { version: '2' }],
    ['in a telling that was written before', { version: '0' }],
  ])('%s earns 100 and the campaign’s 50, once', async (_, version) => {
    const shop = await then({ ...version, member: m1 }, { member: null }, bonus);
    expect(points(shop)).toEqual([150, 0]);
    await shop.tell(
      sale({ ...first, id: 'again', ...version, member: m1 }),
      sale({ ...first, id: 'nobody', member: null }),
    );
    expect(points(shop)).toEqual([150, 0]);
    expect(memberRows(shop.db)).toMatchObject([{ orders: 1, spentFen: 10_000 }]);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('after midnight, for the same goods, earns', async () => {
    const shop = await then({ at: '2026-11-22 00:03', version: '2', member: m1 }, { member: null });
    expect([ended(shop)[0], points(shop)]).toEqual(['done', [100, 0]]);
  });

  test('of other goods, in another store, is another sale', async () => {
    const shop = await then({ store: 'B', version: '2', member: m1, ...worth(7_000) }, { member: null });
    expect([ended(shop)[0], points(shop)]).toEqual(['parked', [0, 0]]);
  });

  test('after a void earns nothing', async () => {
    const shop = await openShop();
    await shop.tell(sale({ ...first, id: 'first', member: null }), voided({ orderNo: '1' }));
    await shop.tell(sale({ ...first, id: 'then', version: '2', member: m1 }));
    expect(points(shop)).toEqual([0, 0]);
  });

  test('after a part came back earns what is left', async () => {
    const shop = await openShop();
    await shop.tell(sale({ ...first, id: 'first', member: null }));
    await shop.tell(
      refund({ orderNo: '1', lines: [line({ originalLineNo: '1', quantity: '0.4', amountFen: 4_000 })] }),
    );
    await shop.tell(sale({ ...first, id: 'then', member: m1 }));
    expect(points(shop)).toEqual([60, 0]);
  });
});

describe('without any buyer', () => {
  test('the same goods moved to another store are a correction', async () => {
    const shop = await then({ store: 'B', version: '2', member: null }, { member: null });
    expect(saleRows(shop.db).map(({ storeId }) => storeId)).toEqual(['B']);
  });

  test('other goods in another store are another sale, and the first one stays', async () => {
    const shop = await then({ store: 'B', version: '2', member: null, ...worth(7_000) }, { member: null });
    expect(ended(shop)[0]).toBe('parked');
    expect(saleRows(shop.db).map(({ storeId, paidFen }) => [storeId, paidFen])).toEqual([['A', 10_000]]);
  });
});

describe('what comes back under a number that is another sale’s', () => {
  const back = async (given: Parameters<typeof refund>[0]) => {
    const shop = await openShop();
    await shop.tell(sale({ ...first, id: 'first', member: m1 }));
    await shop.tell(
      refund({ orderNo: '1', lines: [line({ originalLineNo: '1', amountFen: 5_000 })], ...given }),
    );
    return shop;
  };

  test.each([
    ['of another day', { orderedOn: '2026-11-22' }],
    ['of another day, by the same buyer', { orderedOn: '2026-11-22', member: m1 }],
    ['in another store by another buyer', { store: { id: 'B' }, member: m2 }],
    [
      'in another store, of goods that were not in the basket',
      { store: { id: 'B' }, lines: [line({ sku: 'tea', amountFen: 500 })] },
    ],
  ])('%s is parked: M1 keeps 100', async (_, given) => {
    const shop = await back(given);
    expect(ended(shop)).toMatchObject(['parked', { code: 'NUMBER_TAKEN', about: 'refund' }]);
    expect(points(shop)).toEqual([100, 0]);
  });

  test.each([
    ['where it was bought', { store: { id: 'A' }, orderedOn: '2026-11-21' }],
    ['in another store, by its buyer', { store: { id: 'B' }, member: m1 }],
    ['in another store, by nobody, out of this basket', { store: { id: 'B' } }],
    ['in its store by somebody else, who was given it', { store: { id: 'A' }, member: m2 }],
  ])('%s is taken back: M1 keeps 50', async (_, given) => {
    const shop = await back(given);
    expect([ended(shop)[0], points(shop)]).toEqual(['done', [50, 0]]);
  });

  test('a void of another store or another day is parked, and M1 keeps 100', async () => {
    const shop = await openShop();
    await shop.tell(sale({ ...first, id: 'first', member: m1 }));
    for (const [id, place] of [
      ['v1', { store: { id: 'B' } }],
      ['v2', { orderedOn: '2026-11-22' }],
    ] as const) {
      await shop.tell(voided({ id, orderNo: '1', ...place }));
      expect(ended(shop)).toMatchObject(['parked', { code: 'NUMBER_TAKEN', about: 'void' }]);
    }
    expect(points(shop)).toEqual([100, 0]);
    await shop.tell(voided({ id: 'v3', orderNo: '1', store: { id: 'A' }, orderedOn: '2026-11-21' }));
    expect(points(shop)).toEqual([0, 0]);
  });
});

describe('the head office and the branch tell one sale, each as its own', () => {
  const told = { orderNo: '1', version: '7', member: m1, at: '2026-11-22 10:00' };
  const second = async (given: Parameters<typeof sale>[0], who: typeof m1 | null = m1) => {
    const shop = await openShop();
    await shop.tell(sale({ ...told, id: 'branch', store: 'A', member: who }));
    await shop.tell(sale({ ...told, id: 'office', store: 'office', member: who, ...given }));
    return [...ended(shop), saleRows(shop.db).map(({ storeId }) => storeId)];
  };
  test('the second is known: 100 points, at the branch', async () => {
    expect(await second({})).toEqual(['ignored', { code: 'SALE_KNOWN', orderNo: '1', version: '7' }, ['A']]);
  });
  test.each([
    ['a minute later', { at: '2026-11-22 10:01' }],
    ['of other goods', { lines: [line({ sku: 'tea' })] }],
    ['of another buyer', { member: m2 }],
    ['at another terminal', { terminal: '02' }],
  ])('%s it is another sale under the same number, and parked', async (what, given) => {
    const first = what === 'at another terminal' ? { terminal: '01' } : {};
    const shop = await openShop();
    await shop.tell(sale({ ...told, id: 'branch', store: 'A', ...first }));
    await shop.tell(sale({ ...told, id: 'office', store: 'office', ...given }));
    expect(ended(shop)).toMatchObject(['parked', { code: 'NUMBER_TAKEN' }]);
  });
  test('of two strangers nobody knows: it is parked', async () => {
    expect((await second({}, null))[0]).toBe('parked');
  });
});

const database = sqliteDb();
const telling = fc.record({
  member: fc.constantFrom(m1, m2, null, { externalId: 'M1', phone: '13900000001' }),
  store: fc.constantFrom('A', 'B'),
  terminal: fc.constantFrom('01', '02', undefined),
  at: fc.constantFrom('2026-11-21 12:00', '2026-11-21 23:59', '2026-11-22 00:01'),
  version: fc.constantFrom('1', '2', '20261122145900'),
  amountFen: fc.constantFrom(10_000, 20_000),
});

test('of any two tellings under one number, whoever had points keeps them, unless the second names another buyer at the same place', async () => {
  await fc.assert(
    fc.asyncProperty(telling, telling, async (one, other) => {
      const shop = await openShop({ db: emptied(database) });
      const tell = ({ terminal, amountFen, ...given }: typeof one, id: string) =>
        shop.tell(
          sale({
            orderNo: '1',
            id,
            ...given,
            ...(terminal !== undefined && { terminal }),
            ...worth(amountFen),
          }),
        );
      await tell(one, 'one');
      const owner = saleRows(shop.db)[0]?.memberId ?? null;
      await tell(other, 'other');
      const [state] = ended(shop);
      const after = saleRows(shop.db)[0];
      const isThere =
        one.store === other.store &&
        one.at.slice(0, 10) === other.at.slice(0, 10) &&
        (one.terminal === undefined || other.terminal === undefined || one.terminal === other.terminal);
      // The head office and the branch tell one sale.
      const isOnce =
        one.at === other.at && one.amountFen === other.amountFen && one.version === other.version;
      const isNamed = other.member !== null;
      const isAnother = isNamed && one.member !== null && one.member.externalId !== other.member?.externalId;
      // Nobody is disowned but by a later telling of the same place that names another.
      if (owner !== null && after?.memberId !== owner)
        expect([state, isThere, isAnother, other.version !== one.version]).toEqual([
          'done',
          true,
          true,
          true,
        ]);
      // And whoever is named is not passed over: what gives them nothing is parked, or known to be older.
      if (isNamed && state === 'ignored' && other.version >= one.version)
        expect([isThere || isOnce, isAnother, one.member]).toEqual([true, false, one.member ?? 'somebody']);
      // The points stand with the owner of the sale, and with nobody else.
      const standing = after?.memberId ? [after.points] : [];
      const held = ledgerRows(shop.db).filter(({ account }) => account === 'points');
      expect(held.reduce((sum, { delta }) => sum + delta, 0)).toBe(standing.reduce((sum, n) => sum + n, 0));
      expect(ledgerFaults(shop.db)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
