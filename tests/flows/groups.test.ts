/** 分组: how many events are decided at once is the engine's business; what comes of them is not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  campaign,
  line,
  plan,
  product,
  recharge,
  refund,
  sale,
  spend,
  template,
  voided,
  type Body,
} from '../support/builders.ts';
import { nounRows, unwoken } from '../support/kept.ts';
import { dayOf } from '../support/model.ts';
import { granted } from '../support/grants.ts';
import { emptied, everything, ledgerFaults, openShop, type Shop } from '../support/shop.ts';
import { sqliteDb, type TestDb } from '../support/sqlite.ts';
import type { Changes } from '../../workers/decide/changes.ts';
import { counterNames } from '../../workers/decide/counters/index.ts';
import {
  changesOfNoun,
  rowsOfNoun,
  noRows,
  sliceNames,
  slices,
  type Rows,
} from '../../workers/decide/slices/index.ts';
import { apply, writes } from '../../workers/db/world/apply.ts';
import { readPending } from '../../workers/db/inbox/pending.ts';
import { load } from '../../workers/db/world/load.ts';
import { fold } from '../../workers/decide/fold.ts';
import { needsOf } from '../../workers/decide/decide.ts';
import type { World } from '../../workers/decide/world.ts';
import { events } from '../support/inbox.ts';

const numRuns = 40;

/** Everything is scarce here: slots, days, budget and coupons. */
const scarceShop = (database: TestDb): Promise<Shop> =>
  openShop({
    db: emptied(database),
    campaigns: [
      campaign('two-in-all', {
        conditions: [spend(5_000)],
        limits: { total: 2, perMember: 1 },
        rewards: [
          { kind: 'red-packet', minFen: 100, maxFen: 900 },
          { kind: 'coupon', templateId: '稀缺券', count: 1 },
        ],
      }),
      campaign('once-a-day', {
        conditions: [spend(8_000)],
        limits: { perMemberPerDay: 1, budgetFen: 2_500 },
        group: 'tiers',
        rewards: [{ kind: 'red-packet', minFen: 300, maxFen: 1_200 }],
      }),
      campaign('consolation', {
        conditions: [spend(8_000)],
        group: 'tiers',
        rewards: [{ kind: 'points', points: 33 }],
      }),
      campaign('each-60', {
        conditions: [spend(6_000)],
        repeat: 'multiple',
        rewards: [{ kind: 'coupon', templateId: '稀缺券', count: 1 }],
      }),
      campaign('welcome', {
        trigger: 'member.created',
        rewards: [
          { kind: 'coupon', templateId: '新人券', count: 1 },
          { kind: 'points', points: 10 },
        ],
      }),
    ],
    templates: [template('稀缺券', { stock: 4, perMember: 2 }), template('新人券')],
    plans: [plan('any')],
    settings: { points: { expiry: { mode: 'months', months: 1 }, pendingDays: 1 } } as never,
    products: [
      product({ sku: 'milk', tags: ['奶粉客'] }),
      product({ sku: 'nappy', pointsFactorMilli: 3000 }),
    ],
  });

const who = [
  { externalId: 'M1' },
  { phone: '13912345401' },
  { externalId: 'M1', phone: '13912345401' },
  { externalId: 'M2', openid: 'open-2' },
  { cardNo: 'C2', phone: '13912345402' },
  { externalId: 'M2', cardNo: 'C2' },
  { phone: '139****5401' },
  null,
];

const lineArbitrary = fc.record({
  sku: fc.constantFrom('milk', 'nappy', 'unknown'),
  kind: fc.constantFrom(
    'normal',
    'normal',
    'normal',
    'gift',
    'exchange_in',
    'service',
    'points_exchange',
  ) as fc.Arbitrary<'normal'>,
  quantity: fc.constantFrom('1', '2', '0.515'),
  amountFen: fc.integer({ min: 0, max: 14_000 }),
});

