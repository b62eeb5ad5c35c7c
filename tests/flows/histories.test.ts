/** 历史: the same documents in any order, any number of times and in any grouping leave the same shop behind. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { line, refund, sale, voided, type Body, type LineBody } from '../support/builders.ts';
import { dayOf, goods, holdingsFrom, holdingsIn, promises, schemes, vouchers } from '../support/model.ts';
import { emptied, ledgerFaults, openShop, type Shop } from '../support/shop.ts';
import { sqliteDb } from '../support/sqlite.ts';

const database = sqliteDb();
/** A till that tells everything within the day. */
const modelShop = (now: string): Promise<Shop> =>
  openShop({
    campaigns: promises,
    templates: vouchers,
    plans: schemes,
    products: goods,
    db: emptied(database),
    now,
  });
const numRuns = 30;

const first = sale({
  lines: [
    line({ sku: 'milk', quantity: '3', amountFen: 30_001 }),
    line({ sku: 'nappy', amountFen: 9_998 }),
    line({ sku: 'bargain', amountFen: 3_333 }),
  ],
  paidFen: 43_000,
});
const corrected = sale({
  version: '2',
  lines: [
    line({ sku: 'milk', quantity: '2', amountFen: 20_000 }),
    line({ sku: 'nappy', amountFen: 9_998 }),
    line({ sku: 'tea', quantity: '0.515', amountFen: 8_888 }),
  ],
});
const oneMilkBack = refund({
  refundNo: 'R1',
  lines: [line({ originalLineNo: '1', quantity: '1', amountFen: 9_000 })],
});
const partOfTwoLinesBack = refund({
  refundNo: 'R2',
  at: '2026-11-24 10:00',
  lines: [
    line({ originalLineNo: '1', quantity: '1', amountFen: 9_000 }),
    line({ originalLineNo: '2', sku: 'nappy', quantity: '0.5', amountFen: 5_000 }),
  ],
  refundedFen: 13_333,
});
const priceAdjusted = refund({ refundNo: 'R0', scope: 'partial', refundedFen: 1_001 });
const allBack = refund({ refundNo: 'R9', at: '2026-11-25 10:00' });
const cancelled = voided({ at: '2026-11-25 11:00' });

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, place) =>
    permutations(items.toSpliced(place, 1)).map((others) => [item, ...others]),
  );
}

describe('one sale, told in every order', () => {
  test.each([
    [
      'a sale, its correction, a part of it back, all of it back, and a void',
      [first, corrected, oneMilkBack, allBack, cancelled],
    ],
    [
      'a sale, its correction, a return and a price adjustment',
      [first, corrected, partOfTwoLinesBack, priceAdjusted],
    ],
    ['a sale and its void', [first, oneMilkBack, cancelled]],
  ])('%s end in the same holdings, one by one or all at once', async (_, documents) => {
    const expected = holdingsFrom(documents);
    for (const order of permutations(documents)) {
      for (const groupSize of [1, 250]) {
        const { db } = await after(order, groupSize, '2026-11-25 12:00');
        const told = `${order.map(({ id }) => id).join(' → ')} by ${groupSize}`;
        expect({ told, holdings: holdingsIn(db) }).toEqual({ told, holdings: expected });
        expect(ledgerFaults(db)).toEqual([]);
      }
    }
  });

  test('50 copies of a sale and of its returns sent at the same time count once', async () => {
    const documents = [first, corrected, oneMilkBack, partOfTwoLinesBack, priceAdjusted];
    const shop = await modelShop('2026-11-25 12:00');
    const sendings = Array.from({ length: 50 }, () => documents).flat();
    const answers = await Promise.all([
      ...sendings.map((document) => shop.post(document)),
      ...Array.from({ length: 4 }, () => shop.work(7)),
    ]);
    await shop.work();

    const statuses = answers.flatMap((answer) => (answer ? [answer.status] : []));
    expect([
      statuses.filter((status) => status === 202).length,
      statuses.filter((status) => status === 200).length,
    ]).toEqual([5, 245]);
    expect(holdingsIn(shop.db)).toEqual(holdingsFrom(documents));
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('a refund told a second time under another event id changes nothing', async () => {
    const shop = await modelShop('2026-11-25 12:00');
    await shop.tell(first, oneMilkBack);
    const before = holdingsIn(shop.db);
    await shop.tell({ ...oneMilkBack, id: 'told-again' });
    expect(holdingsIn(shop.db)).toEqual(before);
  });
});

/** Line numbers that neither count up nor sort as they stand: tills number as they please. */
const lineNos = ['b', 'a', '10', '9'];

const lineOf = (place: number): fc.Arbitrary<LineBody> =>
  fc
    .record({
      sku: fc.constantFrom('milk', 'milk', 'nappy', 'bargain', 'tea'),
      kind: fc.constantFrom('normal', 'normal', 'normal', 'gift') as fc.Arbitrary<'normal' | 'gift'>,
      pieces: fc.integer({ min: 1, max: 4 }),
      amountFen: fc.oneof(
        fc.integer({ min: 0, max: 45_000 }),
        fc.constantFrom(18_800, 18_799, 38_800, 10_000),
      ),
      pointsExcluded: fc.boolean(),
    })
    .map(({ sku, kind, pieces, amountFen, pointsExcluded }) => ({
      lineNo: lineNos[place] ?? String(place),
      sku,
      kind,
      quantity: sku === 'tea' ? `0.${String(pieces)}15` : String(pieces),
      amountFen: kind === 'gift' ? 0 : amountFen,
      pointsExcluded: pointsExcluded && sku === 'tea',
    }));

const linesArbitrary = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => lineOf(place))));

