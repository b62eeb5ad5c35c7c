/** 单元格: what is written in a column, as one of our values; what cannot be read says so in Chinese. */
import { seen, type DayOrigin } from '../../../schema/index.ts';
import { isUnreadPhone, plainPhone } from '../../decide/plain/phones.ts';
import { decimalText, wholeUnits } from '../mapping/values/decimal.ts';
import { readInstant } from '../mapping/values/instant.ts';

export type CellRead =
  | { readonly ok: true; readonly value: string | number }
  | { readonly ok: false; readonly why: string };

/** Where the shop is, and where its workbook counts days from. */
export type Clock = { readonly zone: string; readonly origin: DayOrigin };

/** An empty cell is not read: it means "not given". So does an empty value: the cell says so in words. */
export type CellKind = (text: string, clock: Clock) => CellRead;

const ok = (value: string | number): CellRead => ({ ok: true, value });
const bad = (why: string): CellRead => ({ ok: false, why });

const textLengthMax = 200;
const idLengthMax = 100;
const fenMax = 10_000_000_000;
const quantityMax = 1_000_000_000;

export const text: CellKind = (cell) =>
  cell.length > textLengthMax ? bad(`超过 ${textLengthMax} 字`) : ok(cell);

export const id: CellKind = (written) => {
  // Programs that reckon in doubles write 8005.0 for 8005 as soon as one row has none.
  const cell = seen(written).replace(/^(\d+)\.0$/, '$1');
  if (/^-?\d(\.\d+)?E\+?\d+$/i.test(cell)) {
    return bad('是科学计数法，末尾的数字已经丢失；请把这一列设为“文本”格式后重新导出');
  }
  if (/[\p{Cc}\p{Cs}]/u.test(cell)) return bad('含有换行、其他控制字符或半个字符');
  return cell.length > idLengthMax ? bad(`超过 ${idLengthMax} 个字符`) : ok(cell);
};

/**
 * A masked number identifies nobody and must not make a member. Nor do the ways of giving none: a word such as 无 or 散客, `0`, one digit
 * over and over.
 */
export const phone: CellKind = (written, clock) => {
  const read = id(written, clock);
  if (!read.ok) return read;
  const cell = String(read.value);
  if (cell.includes('*')) return bad('是打了星号的手机号，请导出完整的号码');
  if (/^(\d)\1{4,}$/.test(cell)) return ok('');
  const plain = plainPhone(cell);
  if (plain !== null) return ok(plain);
  return isUnreadPhone(cell) ? bad('不是 11 位手机号') : ok('');
};

/** As a calculator would show it: full width, `−`, a currency, brackets or a sign behind for what is owed, spaces for thousands. */
function bare(cell: string): string {
  if (/^[\d.]+$/.test(cell)) return cell;
  const plain = seen(cell.normalize('NFKC'))
    .replace('\u2212', '-')
    .replace(/^([+-]?)\s?(?:CN)?(?:¥|CNY|RMB|人民币)\s?/i, '$1')
    .replace(/^¥?\s?([+-])\s?/, '$1')
    .replace(/\s?元$/, '');
  const [, owed] =
    /^\(\s?¥?([\d.,]+)\s?\)$|^([\d.,]+)-$/.exec(plain)?.filter((part) => part !== undefined) ?? [];
  if (owed !== undefined) return `-${owed}`;
  return /^[+-]?\d{1,3}(?: \d{3})+(?:\.\d*)?$/.test(plain) ? plain.replaceAll(' ', '') : plain;
}

/** 1.2万 may be 12,049: what it was before it was rounded, nobody can say. */
const isRounded = (cell: string): boolean => /[万亿千wk]\s?[元分]?$/i.test(cell.normalize('NFKC'));
const writtenOut = (cell: string): string => `“${cell.slice(0, 30)}”是约数：请写成完整的数字，例如 12000`;

const money = (cell: string, places: number, name: string): CellRead => {
  const read = wholeUnits(bare(cell), { places });
  if (!read.ok && isRounded(cell)) return bad(writtenOut(cell));
  if (!read.ok) return bad(`“${cell.slice(0, 30)}”不是以${name}为单位的金额`);
  return Math.abs(read.value) > fenMax ? bad('金额太大') : ok(read.value);
};

/** By moving the point, never by multiplying. */
export const fenOfYuan: CellKind = (cell) => money(cell, 2, '元');
export const fen: CellKind = (cell) => money(cell, 0, '分');

/** 积分 are whole. */
export const points: CellKind = (cell) => {
  const read = wholeUnits(bare(cell.replace(/\s?(?:积分|分)$/, '')), { places: 0 });
  if (!read.ok && isRounded(cell)) return bad(writtenOut(cell));
  if (!read.ok) return bad(`“${cell.slice(0, 30)}”不是整数：积分没有小数，请改成整数`);
  return Math.abs(read.value) > quantityMax ? bad('积分太多') : ok(read.value);
};

/** Decimal text, as an event carries it; the caller reads the sign. */
export const quantity: CellKind = (cell) => {
  const read = wholeUnits(bare(cell).replace(/^([+-]?)\.(?=\d)/, '$10.'), { places: 3 });
  if (!read.ok) return bad(`“${cell.slice(0, 30)}”不是数量（最多三位小数）`);
  return Math.abs(read.value) > quantityMax ? bad('数量太大') : ok(decimalText(read.value, 3));
};

export const factor: CellKind = (cell) => {
  const read = wholeUnits(bare(cell).replace(/倍$/, ''), { places: 3 });
  if (!read.ok || read.value < 0 || read.value > 100_000) return bad('不是 0 到 100 的倍数');
  return ok(read.value / 1000);
};

const dayMs = 86_400_000;
/** Excel counts days from 1899-12-30, or, once a Macintosh’s, from 1904-01-01. */
const dayZero: Readonly<Record<DayOrigin, number>> = {
  1900: Date.UTC(1899, 11, 30),
  1904: Date.UTC(1904, 0, 1),
};

/** RFC 3339 with the zone's offset; a spreadsheet's own number for a moment is one too. */
export const instant: CellKind = (cell, { zone, origin }) => {
  const isSerial = /^\d{5}(\.\d+)?$/.test(cell);
  const read = readInstant(isSerial ? serial(Number(cell), origin) : cell, 'text', zone);
  return read.ok && read.value !== null
    ? ok(read.value)
    : bad(`“${cell.slice(0, 30)}”不是时间，例如 2026-11-22 14:59:00`);
};

/** The day alone, whatever hour is written with it. */
export const date: CellKind = (cell, clock) => {
  const read = instant(cell, clock);
  return read.ok ? ok(String(read.value).slice(0, 10)) : read;
};

const serial = (days: number, origin: DayOrigin): string =>
  new Date(dayZero[origin] + Math.round((days * dayMs) / 1000) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');

/** One of a few words, however it is written. */
export const word =
  (words: Readonly<Record<string, readonly string[]>>): CellKind =>
  (cell) => {
    const plain = seen(cell.normalize('NFKC')).toLowerCase();
    const found = Object.entries(words).find(
      ([value, aliases]) => value === plain || aliases.includes(plain),
    );
    if (found) return ok(found[0]);
    return bad(
      `“${cell.slice(0, 30)}”不在可选项中：${Object.values(words)
        .map(([first]) => first)
        .join('、')}`,
    );
  };
