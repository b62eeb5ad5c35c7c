/** 记账: whatever happens, booked is what was given, a place is taken only by what was given, and nobody goes away empty. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { campaign, line, refund, sale, spend, template, type Body } from '../../support/builders.ts';
import { couponRows, emptied, grantRows, openShop, type Shop, type ShopSetup } from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';

const coupon = (templateId: string, count = 1) => ({ kind: 'coupon', templateId, count });
const tier = (id: string, given: Parameters<typeof campaign>[1] = {}) =>
  campaign(id, { conditions: [spend(5_000)], group: 'g', ...given });

const database = sqliteDb();
const costs: Readonly<Record<string, number>> = { a: 1_000, b: 500, c: 700, gift: 300 };
const stocks: Readonly<Record<string, number>> = { a: 3, c: 6, gift: 2 };
const shares: Readonly<Record<string, number>> = { b: 1, c: 4 };

/** Everything that can run out, in every way in which campaigns stand together. */
const scarce = (): ShopSetup => ({
  db: emptied(database),
  templates: [
    template('a', { valueFen: 1_000, stock: 3 }),
    template('b', { valueFen: 500, perMember: 1 }),
    template('c', { valueFen: 700, stock: 6, perMember: 4 }),
    template('gift', { kind: 'gift', faceCostFen: 300, stock: 2 }),
  ],
  campaigns: [
    tier('top', { conditions: [spend(20_000)], limits: { budgetFen: 4_000 }, rewards: [coupon('a', 2)] }),
    tier('middle', { conditions: [spend(10_000)], rewards: [coupon('b'), { kind: 'tag', tag: '中' }] }),
    tier('low', { rewards: [{ kind: 'points', points: 55 }] }),
    campaign('each-100', {
      conditions: [spend(10_000)],
      repeat: 'multiple',
      group: 'h',
      pick: 'first',
      priority: 5,
      limits: { total: 4 },
      rewards: [coupon('c')],
    }),
    campaign('again', { conditions: [spend(10_000)], repeat: 'multiple', rewards: [coupon('c')] }),
    campaign('second', { conditions: [spend(10_000)], group: 'h', pick: 'first', rewards: [coupon('gift')] }),
    campaign('alone', {
      conditions: [spend(15_000)],
      limits: { perMember: 2, budgetFen: 3_500 },
      rewards: [coupon('a'), { kind: 'red-packet', minFen: 100, maxFen: 100 }],
    }),
  ],
});

type Step =
  | { readonly does: 'buys'; readonly who: number; readonly order: number; readonly yuan: number }
  | { readonly does: 'returns'; readonly order: number; readonly yuan: number | null }
  | { readonly does: 'uses'; readonly pick: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('buys' as const),
        who: fc.integer({ min: 0, max: 2 }),
        order: fc.integer({ min: 0, max: 6 }),
        yuan: fc.constantFrom(40, 60, 110, 160, 210, 330),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('returns' as const),
        order: fc.integer({ min: 0, max: 6 }),
        yuan: fc.constantFrom(null, 1, 100),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ does: fc.constant('uses' as const), pick: fc.nat({ max: 20 }) }),
    },
  ),
  { minLength: 4, maxLength: 14 },
);

/** The same order again is its correction, by the member who has it already. */
function bodiesOf(all: readonly Step[]): (Body | { readonly uses: number })[] {
  const orders = new Map<number, { who: number; version: number; returns: number }>();
  return all.flatMap((step): (Body | { uses: number })[] => {
    if (step.does === 'uses') return [{ uses: step.pick }];
    const known = orders.get(step.order) ?? { who: -1, version: 0, returns: 0 };
    if (step.does === 'buys') {
      const who = known.who < 0 ? step.who : known.who;
      orders.set(step.order, { ...known, who, version: known.version + 1 });
      const lines = [line({ amountFen: step.yuan * 100 })];
      const version = String(known.version + 1);
      return [sale({ orderNo: `O${step.order}`, member: { externalId: `M${who}` }, version, lines })];
    }
    if (known.who < 0) return [];
    orders.set(step.order, { ...known, returns: known.returns + 1 });
    const of = { orderNo: `O${step.order}`, refundNo: `R${step.order}/${known.returns}` };
    if (step.yuan === null) return [refund(of)];
    return [
      refund({
        ...of,
        lines: [line({ originalLineNo: '1', quantity: '0', amountFen: step.yuan * 100 })],
      }),
    ];
  });
}