const saleArbitrary = fc
  .record({
    order: fc.nat(5),
    version: fc.integer({ min: 1, max: 3 }),
    member: fc.constantFrom(...who),
    lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 12 }),
    offFen: fc.nat(500),
    pointsFen: fc.constantFrom(0, 0, 700),
    day: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ order, version, member, lines, offFen, pointsFen, day }) => {
    const whole = sale({ lines }).data.amounts.paidFen;
    return sale({
      orderNo: `order-${String(order)}`,
      version: String(version),
      id: `sale-${String(order)}-${String(version)}-${JSON.stringify(lines)}`.slice(0, 128),
      at: dayOf(day, order),
      member,
      lines,
      paidFen: Math.max(0, whole - offFen),
      payments: pointsFen > 0 ? [{ method: 'points', amountFen: pointsFen }] : [],
    });
  });

const refundArbitrary = fc
  .record({
    order: fc.nat(5),
    number: fc.nat(3),
    version: fc.integer({ min: 1, max: 3 }),
    scope: fc.constantFrom('full', 'partial', 'partial', 'no_original') as fc.Arbitrary<'full'>,
    member: fc.constantFrom(...who),
    lines: fc.array(
      fc.record({
        line: lineArbitrary,
        original: fc.constantFrom('1', '2', '10', null),
        isAway: fc.boolean(),
      }),
      {
        maxLength: 3,
      },
    ),
    refundedFen: fc.nat(9_000),
    day: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ order, number, version, scope, member, lines, refundedFen, day }) =>
    refund({
      refundNo: `R${String(order)}/${String(number)}`,
      version: String(version),
      orderNo: `order-${String(order)}`,
      scope,
      member,
      at: dayOf(day, 60 + number),
      lines: lines.map(({ line: returned, original, isAway }) => ({
        ...line(returned),
        originalLineNo: original,
        kind: isAway ? 'exchange_out' : 'normal',
      })),
      refundedFen,
    }),
  );

const rechargeArbitrary = fc
  .record({
    number: fc.nat(2),
    member: fc.constantFrom(...who),
    principalFen: fc.constantFrom(10_000, 20_000),
  })
  .map(({ number, ...given }) => recharge({ rechargeNo: `CZ${String(number)}`, ...given }));

const memberArbitrary: fc.Arbitrary<Body> = fc.oneof(
  fc
    .record({
      from: fc.constantFrom(...who.filter((one) => one !== null)),
      into: fc.constantFrom(...who.filter((one) => one !== null)),
    })
    .map(({ from, into }): Body => ({
      type: 'member.merged',
      id: `merge-${JSON.stringify([from, into])}`.slice(0, 128),
      occurredAt: '2026-11-05T10:00:00+08:00',
      data: { from, into },
    })),
  fc
    .record({ ref: fc.constantFrom(...who.filter((one) => one !== null)), name: fc.constantFrom('李', '王') })
    .map(({ ref, name }): Body => ({
      type: 'member.updated',
      id: `update-${JSON.stringify([ref, name])}`.slice(0, 128),
      occurredAt: '2026-11-05T10:00:00+08:00',
      data: { ...ref, name },
    })),
  fc.constantFrom(...who.filter((one) => one !== null)).map((ref): Body => ({
    type: 'member.deleted',
    id: `delete-${JSON.stringify(ref)}`.slice(0, 128),
    occurredAt: '2026-11-06T10:00:00+08:00',
    data: ref,
  })),
);

const awkward = fc.array(
  fc.oneof(
    { arbitrary: saleArbitrary, weight: 8 },
    { arbitrary: refundArbitrary, weight: 5 },
    { arbitrary: fc.nat(5).map((order) => voided({ orderNo: `order-${String(order)}` })), weight: 1 },
    { arbitrary: memberArbitrary, weight: 1 },
    { arbitrary: rechargeArbitrary, weight: 1 },
  ),
  { minLength: 1, maxLength: 14 },
);

/** One request for each, as a till sends them: an id that comes again with another body is another revision. */
async function receive(shop: Shop, events: readonly object[]): Promise<void> {
  for (const event of events) await shop.post(event);
}

