/** 销售明细: an event's lines as stored, with product facts, and with order-level discounts shared out. */
import {
  Sku,
  type EventLine,
  type PointsAsMoney,
  type Product,
  type SaleData,
  type SaleId,
  type SaleLine,
} from '../../../schema/index.ts';
import { allocate } from '../plain/allocate.ts';

export type Products = ReadonlyMap<Sku, Product>;

const factorOneMilli = 1000;

/** Goods that are sold for money. */
const isSold = (line: EventLine): boolean => line.kind !== 'exchange_in';

/**
 * Lines of a sale. Σ amounts may exceed what was paid (整单优惠, 抹零): the difference is shared out over the sold lines, to the fen.
 * What was paid with coupons earns nothing, and neither does what was paid with points, unless the shop says so.
 */
export function saleLines(
  saleId: SaleId,
  data: SaleData,
  products: Products,
  { earns: pointsEarn }: Pick<PointsAsMoney, 'earns'> = { earns: false },
): SaleLine[] {
  const sold = data.lines.filter(isSold);
  const soldFen = sold.map((line) => line.amountFen);
  const soldSumFen = soldFen.reduce((sum, fen) => sum + fen, 0);
  const returnedFen = data.lines.reduce((sum, line) => sum + (isSold(line) ? 0 : line.amountFen), 0);
  const payableFen = Math.max(0, data.amounts.paidFen - data.amounts.shippingFen) + returnedFen;
  const paid = soldSumFen > payableFen ? allocate(payableFen, soldFen) : soldFen;

  const withoutMoneyFen = data.payments
    .filter(({ method }) => method === 'coupon' || (method === 'points' && !pointsEarn))
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  const paidSumFen = paid.reduce((sum, fen) => sum + fen, 0);
  const earning = withoutMoneyFen === 0 ? paid : allocate(Math.max(0, paidSumFen - withoutMoneyFen), paid);

  let place = 0;
  return data.lines.map((line, index) => {
    const lineNo = line.lineNo ?? String(index + 1);
    if (!isSold(line)) return toLine(saleId, lineNo, line, line.amountFen, line.amountFen, products);
    const paidFen = paid[place] ?? 0;
    const earningFen = earning[place] ?? 0;
    place += 1;
    return toLine(saleId, lineNo, line, paidFen, earningFen, products);
  });
}

function earns(line: EventLine): boolean {
  return !line.pointsExcluded && line.kind !== 'gift' && line.kind !== 'points_exchange';
}

/** 品类: a till may tell one level of the path that the product file knows; of another path the till knows better. */
function categoriesOf(line: EventLine, product: Product | undefined): readonly string[] {
  const path = product?.categoryPath.map(({ id }) => id) ?? [];
  const told = line.categoryIds;
  if (told.length === 0) return path;
  return told.some((id) => path.includes(id)) ? [...new Set([...path, ...told])] : told;
}

/** One line as stored; the till's category and brand win over our product row, which may be older. */
export function toLine(
  saleId: SaleId,
  lineNo: string,
  line: EventLine,
  paidFen: number,
  earningFen: number,
  products: Products,
): SaleLine {
  const sku = Sku.parse(line.sku);
  const product = products.get(sku);
  return {
    saleId,
    lineNo,
    kind: line.kind,
    sku,
    name: line.name || (product?.name ?? line.sku),
    categoryIds: categoriesOf(line, product),
    brand: line.brand ?? product?.brand ?? null,
    tags: product?.tags ?? [],
    quantityMilli: line.quantity,
    paidFen,
    earningFen: earns(line) ? earningFen : 0,
    pointsFactorMilli: product?.pointsFactorMilli ?? factorOneMilli,
  };
}

/** The first line number that occurs twice: such a sale cannot be refunded line by line. */
export function repeatedLineNo(lines: readonly SaleLine[]): string | null {
  const seen = new Set<string>();
  for (const { lineNo } of lines) {
    if (seen.has(lineNo)) return lineNo;
    seen.add(lineNo);
  }
  return null;
}