/**
 * Whole pieces, bought within a week, come back: one stock then always runs into the next. What was used up before more was
 * bought is another story, told in run-out.test.ts.
 *
 * Every document that one order brings about: its versions, returns of some lines, perhaps a full return or a void.
 */
const orderArbitrary = (orderNo: string): fc.Arbitrary<Body[]> =>
  fc
    .record({
      member: fc.constantFrom('M1', 'M2', 'M3'),
      day: fc.integer({ min: 1, max: 6 }),
      minute: fc.integer({ min: 0, max: 600 }),
      versions: fc.array(
        fc.record({
          lines: linesArbitrary,
          offFen: fc.integer({ min: 0, max: 3_000 }),
          shippingFen: fc.constantFrom(0, 0, 800),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      returns: fc.array(
        fc.record({
          picks: fc.array(
            fc.record({ place: fc.nat(3), pieces: fc.integer({ min: 0, max: 3 }), fen: fc.nat(20_000) }),
            {
              maxLength: 3,
            },
          ),
          lessFen: fc.integer({ min: -1_000, max: 500 }),
          adjustmentFen: fc.nat(5_000),
        }),
        { maxLength: 3 },
      ),
      end: fc.constantFrom('kept', 'kept', 'kept', 'full', 'void', 'both'),
      repeats: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ member, day, minute, versions, returns, end, repeats }) => {
      const sold = versions.map(({ lines, offFen, shippingFen }, index) => {
        const linesFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
        return sale({
          orderNo,
          version: String(index + 1),
          at: dayOf(day, minute),
          member: { externalId: member },
          lines,
          paidFen: Math.max(0, linesFen - offFen) + shippingFen,
          shippingFen,
        });
      });
      const documents: Body[] = [...sold];
      // Whatever version is known, no more comes back than was paid: paid-back.test.ts tells of the others.
      let leftFen = Math.min(...sold.map(({ data }) => data.amounts.paidFen));
      returns.forEach(({ picks, lessFen, adjustmentFen }, index) => {
        const lines = picks.map(({ place, pieces, fen }) =>
          line({
            originalLineNo: lineNos[place] ?? '',
            sku: 'nobody-knows',
            quantity: String(pieces),
            amountFen: fen,
          }),
        );
        const listedFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
        const askedFen = lines.length === 0 ? adjustmentFen : Math.max(0, listedFen - lessFen);
        const refundedFen = Math.min(askedFen, leftFen);
        leftFen -= refundedFen;
        documents.push(
          refund({
            refundNo: `${orderNo}/R${String(index)}`,
            orderNo,
            scope: 'partial',
            at: dayOf(day + 1, minute + index),
            lines,
            refundedFen,
          }),
        );
      });
      const late = dayOf(day + 2, minute);
      if (end === 'full' || end === 'both')
        documents.push(refund({ refundNo: `${orderNo}/RF`, orderNo, at: late }));
      if (end === 'void' || end === 'both') documents.push(voided({ orderNo, at: late }));
      return [...documents, ...documents.slice(0, repeats)];
    });

const historyArbitrary = fc
  .integer({ min: 1, max: 5 })
  .chain((orders) =>
    fc.tuple(...Array.from({ length: orders }, (_, index) => orderArbitrary(`order-${String(index)}`))),
  )
  .chain((orders) => {
    const documents = orders.flat();
    return fc.shuffledSubarray(documents, { minLength: documents.length, maxLength: documents.length });
  });

async function after(documents: readonly Body[], groupSize: number, now: string): Promise<Shop> {
  const shop = await modelShop(now);
  if (groupSize === 1) for (const document of documents) await shop.tell(document);
  else {
    await shop.post(...documents);
    await shop.work(groupSize);
  }
  return shop;
}

describe('any history', () => {
  test('ends in what the documents alone say, told one by one, in threes or all at once', async () => {
    await fc.assert(
      fc.asyncProperty(historyArbitrary, async (documents) => {
        const expected = holdingsFrom(documents);
        for (const groupSize of [1, 3, 250]) {
          const shop = await after(documents, groupSize, dayOf(7, 600));
          expect({ groupSize, holdings: holdingsIn(shop.db) }).toEqual({ groupSize, holdings: expected });
          expect(ledgerFaults(shop.db)).toEqual([]);
        }
      }),
      { numRuns },
    );
  });
});
