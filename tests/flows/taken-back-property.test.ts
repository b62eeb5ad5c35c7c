/** 收回活动, in any order with everything else: afterwards the shop is as if the campaign had never been. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CampaignId } from '../../schema/index.ts';
import { readTakeback } from '../../workers/db/takebacks/takebacks.ts';
import type { Db } from '../../workers/db/db.ts';
import { campaign, line, refund, sale, template, voided } from '../support/builders.ts';
import { misbehaving, type Fault } from '../support/faults.ts';
import { postElsewhere } from '../support/kept.ts';
import {
  balanceOf,
  couponRows,
  emptied,
  grantRows,
  ledgerFaults,
  ledgerRows,
  memberId,
  openShop,
  type Shop,
} from '../support/shop.ts';
import { sqliteDb, type TestDb } from '../support/sqlite.ts';
import { askBack, turn } from '../support/taking-back.ts';

const gives = (template_: string, points: number) => ({
  conditions: [],
  rewards: [
    { kind: 'points', points },
    { kind: 'growth', growth: points },
    { kind: 'red-packet', minFen: points, maxFen: points },
    { kind: 'coupon', templateId: template_, count: 1 },
  ],
});
const good = campaign('good', gives('G', 50));
const bad = campaign('bad', gives('B', 700));

const open = (db: TestDb, campaigns: readonly (typeof good)[], through?: (db: Db) => Db): Promise<Shop> =>
  openShop({
    db,
    campaigns,
    ...(through && { through }),
    // Under it nothing is forgiven, so that every difference would show.
    settings: { takeBack: 'unlimited' },
    templates: [
      template('G', { stock: 1_000, giveBack: true }),
      template('B', { stock: 1_000, giveBack: true }),
    ],
  });

const people = ['M1', 'M2', 'M3'] as const;
const who = fc.constantFrom(...people);
const order = fc.integer({ min: 1, max: 5 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('sell'), order, who, yuan: fc.integer({ min: 1, max: 400 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('return'), order, who, yuan: fc.integer({ min: 1, max: 50 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void'), order, who, yuan: fc.constant(0) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('use'), order, who, yuan: fc.integer({ min: 100, max: 300 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('spend'), order, who, yuan: fc.integer({ min: 1, max: 900 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take back'), order, who, yuan: fc.constant(0) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn'), order, who, yuan: fc.constant(0) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash'),
      order: fc.integer({ min: 1, max: 9 }),
      who,
      yuan: fc.integer({ min: 0, max: 1 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** What both shops are told; `codes` are coupons that somebody hands over, of whichever shop. */
async function tell(
  shop: Shop,
  { do: act, order: number, who: person, yuan }: Step,
  place: number,
  codes: string[],
) {
  const orderNo = String(number);
  const id = `e${place}`;
  switch (act) {
    case 'sell':
    case 'use':
      await shop.tell(
        sale({
          id,
          orderNo: act === 'use' ? `use-${place}` : orderNo,
          version: String(place + 1),
          member: { externalId: person },
          lines: [line({ amountFen: yuan * 100 })],
          couponCodes: codes,
        }),
      );
      return;
    case 'return':
      await shop.tell(
        refund({
          id,
          orderNo,
          refundNo: id,
          scope: 'partial',
          lines: [line({ amountFen: yuan * 100, quantity: '0.1' })],
        }),
      );
      return;
    case 'void':
      await shop.tell(voided({ id, orderNo }));
      return;
    case 'spend':
    case 'take back':
    case 'turn':
    case 'crash':
  }
}

/** As much as is there in both. */
function spend(shops: readonly Shop[], person: string, points: number): void {
  const key = `ext:pos:${person}`;
  if (!shops.every(({ db }) => db.all(`SELECT 1 FROM identities WHERE key = ?`, key).length > 0)) return;
  const most = Math.min(points, ...shops.map(({ db }) => balanceOf(db, key)));
  if (most > 0) for (const { db } of shops) postElsewhere(db, memberId(db, key), 'points', -most);
}

/** Fails the batch that is to come after so many. */
class Trouble {
  left = Number.POSITIVE_INFINITY;
  fault: Fault = 'down';
  readonly through = misbehaving(() => {
    this.left -= 1;
    return this.left === 0 ? this.fault : null;
  });
}

