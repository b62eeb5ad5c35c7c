/** 过去: nothing that is told of the past gives or wakes, in whatever order and grouping it comes; it only counts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDate } from '../../workers/decide/plain/dates.ts';
import {
  at,
  campaign,
  line,
  plan,
  product,
  refund,
  sale,
  template,
  voided,
  type Body,
} from '../support/builders.ts';
import {
  couponRows,
  emptied,
  grantRows,
  ledgerFaults,
  ledgerRows,
  memberRows,
  openShop,
  outboxRows,
  runOutRows,
  tagsOf,
  type Shop,
  type ShopSetup,
} from '../support/shop.ts';
import { sqliteDb } from '../support/sqlite.ts';

const now = '2026-11-22 15:00';
/** Everything that a shop can give, promised since the morning. */
const promised = { conditions: [], inForceFrom: at('2026-11-22 08:00'), limits: { total: 900 } };
const gives: ShopSetup = {
  templates: [template('t', { stock: 900, perMember: 9 })],
  campaigns: [
    campaign('packet', { ...promised, rewards: [{ kind: 'red-packet', minFen: 1, maxFen: 900 }] }),
    campaign('coupon', { ...promised, rewards: [{ kind: 'coupon', templateId: 't' }] }),
    campaign('points', { ...promised, rewards: [{ kind: 'points', points: 7 }] }),
    campaign('tag', { ...promised, rewards: [{ kind: 'tag', tag: '活动标签' }] }),
    campaign('says', { ...promised, rewards: [{ kind: 'message', text: '谢谢' }] }),
    campaign('welcome', {
      ...promised,
      trigger: 'member.created',
      rewards: [{ kind: 'coupon', templateId: 't', count: 2 }],
    }),
  ],
};
const common: ShopSetup = {
  now,
  products: [product({ tags: ['喝奶粉'] }), product({ sku: 'soap', tags: ['洗护'] })],
  plans: [plan('S1', { notify: ['member', 'associate'] })],
};
const numRuns = 25;
const databases = [sqliteDb(), sqliteDb()] as const;

const dayOf = (day: number, hour: number): string => {
  const date = new Date(Date.UTC(2026, 9, 1 + day)).toISOString().slice(0, 10);
  return `${date} ${String(hour).padStart(2, '0')}:00`;
};

/** What became of one order, told from four to fifty days ago. */
const orderArbitrary = (orderNo: string): fc.Arbitrary<Body[]> =>
  fc
    .record({
      who: fc.constantFrom('M1', 'M2', 'M3'),
      day: fc.integer({ min: 0, max: 46 }),
      hour: fc.integer({ min: 0, max: 23 }),
      versions: fc.array(fc.tuple(fc.constantFrom('milk', 'soap'), fc.integer({ min: 1, max: 3 })), {
        minLength: 1,
        maxLength: 2,
      }),
      back: fc.constantFrom('nothing', 'nothing', 'some', 'dearer', 'all', 'void'),
      laterBy: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ who, day, hour, versions, back, laterBy }) => {
      const documents: Body[] = versions.map(([sku, pieces], index) =>
        sale({
          orderNo,
          version: String(index + 1),
          at: dayOf(day, hour),
          member: { externalId: who, openid: `o-${who}` },
          associate: { id: 'g7', name: '小王' },
          lines: [line({ sku, quantity: String(pieces), amountFen: pieces * 10_000 })],
        }),
      );
      const when = dayOf(day + laterBy, hour);
      const first = line({ originalLineNo: '1', sku: 'milk', amountFen: 10_000 });
      const common = { orderNo, refundNo: `${orderNo}/R`, at: when };
      if (back === 'some') documents.push(refund({ ...common, lines: [first] }));
      if (back === 'all') documents.push(refund(common));
      if (back === 'void') documents.push(voided({ orderNo, at: when }));
      if (back === 'dearer') {
        const dearer = line({ kind: 'exchange_out', sku: 'soap', amountFen: 40_000 });
        documents.push(refund({ ...common, lines: [first, dearer], refundedFen: 0 }));
      }
      return documents;
    });

const memberArbitrary: fc.Arbitrary<Body> = fc
  .record({ who: fc.constantFrom('M1', 'M2', 'M4'), day: fc.integer({ min: 0, max: 50 }) })
  .map(({ who, day }) => ({
    type: 'member.created',
    id: `${who}-${String(day)}`,
    occurredAt: `${dayOf(day, 10).replace(' ', 'T')}:00+08:00`,
    data: { externalId: who, openid: `o-${who}`, name: who },
  }));

