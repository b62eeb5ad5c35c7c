/** 销售单的档案, planted wrong: what does not belong to its sale is noticed, parks the one event, and spares the others. */
import { expect, test } from 'vitest';
import type { Db } from '../../workers/db/db.ts';
import { line, product, refund, sale } from '../support/builders.ts';
import { isWrite } from '../support/faults.ts';
import {
  inboxRows,
  ledgerRows,
  openShop,
  rowCounts,
  saleRecords,
  saleRows,
  type Shop,
} from '../support/shop.ts';

const two = [line({ sku: 'milk', amountFen: 30_000 }), line({ sku: 'nappy', amountFen: 10_000 })];
const back = (refundNo: string) =>
  refund({ refundNo, lines: [line({ originalLineNo: '1', amountFen: 10_000, sku: 'milk' })] });

const documentOf = ({ db }: Shop): string => String(db.all(`SELECT document FROM sales`)[0]?.['document']);

/** What the second return comes to, once the document in the row is `document`. */
async function secondReturn(shop: Shop, document: (now: string) => string) {
  shop.db.all(`UPDATE sales SET document = ?`, document(documentOf(shop)));
  const posted = ledgerRows(shop.db).length;
  await shop.tell(back('R2'), sale({ orderNo: 'other', member: { externalId: 'M9' } }));
  const [, , returned, other] = inboxRows(shop.db);
  expect([returned?.state, other?.state]).toEqual(['parked', 'done']);
  const ofOthers = ledgerRows(shop.db).length - posted;
  expect(ofOthers).toBe(ledgerRows(shop.db).filter(({ cause }) => cause === 'sale:pos:other').length);
  return returned?.note;
}

test('an old document written over a newer one is noticed: the next return is parked, and the sale beside it counts', async () => {
  const shop = await openShop();
  await shop.tell(sale({ lines: two, member: { externalId: 'M1' } }));
  const old = documentOf(shop);
  await shop.tell(back('R1'));
  const id = saleRows(shop.db)[0]?.id;
  expect(await secondReturn(shop, () => old)).toEqual({
    code: 'FAILED',
    detail: `sale ${id} is at rev 2, its document at rev 1`,
  });
});

test('a document in a format of the future is parked, not guessed at', async () => {
  const shop = await openShop();
  await shop.tell(sale({ lines: two, member: { externalId: 'M1' } }));
  await shop.tell(back('R1'));
  const id = saleRows(shop.db)[0]?.id;
  expect(await secondReturn(shop, (now) => now.replace('[1,', '[2,'))).toEqual({
    code: 'FAILED',
    detail: `sale ${id} has a document of format 2; known: 1`,
  });
});

test('of two returns of a sale of nobody, decided at the same moment, both count: 400 yuan less 100 less 100', async () => {
  let writes = 0;
  const returned = `[{"lineNo":"1","sku":"milk","quantityMilli":1000,"amountFen":10000}]`;
  const elsewhere = [
    `INSERT INTO refunds (sale_id, refund_no, scope, refunded_fen, occurred_at, lines, added, version)
       SELECT id, 'R1', 'partial', 10000, occurred_at, '${returned}', '[]', '1' FROM sales`,
    `UPDATE sales SET kept_fen = 30000, rev = rev + 1, document = json_set(document, '$[1]', rev + 1)`,
  ];
  const shop = await openShop({
    through: (db): Db => ({
      batch: async (statements) => {
        if (isWrite(statements) && inboxRows(shop.db).at(-1)?.type === 'refund.completed') {
          writes += 1;
          if (writes === 1) await db.batch(elsewhere.map((sql) => ({ sql, params: [] })));
        }
        return db.batch(statements);
      },
    }),
  });
  await shop.tell(sale({ lines: two, member: null }));
  await shop.tell(back('R2'));
  expect(saleRows(shop.db).map(({ keptFen, rev }) => [keptFen, rev])).toEqual([[20_000, 3]]);
});

test('what a product was called is said once, and a sale keeps the name of its day', async () => {
  const shop = await openShop({ products: [product({ sku: 'milk', name: '奶粉' })] });
  const sold = (orderNo: string, name: string) => sale({ orderNo, lines: [line({ sku: 'milk', name })] });
  await shop.tell(sold('a', '奶粉1段'), sold('b', '奶粉1段'));
  expect(rowCounts(shop.db)['product_facts']).toBe(1);
  await shop.tell(sold('c', '奶粉2段'));
  expect(rowCounts(shop.db)['product_facts']).toBe(2);
  expect(saleRecords(shop.db).flatMap(({ lines }) => lines.map(({ name }) => name))).toEqual([
    '奶粉1段',
    '奶粉1段',
    '奶粉2段',
  ]);
});

test('where other facts stand under the key of a product, a sale is parked rather than turned into another', async () => {
  const shop = await openShop();
  await shop.tell(sale({ orderNo: 'a', lines: two }));
  shop.db.all(`UPDATE product_facts SET name = '别的东西' WHERE sku = 'milk'`);
  await shop.tell(sale({ orderNo: 'b', lines: two }));
  expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
    ['done', null],
    ['parked', { code: 'FAILED', detail: 'NOT NULL constraint failed: product_facts.sku' }],
  ]);
});
