/** 单号: which rows of a file are one receipt, as its source numbers them. */
import {
  numberParts,
  type Numbering,
  type NumberPart,
  type NumberPlace,
  type RowError,
} from '../../../../schema/index.ts';
import { localDate } from '../../../decide/plain/dates.ts';
import { numbered } from '../../../decide/plain/numbering.ts';
import { textIn, type Row } from '../columns.ts';
import type { Reckoning } from '../kind.ts';

export const partWords = { store: '门店编号', terminal: '收银机', day: '营业日' } as const;
export const rules = {
  unique: '不重复',
  'per-store': '每家门店各自编号',
  'per-store-day': '每家门店每天重新编号',
  'per-terminal-day': '每台收银机每天重新编号',
} as const;

export const orderNoOf = ({ values }: Row): string => textIn(values, 'orderNo') ?? '';

/** The column of the time was read with its zone: it begins with the day. */
export function placeOf({ values }: Row, zone: string): NumberPlace {
  const at = Date.parse(textIn(values, 'occurredAt') ?? '');
  return {
    store: textIn(values, 'storeId'),
    terminal: textIn(values, 'terminal'),
    day: textIn(values, 'businessDate') ?? (Number.isNaN(at) ? null : localDate(at, zone)),
  };
}

export type ByNumber = {
  /** Rows of one receipt, by what it is known by. */
  readonly receipts: ReadonlyMap<string, readonly Row[]>;
  readonly errors: readonly RowError[];
};

export function byNumber(rows: readonly Row[], { numbering, zone }: Reckoning): ByNumber {
  const read = rows.map((row) => ({
    row,
    known: numbered(numbering, orderNoOf(row), () => placeOf(row, zone)),
  }));
  const unplaced = new Map(
    read.flatMap(({ row, known }) => ('missing' in known ? [[orderNoOf(row), row.line]] : [])),
  );
  const receipts = new Map<string, Row[]>();
  const errors: RowError[] = [];
  for (const { row, known } of read) {
    const { line } = row;
    const orderNo = orderNoOf(row);
    const because = unplaced.get(orderNo);
    if ('missing' in known)
      errors.push({ line, column: partWords[known.missing], message: needed(numbering) });
    // The row that cannot be placed may be one of this receipt's: half a receipt would earn half the points.
    else if (because !== undefined)
      errors.push({ line, column: null, message: `同一单 ${orderNo} 的第 ${because} 行有误，整单未导入` });
    else {
      const rowsOfIt = receipts.get(known.number);
      if (rowsOfIt) rowsOfIt.push(row);
      else receipts.set(known.number, [row]);
    }
  }
  return { receipts, errors };
}

/** A return that does not say which of several sales of one number it means. */
export function unclearOriginal(row: Row, numbering: Numbering): RowError[] {
  const parts: readonly NumberPart[] = numberParts[numbering];
  const isClear = textIn(row.values, 'originalOrderNo') === undefined || !parts.includes('day');
  if (isClear || textIn(row.values, 'orderedOn') !== undefined) return [];
  return [{ line: row.line, column: '原营业日', message: `${needed(numbering)}，原单要写明营业日` }];
}

const needed = (numbering: Numbering): string =>
  numbering === 'unique' ? '不能为空' : `不能为空：这个来源的单号${rules[numbering]}`;