/** What every member has, against what is booked, counted and taken. */
const standing = (shop: Shop) => couponRows(shop.db).filter(({ state }) => state !== 'revoked');
const counters = ({ db }: Shop) =>
  db
    .all(`SELECT campaign_id AS id, used, spent_fen AS fen FROM campaign_counters`)
    .map((row) => ({ id: String(row['id']), slots: Number(row['used']), bookedFen: Number(row['fen']) }));

function faults(shop: Shop): string[] {
  const found: string[] = [];
  const held = standing(shop);
  const grants = grantRows(shop.db);
  for (const { id, slots, bookedFen } of counters(shop)) {
    const own = held.filter(({ campaignId }) => campaignId === id);
    const given = grants.filter(({ campaignId }) => campaignId === id);
    const packetFen = given.reduce((sum, { awards }) => sum + Number(awards['redPacketFen'] ?? 0), 0);
    const fen = own.reduce((sum, { templateId }) => sum + (costs[templateId] ?? 0), packetFen);
    const holding = new Set([
      ...own.map(({ saleId }) => `sale:${saleId}`),
      ...given
        .filter(({ awards: { points: got, redPacketFen } }) => got ?? redPacketFen)
        .map(({ cause }) => cause),
    ]);
    if (bookedFen !== fen) found.push(`${id} has booked ${bookedFen} and given ${fen}`);
    if (slots !== holding.size) found.push(`${id} counts ${slots}, ${holding.size} hold it`);
    for (const { cause, times } of given)
      if (times > 0 && !holding.has(cause)) found.push(`${cause} holds nothing of ${id}`);
  }
  for (const [id, stock] of Object.entries(stocks)) {
    const count = held.filter(({ templateId }) => templateId === id).length;
    const [row] = shop.db.all(`SELECT issued FROM coupon_template_counters WHERE template_id = ?`, id);
    if (count > stock || row?.['issued'] !== count)
      found.push(`${id}: ${count} of ${stock}, counted ${String(row?.['issued'])}`);
  }
  for (const [id, share] of Object.entries(shares)) {
    const byMember = Map.groupBy(
      held.filter(({ templateId }) => templateId === id),
      (one) => one.memberId,
    );
    for (const [who, own] of byMember)
      if (own.length > share) found.push(`${who} has ${own.length} of ${id}`);
  }
  return found;
}

/** A sale of which 50 yuan or more are kept meets the tier that never runs out. */
function emptyHanded(shop: Shop): string[] {
  const tiers = new Set(['top', 'middle', 'low']);
  const having = Map.groupBy(
    grantRows(shop.db).filter(({ times, campaignId }) => times > 0 && tiers.has(campaignId)),
    ({ cause }) => cause,
  );
  return shop.db
    .all(`SELECT id, kept_fen AS fen FROM sales`)
    .filter(
      ({ id, fen }) => (having.get(`sale:${String(id)}`)?.length ?? 0) !== (Number(fen) >= 5_000 ? 1 : 0),
    )
    .map(({ id }) => String(id));
}

/** How many of `a` are left, and how much of the budget of the tier that gives two of them. */
function leftFor(shop: Shop): { coupons: number; budgetFen: number } {
  const [row] = shop.db.all(`SELECT issued FROM coupon_template_counters WHERE template_id = 'a'`);
  const top = counters(shop).find(({ id }) => id === 'top');
  return { coupons: 3 - Number(row?.['issued']), budgetFen: 4_000 - (top?.bookedFen ?? 0) };
}

/** A customer comes with the latest coupon but `pick`. */
function use(shop: Shop, pick: number): void {
  const open = couponRows(shop.db).filter(({ state }) => state === 'issued');
  const one = open[pick % Math.max(1, open.length)];
  if (one) shop.db.all(`UPDATE coupons SET state = 'used', used_for = 'sale:elsewhere' WHERE id = ?`, one.id);
}

test('booked is what was given, a place is taken by what was given, and nobody who meets a tier with room goes away empty', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const shop = await openShop(scarce());
      for (const body of bodiesOf(all)) {
        if ('uses' in body) {
          use(shop, body.uses);
          continue;
        }
        const left = leftFor(shop);
        await shop.tell(body);
        expect({ faults: faults(shop), empty: emptyHanded(shop) }).toEqual({ faults: [], empty: [] });
        const isBigSale =
          body.type === 'sale.completed' && body.data.version === '1' && body.data.amounts.paidFen >= 20_000;
        // `alone` may take one of the two before.
        if (!isBigSale || left.coupons < 2 || left.budgetFen < 2_000) continue;
        const cause = `sale:pos:${body.data.orderNo}`;
        expect(grantRows(shop.db).some((one) => one.cause === cause && one.campaignId === 'top')).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});
