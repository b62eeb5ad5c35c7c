/** 退货单: a refund as stored, and what a second one with the same number means. */
import type { Refund, RefundCompleted, ReturnedLine, SaleId, SaleLine, Sku } from '../../../schema/index.ts';
import { ignore, park, type Decision } from '../effects.ts';
import { toLine, type Products } from './sale-lines.ts';
import { compareVersions } from '../plain/versions.ts';

export function toRefund(
  products: Products,
  { data, occurredAt }: RefundCompleted,
  saleId: SaleId,
  memberId: Refund['memberId'],
): Refund {
  const returned: ReturnedLine[] = [];
  const added: SaleLine[] = [];
  data.lines.forEach((line, index) => {
    if (line.kind === 'exchange_out') {
      const lineNo = `${data.refundNo}/${line.lineNo ?? index + 1}`;
      added.push(toLine(saleId, lineNo, line, line.amountFen, line.amountFen, products));
      return;
    }
    returned.push({
      lineNo: line.originalLineNo ?? null,
      sku: line.sku as Sku,
      quantityMilli: line.quantity,
      amountFen: line.amountFen,
    });
  });
  return {
    saleId,
    refundNo: data.refundNo,
    scope: data.scope,
    memberId,
    refundedFen: data.amounts.refundedFen,
    occurredAt,
    lines: returned,
    added,
    version: data.version,
    businessOn: data.businessDate ?? null,
  };
}

export const numbered = (refunds: readonly Refund[], refundNo: string): Refund | undefined =>
  refunds.find((refund) => refund.refundNo === refundNo);

/** Null when it replaces the stored one: the highest version wins, in whatever order they arrive. */
export function toldAgain(known: Refund, told: Refund): Decision | null {
  const { refundNo, version } = told;
  const { version: knownVersion } = known;
  const order = compareVersions(version, knownVersion);
  if (order === 'later') return null;
  if (order === 'earlier') return ignore({ code: 'REFUND_OUTDATED', refundNo, version, knownVersion });
  if (order === 'unknown') return park({ code: 'REFUND_VERSION_UNCLEAR', refundNo, version, knownVersion });
  if (isSame(known, told)) return ignore({ code: 'REFUND_KNOWN', refundNo });
  return park({
    code: 'REFUND_CHANGED',
    refundNo,
    version,
    refundedFen: told.refundedFen,
    knownFen: known.refundedFen,
  });
}

/** The content of a refund, whatever the order and the names of its lines. */
export function isSame(one: Refund, other: Refund): boolean {
  return essenceOf(one) === essenceOf(other);
}

function essenceOf({ scope, refundedFen, lines, added }: Refund): string {
  const returned = lines.map(({ lineNo, sku, quantityMilli, amountFen }) =>
    JSON.stringify([lineNo, sku, quantityMilli, amountFen]),
  );
  const taken = added.map(({ sku, quantityMilli, paidFen }) => JSON.stringify([sku, quantityMilli, paidFen]));
  return JSON.stringify([scope, refundedFen, returned.toSorted(), taken.toSorted()]);
}