async function play(
  steps: readonly Step[],
  dbs: { readonly main: TestDb; readonly twin: TestDb },
): Promise<{ shop: Shop; twin: Shop }> {
  const trouble = new Trouble();
  const shop = await open(emptied(dbs.main), [good, bad], trouble.through);
  const twin = await open(emptied(dbs.twin), [good]);
  for (const [place, one] of steps.entries()) {
    if (one.do === 'take back') await askBack(shop, 'bad');
    else if (one.do === 'turn') await turn(shop, 'free');
    else if (one.do === 'spend') spend([shop, twin], one.who, one.yuan);
    else if (one.do === 'crash') {
      trouble.left = one.order;
      trouble.fault = one.yuan === 0 ? 'down' : 'reply-lost';
      await turn(shop).catch(() => undefined);
      trouble.left = Number.POSITIVE_INFINITY;
    } else {
      const free = couponRows(shop.db).filter(({ state }) => state === 'issued');
      const first = free.find(({ templateId }) => templateId === (one.order % 2 === 0 ? 'G' : 'B'));
      const codes = one.do === 'use' && first ? [first.id] : [];
      await tell(shop, one, place, codes);
      await tell(twin, one, place, codes);
    }
  }
  await askBack(shop, 'bad');
  for (let turns = 0; turns < 40; turns += 1) {
    const job = await readTakeback(shop.db, 'bad' as CampaignId);
    if (!job || job.state === 'done') break;
    await turn(shop);
  }
  return { shop, twin };
}

const balances = ({ db }: Shop) =>
  people.flatMap((person) => {
    const key = `ext:pos:${person}`;
    const [known] = db.all(`SELECT 1 FROM identities WHERE key = ?`, key);
    if (!known) return [];
    return [[person, balanceOf(db, key), balanceOf(db, key, 'growth'), balanceOf(db, key, 'wallet')]];
  });
const couponsOf = ({ db }: Shop, template_: string) =>
  couponRows(db)
    .filter(({ templateId }) => templateId === template_)
    .map(({ id, state, usedFor }) => [id, state, usedFor])
    .toSorted(([one], [other]) => ((one ?? '') < (other ?? '') ? -1 : 1));

test('every balance and every coupon of the others is as if it had never been, and doing it again changes nothing', async () => {
  const dbs = { main: sqliteDb(), twin: sqliteDb() };
  let [taken, kept, crashed] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const { shop, twin } = await play(steps, dbs);
      expect(balances(shop)).toEqual(balances(twin));
      expect(ledgerFaults(shop.db)).toEqual([]);
      expect(couponsOf(shop, 'G')).toEqual(couponsOf(twin, 'G'));
      const left = couponRows(shop.db).filter(({ templateId }) => templateId === 'B');
      expect(left.filter(({ state }) => state === 'issued')).toEqual([]);
      const used = left.filter(({ state }) => state === 'used');
      expect(used.filter(({ flag }) => flag === null)).toEqual([]);
      const grants = grantRows(shop.db).filter(({ campaignId }) => campaignId === 'bad');
      expect(grants.filter(({ times }) => times > 0)).toEqual([]);
      const [counter] = shop.db.all(
        `SELECT used, spent_fen AS fen FROM campaign_counters WHERE campaign_id = 'bad'`,
      );
      // Packets have cost nothing, and of coupons only those of 8.00 that somebody has used: also one that came back afterwards.
      const everUsed = left.filter(
        ({ id }) =>
          shop.db.all(`SELECT 1 FROM coupon_moves WHERE coupon_id = ? AND act = 'used'`, id).length > 0,
      );
      const causes = Number(counter?.['used']);
      expect([used.length <= causes, causes <= everUsed.length]).toEqual([true, true]);
      expect([
        used.length * 800 <= Number(counter?.['fen']),
        Number(counter?.['fen']) <= everUsed.length * 800,
      ]).toEqual([true, true]);
      const job = await readTakeback(shop.db, 'bad' as CampaignId);
      const rows = shop.db.all(
        `SELECT count(*) AS causes, coalesce(sum(points), 0) AS points, coalesce(sum(coupons), 0) AS coupons,
           coalesce(sum(coupons_kept), 0) AS couponsKept, coalesce(sum(wallet_fen), 0) AS walletFen FROM taken_back`,
      );
      if (job) expect(job).toMatchObject({ state: 'done', failed: 0, ...rows[0] });
      const ledger = ledgerRows(shop.db);
      shop.db.all(`UPDATE takebacks SET state = 'taking', sale_at = 0, grant_at = '["",""]'`);
      shop.db.all(`DELETE FROM applied_events`);
      await turn(shop);
      expect([ledgerRows(shop.db), couponRows(shop.db).length]).toEqual([ledger, couponRows(shop.db).length]);
      taken += job?.causes ?? 0;
      kept += used.length;
      crashed += steps.filter(({ do: act }) => act === 'crash').length;
    }),
    { numRuns: 25 },
  );
  // It is about something.
  expect([taken > 30, kept > 3, crashed > 15]).toEqual([true, true, true]);
});
