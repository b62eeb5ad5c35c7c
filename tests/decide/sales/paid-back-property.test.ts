/** 退款: whatever was sold and however it came back, no money paid back is forgotten. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { remainingLines } from '../../../workers/decide/sales/remaining.ts';
import {
  line,
  product,
  refund,
  sale,
  type Body,
  type LineBody,
  type RefundBody,
  type SaleBody,
} from '../../support/builders.ts';
import {
  balanceOf,
  emptied,
  inboxRows,
  ledgerFaults,
  memberRows,
  openShop,
  saleRecords,
  tagsOf,
  type Shop,
} from '../../support/shop.ts';
import { decodeAll, selectList } from '../../../workers/db/set.ts';
import { refunds, type Refund } from '../../../schema/index.ts';
import { sqliteDb, type TestDb } from '../../support/sqlite.ts';

const m1 = 'ext:pos:M1';
const [shopDb, otherDb] = [sqliteDb(), sqliteDb()];
const products = [
  product({ sku: 'milk', tags: ['奶粉'] }),
  product({ sku: 'nappy', tags: ['纸尿裤'], pointsFactorMilli: 2000 }),
];
const furnished = (db: TestDb): Promise<Shop> => openShop({ products, db: emptied(db) });

const sku = fc.constantFrom('milk', 'nappy');
const fen = fc.oneof(fc.nat(9_999), fc.constantFrom(0, 1, 5_000));
const quantity = fc.constantFrom('0', '0.5', '1', '1', '2', '9');

const soldLine: fc.Arbitrary<LineBody> = fc.record({
  sku,
  kind: fc.constantFrom('normal', 'normal', 'addon', 'service', 'gift'),
  quantity: fc.constantFrom('1', '1', '2', '0.515'),
  amountFen: fen,
  pointsExcluded: fc.boolean(),
});

/** Discounts make less of the lines than they say, and shipping, or what no line names, makes more of the sale. */
const soldIn = (version: string): fc.Arbitrary<SaleBody> =>
  fc
    .record({
      lines: fc.array(soldLine, { minLength: 1, maxLength: 4 }),
      offFen: fc.constantFrom(0, 0, 700),
      shippingFen: fc.constantFrom(0, 0, 500),
      moreFen: fc.constantFrom(0, 0, 300),
    })
    .map(({ lines, offFen, shippingFen, moreFen }) => {
      const listedFen = sum(lines.map(({ amountFen }) => amountFen));
      const paidFen = Math.max(0, listedFen - offFen) + shippingFen + moreFen;
      return sale({ version, lines, shippingFen, paidFen });
    });

/** By its line, by its product, by both, by what the sale has not, or goods handed out instead. */
const returnedLine: fc.Arbitrary<LineBody> = fc
  .record({
    sku: fc.constantFrom('milk', 'nappy', 'Milk'),
    originalLineNo: fc.constantFrom(null, null, '1', '2', '3', '9', 'R0/1'),
    kind: fc.constantFrom('normal', 'normal', 'normal', 'exchange_in', 'exchange_out'),
    quantity,
    amountFen: fen,
  })
  .map((given) => line(given));

const returned: fc.Arbitrary<RefundBody> = fc
  .record({
    refundNo: fc.constantFrom('R0', 'R1', 'R2', 'R3'),
    version: fc.constantFrom('1', '1', '2', '3'),
    scope: fc.constantFrom('partial', 'partial', 'partial', 'partial', 'full'),
    lines: fc.array(returnedLine, { maxLength: 3 }),
    refundedFen: fc.option(fc.nat(12_000), { nil: undefined }),
  })
  .map(({ refundedFen, ...given }) =>
    refund({ ...given, ...(refundedFen === undefined ? {} : { refundedFen }) }),
  );

/** In any order; a return may come before its sale, and each document has an id of its own. */
const history: fc.Arbitrary<Body[]> = fc
  .tuple(soldIn('1'), fc.option(soldIn('2'), { nil: undefined }), fc.array(returned, { maxLength: 5 }))
  .map(([first, second, back]) => [first, ...(second ? [second] : []), ...back])
  .chain((documents) =>
    fc.shuffledSubarray(documents, { minLength: documents.length, maxLength: documents.length }),
  )
  .map((documents) => documents.map((document, place) => ({ ...document, id: `document-${place}` })));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** What the customer has more in the purse after a return. An exchange for something dearer costs. */
function purseFen({ data: { lines = [], amounts } }: RefundBody): number {
  const fenOf = (isOut: boolean): number =>
    sum(lines.filter(({ kind }) => (kind === 'exchange_out') === isOut).map(({ amountFen }) => amountFen));
  return amounts.refundedFen > 0 ? amounts.refundedFen : Math.min(0, fenOf(false) - fenOf(true));
}