describe('any awkward history', () => {
  test('comes to the same, row for row, decided one by one, in threes or all at once', async () => {
    const database = sqliteDb();
    await fc.assert(
      fc.asyncProperty(awkward, async (events) => {
        const results = [];
        for (const groupSize of [1, 3, 250]) {
          const shop = await scarceShop(database);
          await receive(shop, events);
          await shop.work(groupSize);
          results.push(everything(shop.db));
          expect([...ledgerFaults(shop.db), ...unwoken(shop.db)]).toEqual([]);
          expect(limitFaults(shop)).toEqual([]);
          expect(surprises(shop)).toEqual([]);
          // A ticket that owes points makes room for what another member could not give back.
          if (!JSON.stringify(events).includes('exchange_in')) expect(gains(shop)).toEqual([]);
        }
        const [one, three, all] = results;
        expect(three).toEqual(one);
        expect(all).toEqual(one);
      }),
      { numRuns },
    );
  });

  test('leaves in the database exactly what was folded in memory', async () => {
    const database = sqliteDb();
    await fc.assert(
      fc.asyncProperty(awkward, fc.nat(8), async (events, before) => {
        const shop = await scarceShop(database);
        await receive(shop, events.slice(0, before));
        await shop.work();
        await receive(shop, events.slice(before));
        const { folded, reloaded } = await foldAndReload(shop);
        expect(reloaded).toEqual(folded);
      }),
      { numRuns },
    );
  });
});

/** No slot, no budget and no coupon beyond what the merchant set. */
function limitFaults({ db }: Shop): unknown[] {
  return [
    ...db.all(
      `SELECT * FROM campaign_counters WHERE used > coalesce(total_limit, used) OR spent_fen > coalesce(budget_fen, spent_fen)`,
    ),
    ...db.all(
      `WITH ${granted} SELECT c.campaign_id, c.used FROM campaign_counters AS c WHERE c.total_limit IS NOT NULL AND c.used <
         (SELECT count(*) FROM granted AS g WHERE g.campaign_id = c.campaign_id AND g.times > 0)`,
    ),
    ...db.all(
      `WITH ${granted} SELECT c.campaign_id, c.spent_fen FROM campaign_counters AS c WHERE c.budget_fen IS NOT NULL AND c.spent_fen <
         (SELECT coalesce(sum(cost_fen), 0) FROM granted AS g WHERE g.campaign_id = c.campaign_id AND g.times > 0)`,
    ),
    ...db.all(
      `SELECT template_id, count(*) AS n FROM coupons WHERE state <> 'revoked' AND template_id = '稀缺券' GROUP BY 1 HAVING n > 4`,
    ),
  ];
}

/** Nobody ever holds more than what stands for the sales and registrations says: returns and corrections cannot be milked. */
function gains({ db }: Shop): unknown[] {
  return db.all(
    `WITH ${granted}, held(account, n) AS (SELECT account, sum(delta) FROM ledger GROUP BY 1),
       stands(account, n) AS (
         SELECT 'points', (SELECT coalesce(sum(points), 0) FROM sales) + (SELECT coalesce(sum(awards ->> 'points'), 0) FROM granted)
         UNION ALL SELECT 'growth', (SELECT coalesce(sum(growth), 0) FROM sales)
         UNION ALL SELECT 'wallet', (SELECT coalesce(sum(awards ->> 'redPacketFen'), 0) FROM granted))
     SELECT held.account, held.n AS held, stands.n AS stands FROM held JOIN stands USING (account)
     WHERE held.n > stands.n OR (held.account = 'wallet' AND held.n <> stands.n)`,
  );
}

/** Content that cannot be taken as it is may be parked, but never because of a fault of ours. */
function surprises({ db }: Shop): unknown[] {
  return db.all(
    `SELECT type, state, note, body FROM ${events} WHERE state = 'received' OR (state = 'parked' AND note ->> '$.code' NOT IN
       ('NUMBER_TAKEN', 'SALE_CHANGED', 'IDENTITY_MISSING', 'REFUND_CHANGED', 'ORPHAN_REFUND_CHANGED', 'RECHARGE_CHANGED', 'RECHARGE_MOVED',
        'REFUND_TAKEN_BEFORE', 'REFUND_EXCEEDS', 'SALE_BELOW_REFUNDS'))`,
  );
}

