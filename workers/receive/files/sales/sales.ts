/** 销售: the rows of one order number become one sale with its lines; negative ones become what came back. */
import type { NumberPlace, RowError } from '../../../../schema/index.ts';
import { linesMax } from '../../../../schema/index.ts';
import { numberIn, textIn, type Row, type Values } from '../columns.ts';
import { given, type FileKind, type Grouped, type ImportRecord, type Reckoning } from '../kind.ts';
import { returnedOf, soldOf } from '../../erp/kernel/signs.ts';
import { numberedFormerly } from '../../../decide/plain/numbering.ts';
import { byNumber, placeOf, unclearOriginal } from './numbers.ts';
import { repeatsIn } from './repeats.ts';
import { salesColumns } from './columns.ts';
import { salesLayout } from './layout.ts';
import { balanceOf } from './balance.ts';
import { toLine, type Line } from './line.ts';
import { leftOutAs, notesOf, type LeftOut } from './states.ts';

export const sales: FileKind = {
  ...salesLayout,
  title: '销售',
  isNumbered: true,
  past: 'old',
  momentHeading: '销售时间',
  group: (rows, reckoning) => {
    const records: ImportRecord[] = [];
    const leftOut: LeftOut[] = [];
    const { receipts, errors: unplaced } = byNumber(rows, reckoning);
    const errors: RowError[] = [...unplaced];
    for (const [number, lines] of receipts) {
      const read = readOrder(number, lines, reckoning);
      if ('errors' in read) errors.push(...read.errors);
      else if ('leftOut' in read) leftOut.push(read);
      else records.push(read);
    }
    return {
      records,
      errors,
      repeats: repeatsIn(rows, reckoning),
      leftOut: leftOut.reduce((sum, one) => sum + one.rows.length, 0),
      notes: notesOf(leftOut),
    } satisfies Grouped;
  },
};

/** Several receipts may have its number; `number` names this one among them. */
function readOrder(
  number: string,
  rows: readonly Row[],
  { numbering, zone }: Reckoning,
): ImportRecord | LeftOut | { readonly errors: readonly RowError[] } {
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
  const lines = rows.map((row, at) => toLine(row.values, at));
  const balance = balanceOf(head, lines);
  const line = first?.line ?? 1;
  const leftOut = balance.kind === 'unclear' ? null : leftOutAs(head, balance.kind);
  if (leftOut !== null && errors.length === 0) return { leftOut, rows };
  if (balance.kind === 'unclear') errors.push({ line, column: '单据类型', message: balance.why });
  if (balance.kind === 'refund') errors.push(...unclearOriginal({ line, values: head }, numbering));
  if (errors.length > 0 || balance.kind === 'unclear') return { errors };
  const place = placeOf({ line, values: head }, zone);
  const formerly = numberedFormerly(numbering, orderNo, place);
  const { amountFen } = balance;
  const receipt: Receipt = { number, orderNo, rows, head, place, formerly, lines, amountFen };
  return balance.kind === 'refund' ? toRefund(receipt) : toSale(receipt);
}

type Receipt = {
  readonly number: string;
  readonly orderNo: string;
  readonly rows: readonly Row[];
  readonly head: Values;
  readonly place: NumberPlace;
  readonly formerly: readonly string[];
  readonly lines: readonly Line[];
  /** What was paid, or paid back. */
  readonly amountFen: number;
};

function toSale(receipt: Receipt): ImportRecord {
  const { orderNo, rows, head, amountFen: paidFen } = receipt;
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
    lines: soldOf(receipt.lines),
    amounts: { paidFen, shippingFen: numberIn(head, 'shippingFen') ?? 0 },
    payments: payment === undefined ? undefined : [{ method: payment, amountFen: paidFen }],
    couponCodes: textIn(head, 'couponCodes')
      ?.split(/[\s,，;；]+/)
      .filter(Boolean),
  });
  return record('sale.completed', receipt, data);
}

function toRefund(receipt: Receipt): ImportRecord {
  const { orderNo, head } = receipt;
  const original = textIn(head, 'originalOrderNo');
  const data = given({
    refundNo: orderNo,
    businessDate: textIn(head, 'businessDate'),
    orderNo: original,
    scope: original === undefined ? 'no_original' : 'partial',
    store: storeOf(head),
    terminal: textIn(head, 'terminal'),
    orderedOn: textIn(head, 'orderedOn'),
    member: memberOf(head),
    lines: returnedOf(receipt.lines),
    amounts: { refundedFen: receipt.amountFen },
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