/** The latest version of each document that the shop took. */
function taken(documents: readonly Body[], shop: Shop): { sold: SaleBody; back: RefundBody[] } {
  const rows = inboxRows(shop.db);
  const done = documents.filter((_, place) => rows[place]?.state === 'done');
  const newest = new Map<string, Body>();
  for (const document of done) {
    const key = document.type === 'refund.completed' ? document.data.refundNo : document.type;
    const known = newest.get(key);
    if (!known || versionOf(document) > versionOf(known)) newest.set(key, document);
  }
  const standing = [...newest.values()];
  const sold = standing.find((one): one is SaleBody => one.type === 'sale.completed');
  if (!sold) throw new Error('the sale was not taken');
  return { sold, back: standing.filter((one): one is RefundBody => one.type === 'refund.completed') };
}
const versionOf = (document: Body): number =>
  document.type === 'sale.completed' || document.type === 'refund.completed'
    ? Number(document.data.version)
    : 0;

const worthOf = ({ db }: Shop) => {
  const [member] = memberRows(db);
  return {
    points: balanceOf(db, m1),
    growth: balanceOf(db, m1, 'growth'),
    spentFen: member?.spentFen,
    orders: member?.orders,
    tags: tagsOf(db, m1),
  };
};

/** The same as if only what is left had been sold in the first place. */
async function soldOnly(shop: Shop): Promise<Shop> {
  const [record] = saleRecords(shop.db);
  if (!record) throw new Error('there is no sale');
  const rows = shop.db.all(`SELECT ${selectList(refunds, 't')} FROM refunds AS t`);
  // The rows are of the table they are decoded by.
  const left = remainingLines(record.sale, record.lines, decodeAll(refunds, rows) as Refund[]);
  const lines = left.map(({ sku: id, kind, quantityMilli, paidFen, earningFen }) =>
    line({
      sku: id,
      kind,
      quantity: (quantityMilli / 1000).toFixed(3),
      amountFen: paidFen,
      pointsExcluded: earningFen < paidFen,
    }),
  );
  const other = await furnished(otherDb);
  await other.tell(sale({ lines }));
  return other;
}

test('money paid back always comes off, or the return is parked; and what is left is worth what a sale of it is worth', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.boolean(), async (documents, isOneGroup) => {
      const shop = await furnished(shopDb);
      if (isOneGroup) await shop.tell(...documents);
      else for (const document of documents) await shop.tell(document);

      const { sold, back } = taken(documents, shop);
      const { paidFen } = sold.data.amounts;
      const outFen = sum(back.map(purseFen));
      expect(outFen).toBeLessThanOrEqual(paidFen);

      const [record] = saleRecords(shop.db);
      const keptFen = record?.sale.keptFen ?? 0;
      const isAllBack = back.some(({ data }) => data.scope === 'full');
      const goodsFen = sum((record?.lines ?? []).map((one) => one.paidFen));
      // What is left of the shipping is paid, but is no goods.
      expect(keptFen).toBeLessThanOrEqual(paidFen - outFen);
      if (isAllBack) expect(keptFen).toBe(0);
      else expect(keptFen).toBeGreaterThanOrEqual(goodsFen - outFen);

      expect(worthOf(shop)).toEqual(worthOf(await soldOnly(shop)));
      expect(ledgerFaults(shop.db)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('a return is parked only if it gives back more than is left of what was paid', async () => {
  await fc.assert(
    fc.asyncProperty(soldIn('1'), fc.array(returned, { minLength: 1, maxLength: 5 }), async (sold, told) => {
      const shop = await furnished(shopDb);
      await shop.tell(sold);
      let leftFen = sold.data.amounts.paidFen;
      for (const [place, one] of told.entries()) {
        const isDone = purseFen(one) <= leftFen;
        const document = refund({
          ...one.data,
          refundNo: `R${place}`,
          refundedFen: one.data.amounts.refundedFen,
        });
        await shop.tell(document);
        const { state, note } = inboxRows(shop.db).at(-1) ?? {};
        if (isDone) expect([state, note]).toEqual(['done', null]);
        else {
          const { refundNo, amounts } = document.data;
          const says = { refundNo, orderNo: '8005-372', refundedFen: amounts.refundedFen, leftFen };
          expect([state, note]).toEqual(['parked', { code: 'REFUND_EXCEEDS', ...says }]);
        }
        if (isDone) leftFen -= purseFen(one);
      }
    }),
    { numRuns: 100 },
  );
});
