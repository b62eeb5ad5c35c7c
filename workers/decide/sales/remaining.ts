/** 退货: what is left of a sale after its refunds, whatever order they arrived in. */
import type { Refund, ReturnedLine, Sale, SaleLine } from '../../../schema/index.ts';
import { allocate } from '../plain/allocate.ts';
import { comesOffFen, isSold, listedFen, shippingFen } from './paid-back.ts';

/**
 * The kept part of a sale, from its lines, its refunds and whether it is void. The order in which refunds arrived does not
 * matter. Goods handed out on an exchange are separate lines. What was paid back comes off the lines that were named; what those
 * do not hold comes off the shipping, and then, as what came back without goods, off all lines in proportion.
 */
export function remainingLines(
  sale: Pick<Sale, 'voidedAt' | 'paidFen'>,
  lines: readonly SaleLine[],
  refunds: readonly Refund[],
): SaleLine[] {
  if (sale.voidedAt !== null || refunds.some(({ scope }) => scope === 'full')) {
    return lines.map((line) => ({ ...line, quantityMilli: 0, paidFen: 0, earningFen: 0 }));
  }
  if (refunds.length === 0) return [...lines];
  const ordered = refunds.toSorted((a, b) => (a.refundNo < b.refundNo ? -1 : 1));
  const all = [...lines, ...ordered.flatMap(({ added }) => added)].toSorted(byLineNo);
  const left = [...all];
  let beyondFen = 0;
  let spreadFen = 0;
  for (const refund of ordered) {
    const restFen = takeNamed(left, refund);
    if (refund.lines.length === 0) spreadFen += restFen;
    else beyondFen += restFen;
  }
  spread(left, spreadFen + Math.max(0, beyondFen - shippingFen(sale, lines)));
  // Whoever got back all that was paid for something has not bought it, whatever the till says of the goods.
  return left.map((line, place) =>
    line.paidFen === 0 && (all[place]?.paidFen ?? 0) > 0 ? { ...line, quantityMilli: 0 } : line,
  );
}

/** Takes a refund off the lines that it names, and answers how much of its money they did not hold. */
function takeNamed(left: SaleLine[], refund: Refund): number {
  const dueFen = comesOffFen(refund);
  const listed = refund.lines.map(({ amountFen }) => amountFen);
  // The lines may list shelf prices; the refunded amount counts.
  const shares = dueFen < listedFen(refund) ? allocate(dueFen, listed) : listed;
  let restFen = dueFen;
  refund.lines.forEach((returned, index) => {
    let fen = shares[index] ?? 0;
    let milli = returned.quantityMilli;
    for (const place of placesOf(left, returned)) {
      const backFen = Math.min(fen, left[place]?.paidFen ?? 0);
      const backMilli = Math.min(milli, left[place]?.quantityMilli ?? 0);
      reduce(left, place, backFen, backMilli);
      fen -= backFen;
      milli -= backMilli;
      restFen -= backFen;
    }
  });
  return restFen;
}

function spread(left: SaleLine[], fen: number): void {
  const held = left.map((line) => (isSold(line) ? line.paidFen : 0));
  const heldFen = held.reduce((sum, paidFen) => sum + paidFen, 0);
  const shares = allocate(Math.min(fen, heldFen), held);
  shares.forEach((share, place) => reduce(left, place, share, 0));
}

/** A till may tell lines in any order, and rounding needs one: 2 comes before 10. */
const byLineNo = (a: SaleLine, b: SaleLine): number =>
  a.lineNo.length - b.lineNo.length || (a.lineNo < b.lineNo ? -1 : 1);

/**
 * The line that the refund names, and if more pieces came back than it holds, the others of the product. Without a line, all of the
 * product, those that still hold goods and money first.
 */
function placesOf(left: readonly SaleLine[], { lineNo, sku, quantityMilli }: ReturnedLine): number[] {
  const named = left.findIndex((line) => line.lineNo === lineNo && isSold(line));
  const held = left[named]?.quantityMilli ?? 0;
  if (named >= 0 && quantityMilli <= held) return [named];
  const rank = (line: SaleLine): number => (line.quantityMilli > 0 ? 0 : 2) + (line.paidFen > 0 ? 0 : 1);
  const others = [...left.entries()]
    .filter(([place, line]) => line.sku === sku && isSold(line) && place !== named)
    .toSorted(([a, one], [b, other]) => rank(one) - rank(other) || a - b)
    .map(([place]) => place);
  return named >= 0 ? [named, ...others] : others;
}

function reduce(left: SaleLine[], place: number, backFen: number, backMilli: number): void {
  const line = left[place];
  if (!line) return;
  const paidFen = Math.max(0, line.paidFen - backFen);
  const quantityMilli = Math.max(0, line.quantityMilli - backMilli);
  // Where part of a line was paid with points, money and points come back in the same proportion.
  const earningFen =
    line.earningFen === line.paidFen
      ? paidFen
      : Math.floor((line.earningFen * paidFen) / Math.max(1, line.paidFen));
  left[place] = { ...line, paidFen, quantityMilli, earningFen };
}

/** Exchanged-in goods lower a ticket's value; gifts add nothing. */
export function keptFenOf(lines: readonly SaleLine[]): number {
  const sum = lines.reduce(
    (total, { kind, paidFen }) => total + (kind === 'exchange_in' ? -paidFen : paidFen),
    0,
  );
  return Math.max(0, sum);
}

export const isKept = (lines: readonly SaleLine[]): boolean =>
  lines.some(
    ({ kind, quantityMilli, paidFen }) => kind !== 'exchange_in' && (quantityMilli > 0 || paidFen > 0),
  );

/** 商品标签: the tags of what the customer kept, each once however many lines carry it. */
export function tagsOf(lines: readonly SaleLine[]): Set<string> {
  const tags = new Set<string>();
  for (const line of lines) {
    if (line.quantityMilli === 0 || line.kind === 'exchange_in') continue;
    for (const tag of line.tags) tags.add(tag);
  }
  return tags;
}
