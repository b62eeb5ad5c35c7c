/**
 * 销售单的档案: a sale's lines and what it was granted, as one JSON document in its row, so that a return reads and writes one row.
 *
 * Format 1, by position; null is the usual, and nulls at the end of a list are left out:
 *   document  [1, rev, lines, holdings, pointsPercent]; usual: 100. `rev` is the row's own, so that an older document cannot pass for the newest.
 *   line      [product, quantity, paidFen, lineNo, earningFen, kind]; `product` is a number of `product_facts`, or the key of a row
 *             that was new; `quantity` is in pieces, of which a thousandth is the least. Usual: numbered by its place from 1; all of paidFen earns; 'normal'.
 *   holding   [memberId, grants]: what follows one another and was granted to the same member.
 *   grant     [campaignId, times, awards, costFen, grantedOn, at]; usual are the day and the instant of the sale.
 * Another layout is another format: whoever reads one that it does not know refuses the sale.
 */
import {
  defaultTimezone,
  sales,
  type CampaignId,
  type Grant,
  type LineKind,
  type MemberId,
  type Sale,
  type SaleRow,
  type SaleLine,
  type Sku,
} from '../../../schema/index.ts';
import { saleCause } from '../../decide/plain/causes.ts';
import { localDate } from '../../decide/plain/dates.ts';
import type { Row } from '../db.ts';
import { decode, selectList } from '../set.ts';
import { factsOf, isOfLine, type FactNumbers } from './product-facts.ts';

const format = 1;

export type SaleRecord = {
  readonly sale: Sale;
  readonly lines: readonly SaleLine[];
  readonly grants: readonly Grant[];
};

type LineValues = readonly [
  product: number | string,
  quantity: number,
  paidFen: number,
  lineNo?: string | null,
  earningFen?: number | null,
  kind?: LineKind | null,
];
type GrantValues = readonly [
  campaignId: CampaignId,
  times: number,
  awards: Grant['awards'],
  costFen: number,
  grantedOn?: string | null,
  at?: number | null,
];
type Holding = readonly [MemberId, readonly GrantValues[]];
type SaleDocument = readonly [
  format: typeof format,
  rev: number,
  lines: readonly LineValues[],
  holdings: readonly Holding[],
  pointsPercent?: number | null,
];

/** A row for `sales`: the document speaks of the rev that the row is going to have. */
export const encodeSale = (
  { sale: { pointsPercent, ...sale }, lines, grants }: SaleRecord,
  numbers: FactNumbers,
): Omit<typeof sales.$inferSelect, 'seq' | 'orderNo' | 'occurredOn'> => ({
  ...sale,
  numberKept: sale.orderNo === numberIn(sale.id) ? null : sale.orderNo,
  dayKept: sale.occurredOn === localDate(sale.occurredAt, defaultTimezone) ? null : sale.occurredOn,
  document: trimmed<SaleDocument>([
    format,
    sale.rev,
    lines.map((line, place) => encodeLine(line, place, numbers)),
    encodeGrants(sale, grants),
    pointsPercent === 100 ? null : pointsPercent,
  ]),
});

/** As `sales.order_no` finds it there. */
const numberIn = (id: Sale['id']): string => id.slice(id.indexOf(':') + 1).split('@')[0] ?? '';

function encodeLine(line: SaleLine, place: number, numbers: FactNumbers): LineValues {
  const { key } = factsOf(line);
  return trimmed<LineValues>([
    numbers.get(key) ?? key,
    line.quantityMilli / 1000,
    line.paidFen,
    line.lineNo === lineNoAt(place) ? null : line.lineNo,
    line.earningFen === line.paidFen ? null : line.earningFen,
    line.kind === 'normal' ? null : line.kind,
  ]);
}

