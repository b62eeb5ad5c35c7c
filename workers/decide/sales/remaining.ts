/** 退货: what is left of a sale after its refunds, whatever order they arrived in. */
import type { Refund, ReturnedLine, Sale, SaleLine } from '../../../schema/index.ts';
import { allocate } from '../plain/allocate.ts';

/**
 * The kept part of a sale, from its lines, its refunds and whether it is void. The order in which refunds arrived does not
 * matter. Goods handed out on an exchange are separate lines.
 */
export function remainingLines(
  sale: Pick<Sale, 'voidedAt'>,
  lines: readonly SaleLine[],
  refunds: readonly Refund[],
): SaleLine[] {
  if (sale.voidedAt !== null || refunds.some(({ scope }) => scope === 'full')) {
    return lines.map((line) => ({ ...line, quantityMilli: 0, paidFen: 0, earningFen: 0 }));
  }
  if (refunds.length === 0) return [...lines];
  const ordered = refunds.toSorted((a, b) => (a.refundNo < b.refundNo ? -1 : 1));
  const left = [...lines, ...ordered.flatMap(({ added }) => added)].toSorted(byLineNo);
  for (const refund of ordered) takeOut(left, refund);
  return left;
}

function takeOut(left: SaleLine[], refund: Refund): void {
  if (refund.lines.length === 0) {
    // Money came back without goods: a price adjustment of all kept lines.
    const kept = left.map(({ paidFen }) => paidFen);
    const keptFen = kept.reduce((sum, fen) => sum + fen, 0);
    const shares = allocate(Math.min(refund.refundedFen, keptFen), kept);
    shares.forEach((share, place) => reduce(left, place, share, 0));
    return;
  }
  const listed = refund.lines.map(({ amountFen }) => amountFen);
  const listedFen = listed.reduce((sum, fen) => sum + fen, 0);
  const addedFen = refund.added.reduce((sum, { paidFen }) => sum + paidFen, 0);
  // The lines may list shelf prices; the refunded amount counts.
  const returnedFen = Math.min(listedFen, refund.refundedFen + addedFen);
  const shares = returnedFen < listedFen ? allocate(returnedFen, listed) : listed;
  refund.lines.forEach((returned, index) => {
    let fen = shares[index] ?? 0;
    let milli = returned.quantityMilli;
    for (const place of placesOf(left, returned)) {
      const backFen = Math.min(fen, left[place]?.paidFen ?? 0);
      const backMilli = Math.min(milli, left[place]?.quantityMilli ?? 0);
      reduce(left, place, backFen, backMilli);
      fen -= backFen;
      milli -= backMilli;
    }
  });
}

/** A till may tell lines in any order, and rounding needs one: 2 comes before 10. */
const byLineNo = (a: SaleLine, b: SaleLine): number =>
  a.lineNo.length - b.lineNo.length || (a.lineNo < b.lineNo ? -1 : 1);

/** The line that the refund names; otherwise all lines of the product, those that still hold goods and money first. */
function placesOf(left: readonly SaleLine[], returned: ReturnedLine): number[] {
  if (returned.lineNo !== null) {
    const byNumber = left.findIndex(({ lineNo }) => lineNo === returned.lineNo);
    if (byNumber >= 0) return [byNumber];
  }
  const rank = ({ quantityMilli, paidFen }: SaleLine): number =>
    (quantityMilli > 0 ? 0 : 2) + (paidFen > 0 ? 0 : 1);
  return [...left.entries()]
    .filter(([, { sku, kind }]) => sku === returned.sku && kind !== 'exchange_in')
    .toSorted(([a, one], [b, other]) => rank(one) - rank(other) || a - b)
    .map(([place]) => place);
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