const pastArbitrary = fc
  .record({
    orders: fc
      .integer({ min: 1, max: 5 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, place) => orderArbitrary(`N${String(place)}`))),
      ),
    members: fc.array(memberArbitrary, { maxLength: 2 }),
    groupSize: fc.constantFrom(1, 3, 250),
  })
  .chain(({ orders, members, groupSize }) => {
    const documents = [...orders.flat(), ...members];
    return fc.record({
      documents: fc.shuffledSubarray(documents, { minLength: documents.length, maxLength: documents.length }),
      groupSize: fc.constant(groupSize),
    });
  });

async function told(
  place: 0 | 1,
  setup: ShopSetup,
  bodies: readonly object[],
  groupSize: number,
): Promise<Shop> {
  const shop = await openShop({ ...common, ...setup, db: emptied(databases[place]) });
  await shop.post(...bodies);
  await shop.work(groupSize);
  expect(ledgerFaults(shop.db)).toEqual([]);
  return shop;
}

/** What was given out beside the sale's own points, and who was woken. */
const given = ({ db }: Shop) => ({
  wallet: ledgerRows(db).filter(({ account }) => account === 'wallet'),
  coupons: couponRows(db),
  grants: grantRows(db),
  messages: outboxRows(db),
  campaigns: db.all(`SELECT campaign_id FROM campaign_counters WHERE used <> 0 OR spent_fen <> 0`),
  stock: db.all(`SELECT template_id FROM coupon_template_counters WHERE issued <> 0`),
});
const nothing = { wallet: [], coupons: [], grants: [], messages: [], campaigns: [], stock: [] };

/** Of each member, by the number on the card. */
const counted = ({ db }: Shop) => {
  const members = memberRows(db);
  return db
    .all(`SELECT key, member_id AS id FROM identities WHERE key LIKE 'ext:%' ORDER BY key`)
    .map((owner) => {
      const { orders, spentFen, firstAt, lastAt } = members.find(({ id }) => id === owner['id']) ?? {};
      return { key: owner['key'], orders, spentFen, firstAt, lastAt, tags: tagsOf(db, String(owner['key'])) };
    });
};

/** Promised ever since: it is history, not its age, that leaves them out. */
const everDays = (gives.campaigns ?? []).map((version) => ({ ...version, inForceFrom: 0 }));

test('told for the record it counts like anything else, with its tags, and leaves no point, gift, message, reminder or count behind', async () => {
  await fc.assert(
    fc.asyncProperty(pastArbitrary, async ({ documents, groupSize }) => {
      const record = documents.map((body) => ({ ...body, history: true }));
      const asHistory = await told(0, { ...gives, campaigns: everDays }, record, groupSize);
      expect(given(asHistory)).toEqual(nothing);
      expect(ledgerRows(asHistory.db)).toEqual([]);
      expect(runOutRows(asHistory.db)).toEqual([]);
      expect(asHistory.db.all('SELECT * FROM due')).toEqual([]);
      const asSales = await told(1, {}, documents, groupSize);
      expect(counted(asHistory)).toEqual(counted(asSales));
    }),
    { numRuns },
  );
});

test('told late by the till it earns its own points, and nothing that was promised since; nobody is told, and no reminder is set for what is empty', async () => {
  await fc.assert(
    fc.asyncProperty(pastArbitrary, async ({ documents, groupSize }) => {
      const late = await told(0, gives, documents, groupSize);
      expect(given(late)).toEqual(nothing);
      const plain = await told(1, {}, documents, groupSize);
      expect(ledgerRows(late.db)).toEqual(ledgerRows(plain.db));
      for (const { state, endsOn, sendAt } of runOutRows(late.db)) {
        if (state !== 'pending') continue;
        expect(sendAt).toBeGreaterThanOrEqual(at(now));
        expect(localDate(sendAt, 'Asia/Shanghai') <= endsOn).toBe(true);
      }
    }),
    { numRuns },
  );
});

test('and what happens now gives and wakes, in the same shop', async () => {
  const shop = await told(0, gives, [sale({ at: now, member: { externalId: 'M1', openid: 'o' } })], 250);
  const { wallet, coupons, messages, campaigns, stock } = given(shop);
  expect([wallet.length, coupons.length, messages.length, campaigns.length, stock.length]).toEqual([
    1, 3, 2, 6, 1,
  ]);
  expect(runOutRows(shop.db)).toMatchObject([{ state: 'pending' }]);
});
