/** 销售: the rows of one order number become one sale with its lines; negative rows become a refund. */
import type { RowError } from '../../../schema/index.ts';
import { linesMax } from '../../../schema/index.ts';
import { numberIn, textIn, type Row, type Values } from './columns.ts';
import { given, grouped, type FileKind, type Grouped, type ImportRecord } from './kind.ts';
import { salesColumns } from './sales-columns.ts';
import { isBack, lineKeys, toLine, type Line } from './sales-line.ts';

/** The values that a receipt has once: rows with different values contradict each other. */
const headKeys = salesColumns.map(({ key, as }) => as ?? key).filter((key) => !lineKeys.has(key));

export const sales: FileKind = {
  kind: 'sales',
  title: '销售',
  columns: salesColumns,
  together: 'orderNo',
  group: (rows) => {
    const records: ImportRecord[] = [];
    const errors: RowError[] = [];
    for (const [orderNo, lines] of grouped(rows, ({ values }) => textIn(values, 'orderNo') ?? '')) {
      const read = readOrder(orderNo, lines);
      if ('errors' in read) errors.push(...read.errors);
      else records.push(read);
    }
    return { records, errors } satisfies Grouped;
  },
};

function readOrder(
  orderNo: string,
  rows: readonly Row[],
): ImportRecord | { readonly errors: readonly RowError[] } {
  const head: Record<string, string | number> = {};
  const errors: RowError[] = [];
  for (const { line, values } of rows) {
    for (const key of headKeys) {
      const value = values[key];
      if (value === undefined) continue;
      head[key] ??= value;
      if (head[key] === value) continue;
      const heading = salesColumns.find((column) => (column.as ?? column.key) === key)?.heading ?? key;
      errors.push({
        line,
        column: heading,
        message: `同一订单号 ${orderNo} 的各行不一致，应与第 ${rows[0]?.line ?? line} 行相同`,
      });
    }
  }
  const [first] = rows;
  if (rows.length > linesMax) {
    errors.push({ line: first?.line ?? 1, column: '订单号', message: `订单 ${orderNo} 超过 ${linesMax} 行` });
  }
  if (errors.length > 0) return { errors };
  const isRefund = head['type'] === 'refund' || (head['type'] !== 'sale' && rows.every(isBack));
  const lines = rows.map((row, place) => toLine(row.values, place, { isRefund, isBack: isBack(row) }));
  return isRefund ? toRefund(orderNo, rows, head, lines) : toSale(orderNo, rows, head, lines);
}

function toSale(orderNo: string, rows: readonly Row[], head: Values, lines: readonly Line[]): ImportRecord {
  const linesFen = lines.reduce(
    (sum, { kind, amountFen }) => sum + (kind === 'exchange_in' ? -amountFen : amountFen),
    0,
  );
  const shippingFen = numberIn(head, 'shippingFen') ?? 0;
  const paidFen = Math.max(0, numberIn(head, 'paidFen') ?? linesFen + shippingFen);
  const associate = rows.find(({ values }) => values['associateId'] !== undefined)?.values ?? {};
  const payment = textIn(head, 'payment');
  const data = given({
    orderNo,
    businessDate: textIn(head, 'businessDate'),
    store: storeOf(head),
    terminal: textIn(head, 'terminal'),
    channel: textIn(head, 'channel'),
    cashier: named(textIn(head, 'cashierId') ?? textIn(head, 'cashierName'), textIn(head, 'cashierName')),
    associate: named(textIn(associate, 'associateId'), textIn(associate, 'associateName')),
    member: memberOf(head),
    lines,
    amounts: { paidFen, shippingFen },
    payments: payment === undefined ? undefined : [{ method: payment, amountFen: paidFen }],
    couponCodes: textIn(head, 'couponCodes')
      ?.split(/[\s,，;；]+/)
      .filter(Boolean),
  });
  return record(`sale:${orderNo}`, 'sale.completed', rows, head, data);
}

function toRefund(orderNo: string, rows: readonly Row[], head: Values, lines: readonly Line[]): ImportRecord {
  const original = textIn(head, 'originalOrderNo');
  const linesFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const data = given({
    refundNo: orderNo,
    businessDate: textIn(head, 'businessDate'),
    orderNo: original,
    scope: original === undefined ? 'no_original' : 'partial',
    store: storeOf(head),
    member: memberOf(head),
    lines,
    amounts: { refundedFen: Math.abs(numberIn(head, 'paidFen') ?? linesFen) },
  });
  return record(`refund:${orderNo}`, 'refund.completed', rows, head, data);
}

const record = (
  name: string,
  type: string,
  rows: readonly Row[],
  head: Values,
  data: Record<string, unknown>,
): ImportRecord => ({
  name,
  type,
  lines: rows.map(({ line }) => line),
  occurredAt: textIn(head, 'occurredAt') ?? null,
  data,
  takesVersion: true,
});

const named = (id: string | undefined, name: string | undefined) =>
  id === undefined ? undefined : given({ id, name });
const storeOf = (head: Values) => named(textIn(head, 'storeId'), textIn(head, 'storeName'));

function memberOf(head: Values): Record<string, unknown> | undefined {
  const member = given({
    externalId: textIn(head, 'externalId'),
    cardNo: textIn(head, 'cardNo'),
    phone: textIn(head, 'phone'),
  });
  return Object.keys(member).length === 0
    ? undefined
    : { ...member, ...given({ name: textIn(head, 'memberName') }) };
}