async function foldAndReload(shop: Shop) {
  const { engine, db, clock } = shop;
  const { events: rows } = await readPending(db, 250);
  const told = (await engine.normalise(rows)).flatMap((normalised) =>
    'event' in normalised ? [normalised.event] : [],
  );
  const needs = needsOf(told);
  const look = async (members: readonly string[]) =>
    load(db, {
      eventIds: [],
      seqs: [],
      needs: { ...needs, members: new Set([...needs.members, ...(members as never[])]) },
      isDeep: true,
      config: await engine.config.get(),
      seeds: await engine.seeds(needs.seeds),
      now: clock.now,
    });
  const loaded = await look([]);
  const { world } = loaded;
  const { changes } = fold(world, told);
  await apply(db, writes({ ...loaded, changes, appliedIds: [], closings: [], now: clock.now }));
  const again = await look([...changes.members]);
  const touched = new Set<string>(changes.members);
  return {
    folded: { ...facts(world, touched), put: rowsPut(changes, world) },
    reloaded: { ...facts(again.world, touched), put: rowsPut(changes, storedRows(db)) },
  };
}

/** Every row of every noun that the group put, without how often it was written. */
const rowsPut = (changes: Changes, rows: Rows): unknown[] =>
  sliceNames.flatMap((name) => {
    const { rows: map, changed } = changesOfNoun(name, rows, changes.rows);
    return [...changed].toSorted().map((key) => [name, key, { ...(map.get(key) as object), rev: 0, seq: 0 }]);
  });

function storedRows(db: TestDb): Rows {
  const rows = noRows();
  for (const name of sliceNames) {
    const { slice, rows: map } = rowsOfNoun(name, rows);
    for (const row of nounRows(db, name)) map.set(slice.keyOf(row), row);
  }
  return rows;
}

/** What a world says of the members a group touched, without how often it was written. */
function facts(world: World, touched: ReadonlySet<string>) {
  const of = <Key, Row>(rows: ReadonlyMap<Key, Row>, isMine: (row: Row, key: Key) => boolean): [Key, Row][] =>
    [...rows].filter(([key, row]) => isMine(row, key)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const owned = sliceNames
    .filter((name) => slices[name].merge.how === 'join')
    .map((name) => {
      const { slice, rows } = rowsOfNoun(name, world);
      return [name, of(rows, (row) => touched.has(slice.ownerOf(row) ?? ''))];
    });
  return {
    members: of(world.members, ({ id }) => touched.has(id)).map(([, member]) => ({ ...member, version: 0 })),
    identities: of(world.identities, (id) => touched.has(id)),
    heads: of(world.heads, (_, key) => touched.has(key.split('\n')[0] ?? '')).map(
      ([key, { seq, balance, credited, lots }]) => [key, seq, balance, credited, lots],
    ),
    owned,
    counters: counterNames.map((name) => [name, of<string, unknown>(world[name], () => true)]),
    sales: of(world.sales, () => true).map(([, sold]) => ({ ...sold, rev: 0 })),
    lines: of(world.lines, () => true).map(([id, lines]) => [
      id,
      lines.toSorted((a, b) => (a.lineNo < b.lineNo ? -1 : 1)),
    ]),
    refunds: of(world.refunds, () => true).map(([id, refunds]) => [
      id,
      refunds.toSorted((a, b) => (a.refundNo < b.refundNo ? -1 : 1)),
    ]),
    grants: of(world.grants, () => true)
      .filter(([cause]) => cause.startsWith('sale:'))
      .map(([cause, grants]) => [cause, grants.toSorted((a, b) => (a.campaignId < b.campaignId ? -1 : 1))]),
  };
}
