/** 销售: the rows of one order number become one sale with its lines; negative ones become what came back. */
import type { NumberPlace, RowError } from '../../../../schema/index.ts';
import { linesMax } from '../../../../schema/index.ts';
import { numberIn, textIn, type Row, type Values } from '../columns.ts';
import { given, type FileKind, type Grouped, type ImportRecord, type Reckoning } from '../kind.ts';
import { numberedFormerly } from '../../../decide/plain/numbering.ts';
import { byNumber, placeOf, unclearOriginal } from './numbers.ts';
import { repeatsIn } from './repeats.ts';
import { salesColumns } from './columns.ts';
import { salesLayout } from './layout.ts';
import { isBack, toLine, type Line } from './line.ts';

export const sales: FileKind = {
  ...salesLayout,
  title: '销售',
  isNumbered: true,
  past: 'old',
  momentHeading: '销售时间',
  group: (rows, reckoning) => {
    const records: ImportRecord[] = [];
    const { receipts, errors: unplaced } = byNumber(rows, reckoning);
    const errors: RowError[] = [...unplaced];
    for (const [number, lines] of receipts) {
      const read = readOrder(number, lines, reckoning);
      if ('errors' in read) errors.push(...read.errors);
      else records.push(read);
    }
    return { records, errors, repeats: repeatsIn(rows, reckoning) } satisfies Grouped;
  },
};

/** Several receipts may have its number; `number` names this one among them. */
function readOrder(
  number: string,
  rows: readonly Row[],
  { numbering, zone }: Reckoning,
): ImportRecord | { readonly errors: readonly RowError[] } {
  const [first] = rows;
  const orderNo = (first && textIn(first.values, 'orderNo')) ?? '';
  const head: Record<string, string | number> = {};
  const errors: RowError[] = [];
  for (const { line, values } of rows) {
    for (const key of salesLayout.headKeys) {
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
  if (rows.length > linesMax) {
    errors.push({ line: first?.line ?? 1, column: '订单号', message: `订单 ${orderNo} 超过 ${linesMax} 行` });
  }
  const isRefund = head['type'] === 'refund' || (head['type'] !== 'sale' && rows.every(isBack));
  if (isRefund) errors.push(...unclearOriginal({ line: first?.line ?? 1, values: head }, numbering));
  if (errors.length > 0) return { errors };
  const lines = rows.map((row, place) => toLine(row.values, place, { isRefund, isBack: isBack(row) }));
  const place = placeOf({ line: first?.line ?? 1, values: head }, zone);
  const formerly = numberedFormerly(numbering, orderNo, place);
  const receipt: Receipt = { number, orderNo, rows, head, place, formerly };
  return isRefund ? toRefund(receipt, lines) : toSale(receipt, lines);
}

type Receipt = {
  readonly number: string;
  readonly orderNo: string;
  readonly rows: readonly Row[];
  readonly head: Values;
  readonly place: NumberPlace;
  readonly formerly: readonly string[];
};

function toSale(receipt: Receipt, lines: readonly Line[]): ImportRecord {
  const { orderNo, rows, head } = receipt;
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
  return record('sale.completed', receipt, data);
}

function toRefund(receipt: Receipt, lines: readonly Line[]): ImportRecord {
  const { orderNo, head } = receipt;
  const original = textIn(head, 'originalOrderNo');
  const linesFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const data = given({
    refundNo: orderNo,
    businessDate: textIn(head, 'businessDate'),
    orderNo: original,
    scope: original === undefined ? 'no_original' : 'partial',
    store: storeOf(head),
    terminal: textIn(head, 'terminal'),
    orderedOn: textIn(head, 'orderedOn'),
    member: memberOf(head),
    lines,
    amounts: { refundedFen: Math.abs(numberIn(head, 'paidFen') ?? linesFen) },
  });
  return record('refund.completed', receipt, data);
}

const record = (
  type: 'sale.completed' | 'refund.completed',
  { number, orderNo, rows, head, place, formerly }: Receipt,
  data: Record<string, unknown>,
): ImportRecord => ({
  name: nameOf(type, number),
  namesFormerly: formerly.map((one) => nameOf(type, one)),
  ...(type === 'sale.completed' && { receipt: { number, orderNo, place } }),
  type,
  lines: rows.map(({ line }) => line),
  occurredAt: textIn(head, 'occurredAt') ?? null,
  data,
  takesVersion: true,
});

const nameOf = (type: 'sale.completed' | 'refund.completed', number: string): string =>
  `${type === 'sale.completed' ? 'sale' : 'refund'}:${number}`;

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