function encodeGrants({ occurredOn, occurredAt }: SaleRow, grants: readonly Grant[]): Holding[] {
  const holdings: [MemberId, GrantValues[]][] = [];
  for (const { memberId, campaignId, times, awards, costFen, grantedOn, at } of grants) {
    const values = trimmed<GrantValues>([
      campaignId,
      times,
      awards,
      costFen,
      grantedOn === occurredOn ? null : grantedOn,
      at === occurredAt ? null : at,
    ]);
    const last = holdings.at(-1);
    if (last?.[0] === memberId) last[1].push(values);
    else holdings.push([memberId, [values]]);
  }
  return holdings;
}

const lineNoAt = (place: number): string => String(place + 1);

/** The values before the last that says something; what may be missing at the end of `Values` may be null there as well. */
function trimmed<Values extends readonly unknown[]>(values: Values): Values {
  const last = values.findLastIndex((value) => value !== null);
  return values.slice(0, last + 1) as unknown as Values;
}

/** What a row selected by `selectSale` holds. Throws at a document that is not this row's, or not in this format. */
export function decodeSale(row: Row): SaleRecord {
  const { seq: _, numberKept: _number, dayKept: _day, document, ...own } = decode(sales, row);
  const [written, rev, , , percent] = document;
  const sale: Sale = { ...own, pointsPercent: typeof percent === 'number' ? percent : 100 };
  if (written !== format)
    throw new Error(`sale ${sale.id} has a document of format ${String(written)}; known: ${format}`);
  if (rev !== sale.rev)
    throw new Error(`sale ${sale.id} is at rev ${sale.rev}, its document at rev ${String(rev)}`);
  // The format is known: it was written by encodeSale.
  const [, , lines, holdings] = document as unknown as SaleDocument;
  const facts = JSON.parse(String(row['facts'])) as Readonly<Record<string, FactValues>>;
  return {
    sale,
    lines: lines.map((values, place) => decodeLine(sale, values, place, facts[place])),
    grants: holdings.flatMap(([memberId, granted]) =>
      granted.map((values) => decodeGrant(sale, memberId, values)),
    ),
  };
}

type FactValues = readonly [Sku, string, readonly string[], string | null, readonly string[], number];

function decodeLine(
  { id }: Sale,
  values: LineValues,
  place: number,
  facts: FactValues | undefined,
): SaleLine {
  const [product, quantity, paidFen, lineNo, earningFen, kind] = values;
  if (!facts) throw new Error(`sale ${id} sold product ${product}, of which nothing is kept`);
  const [sku, name, categoryIds, brand, tags, pointsFactorMilli] = facts;
  return {
    saleId: id,
    lineNo: lineNo ?? lineNoAt(place),
    kind: kind ?? 'normal',
    sku,
    name,
    categoryIds,
    brand,
    tags,
    quantityMilli: Math.round(quantity * 1000),
    paidFen,
    earningFen: earningFen ?? paidFen,
    pointsFactorMilli,
  };
}

function decodeGrant(sale: Sale, memberId: MemberId, values: GrantValues): Grant {
  const [campaignId, times, awards, costFen, grantedOn, at] = values;
  return {
    cause: saleCause(sale.id),
    campaignId,
    memberId,
    times,
    awards,
    costFen,
    grantedOn: grantedOn ?? sale.occurredOn,
    at: at ?? sale.occurredAt,
  };
}

/** Of sales as `t`: each row with the facts of what its lines sold, by their place. */
export const selectSale: string = `${selectList(sales, 't')}, (SELECT json_group_object(sold.key, json_array(
    facts.sku, facts.name, json(facts.category_ids), facts.brand, json(facts.tags), facts.points_factor_milli))
  FROM json_each(t.document, '$[2]') AS sold CROSS JOIN product_facts AS facts ON ${isOfLine('facts', 'sold')}) AS facts`;

/** The ids of all coupons that sales, as `s`, were ever granted. */
export const couponsOfSales = (sold: string): string =>
  `SELECT coupon.value ->> 0 FROM ${sold} CROSS JOIN json_each(s.document, '$[3]') AS holding
   CROSS JOIN json_each(holding.value, '$[1]') AS granted CROSS JOIN json_each(granted.value, '$[2].coupons') AS coupon`;
