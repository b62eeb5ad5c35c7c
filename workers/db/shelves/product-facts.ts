/** 卖出时的商品: the rows that lines of sales speak of, their numbers, and the keys that are made of them. */
import type { ProductFacts, SaleLine } from '../../../schema/index.ts';
import { json, statement } from '../db.ts';
import type { Look } from '../look.ts';
import { list } from '../set.ts';
import type { GroupQuery } from './define.ts';

/** By the key: of what a sale is going to say. */
export type FactNumbers = ReadonlyMap<string, number>;

/** A product has a row for each way in which it was ever sold; whatever has no number here is named by its key. Only sales ask. */
const rowsMax = 10_000;

export const factNumbersOf = ({ needs: { asked, sales } }: GroupQuery): Look<FactNumbers> => ({
  statements:
    asked.products.size === 0 || sales.size === 0
      ? []
      : [
          statement(
            `SELECT key, seq FROM product_facts WHERE sku IN (SELECT value FROM json_each(?1)) LIMIT ${rowsMax}`,
            list(asked.products),
          ),
        ],
  decode: (rows) => new Map(rows.map(({ key, seq }) => [String(key), Number(seq)])),
});

/** Whether these facts are what a line of a sale's document speaks of: no key is as short as a number. */
export const isOfLine = (facts: string, line: string): string =>
  `(${facts}.seq = ${line}.value ->> 0 OR ${facts}.key = ${line}.value ->> 0)`;

/** The rows of `product_facts` that these lines speak of, each once. */
export const allFactsOf = (lines: readonly SaleLine[]): ProductFacts[] => [
  ...new Map(lines.map(factsOf).map((facts) => [facts.key, facts])).values(),
];

export function factsOf({ sku, name, categoryIds, brand, tags, pointsFactorMilli }: SaleLine): ProductFacts {
  const key = keyOf(json([sku, name, categoryIds, brand, tags, pointsFactorMilli]));
  return { key, sku, name, categoryIds, brand, tags, pointsFactorMilli };
}

/**
 * 53 bits of a text (cyrb53). Of a million facts, two share a key in one shop of eighteen thousand, and then the database refuses
 * the second (write-sales.ts). Made of the facts themselves, so that nothing has to be read before a sale is written.
 */
function keyOf(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (0x1_0000_0000 * (0x1f_ffff & low) + (high >>> 0)).toString(36);
}
