/** 销售单的档案: what is written of a sale is what is read of it, and what cannot be read with certainty is not read at all. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channels, lineKinds, productFacts, sales } from '../../../schema/index.ts';
import { insertSet } from '../../../workers/db/set.ts';
import { allFactsOf } from '../../../workers/db/shelves/product-facts.ts';
import {
  decodeSale,
  encodeSale,
  selectSale,
  type SaleRecord,
} from '../../../workers/db/shelves/sale-document.ts';
import { emptied } from '../../support/shop.ts';
import { sqliteDb, type TestDb } from '../../support/sqlite.ts';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((one) => !one.includes('\0'));
const names = fc.array(text, { maxLength: 3 });
const fen = fc.integer({ min: 0, max: 10_000_000 });
const instant = fc.constantFrom(1_764_000_000_000, 1_764_000_000_001);
/** The last is that of the instants, by the usual clocks. */
const day = fc.constantFrom('2026-11-22', '2026-11-23', '2025-11-25');
const member = fc.constantFrom('m_1', 'm_2');

const line = fc.record({
  lineNo: fc.oneof(fc.constantFrom('1', '2', '3', '10'), text),
  kind: fc.constantFrom(...lineKinds),
  sku: text,
  name: text,
  categoryIds: names,
  brand: fc.option(text),
  tags: names,
  quantityMilli: fen,
  paidFen: fc.constantFrom(0, 100, 9900),
  earningFen: fc.constantFrom(0, 100, 9900),
  pointsFactorMilli: fc.constantFrom(0, 1000, 3000),
});

const grant = fc.record({
  campaignId: text,
  memberId: member,
  times: fc.nat(3),
  awards: fc.dictionary(fc.constantFrom('points', 'redPacketFen', 'coupons', 'tags'), fc.oneof(fen, names)),
  costFen: fen,
  grantedOn: day,
  at: instant,
});

/** Any sale with any lines and grants; only what names the sale itself has to agree. */
const record = fc
  .record({
    sale: fc.record({
      id: fc.constantFrom('pos:A1', 'pos:A1@8005/2026-11-22', 'pos:A1:2'),
      memberId: fc.option(member),
      // The usual, and those that no id holds.
      orderNo: fc.oneof(fc.constant('A1'), fc.constant('A1@8005'), text),
      version: text,
      storeId: text,
      terminal: fc.option(text),
      associateId: fc.option(text),
      channel: fc.constantFrom(...channels),
      occurredAt: instant,
      occurredOn: day,
      paidFen: fen,
      keptFen: fen,
      voidedAt: fc.option(instant),
      evaluatedAt: instant,
      isHistory: fc.boolean(),
      points: fen,
      growth: fen,
      marks: fc.dictionary(fc.constantFrom('points', 'wallet'), fen),
      rev: fc.integer({ min: 1, max: 9 }),
      pointsLot: fc.option(fc.record({ lastOn: fc.option(day), releaseOn: fc.option(day) })),
      businessOn: fc.option(day),
      ordersBefore: fc.nat(9),
      pointsPercent: fc.constantFrom(100, 150, 1000),
    }),
    lines: fc.array(line, { maxLength: 5 }),
    grants: fc.array(grant, { maxLength: 5 }),
  })
  .map(({ sale, lines, grants }) => {
    const record = {
      sale,
      lines: lines.map((one) => ({ ...one, saleId: sale.id })),
      grants: grants.map((one) => ({ ...one, cause: `sale:${sale.id}` })),
    };
    // Ids are bare strings here; the database does not know brands.
    return record as unknown as SaleRecord;
  });

/** Every other product was sold before, and has a number that is known. */
async function write(db: TestDb, sold: SaleRecord): Promise<void> {
  const facts = allFactsOf(sold.lines);
  if (facts.length > 0) await db.batch([insertSet(productFacts, facts, ['seq'])]);
  const known = db.all('SELECT key, seq FROM product_facts WHERE seq % 2 = 0');
  const numbers = new Map(known.map(({ key, seq }) => [String(key), Number(seq)]));
  await db.batch([insertSet(sales, [encodeSale(sold, numbers)], ['seq'])]);
}

const read = (db: TestDb): SaleRecord[] => db.all(`SELECT ${selectSale} FROM sales AS t`).map(decodeSale);

test('a sale is read as it was written, whatever its lines and what it was granted', async () => {
  const database = sqliteDb();
  await fc.assert(
    fc.asyncProperty(record, async (sold) => {
      const db = emptied(database);
      await write(db, sold);
      expect(read(db)).toEqual([sold]);
    }),
    { numRuns: 300 },
  );
});

const [ordinary] = fc.sample(
  record.filter(({ sale }) => sale.id === 'pos:A1'),
  { numRuns: 1, seed: 20_261_122 },
);

test.each([
  [
    'a document of format 2',
    `json_set(document, '$[0]', 2)`,
    'sale pos:A1 has a document of format 2; known: 1',
  ],
  ['a document without a format', `'[]'`, 'sale pos:A1 has a document of format undefined; known: 1'],
  [
    'the document of an older rev',
    `json_set(document, '$[1]', rev - 1)`,
    /^sale pos:A1 is at rev \d, its document at rev \d$/,
  ],
])('%s is refused, not guessed at', async (_, document, why) => {
  const db = sqliteDb();
  if (ordinary) await write(db, ordinary);
  expect(read(db)).toHaveLength(1);
  db.all(`UPDATE sales SET document = ${document}`);
  expect(() => read(db)).toThrow(why);
});
