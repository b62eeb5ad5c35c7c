/** 单元格: what is written in a column, as one of our values; what cannot be read says so in Chinese. */
import { seen } from '../../../schema/index.ts';
import { plainPhone } from '../../decide/plain/phones.ts';
import { decimalText, wholeUnits } from '../mapping/values/decimal.ts';
import { readInstant } from '../mapping/values/instant.ts';

export type CellRead =
  | { readonly ok: true; readonly value: string | number }
  | { readonly ok: false; readonly why: string };

/** An empty cell is not read: it means "not given". */
export type CellKind = (text: string, zone: string) => CellRead;

const ok = (value: string | number): CellRead => ({ ok: true, value });
const bad = (why: string): CellRead => ({ ok: false, why });

const textLengthMax = 200;
const idLengthMax = 100;
const fenMax = 10_000_000_000;
const quantityMax = 1_000_000_000;

export const text: CellKind = (cell) =>
  cell.length > textLengthMax ? bad(`超过 ${textLengthMax} 字`) : ok(cell);

export const id: CellKind = (written) => {
  const cell = seen(written);
  if (/^-?\d(\.\d+)?E\+?\d+$/i.test(cell)) {
    return bad('是科学计数法，末尾的数字已经丢失；请把这一列设为“文本”格式后重新导出');
  }
  if (/[\p{Cc}\p{Cs}]/u.test(cell)) return bad('含有换行、其他控制字符或半个字符');
  return cell.length > idLengthMax ? bad(`超过 ${idLengthMax} 个字符`) : ok(cell);
};

/** A masked number identifies nobody and must not make a member. */
export const phone: CellKind = (cell) => {
  const read = id(cell, '');
  if (!read.ok) return read;
  if (cell.includes('*')) return bad('是打了星号的手机号，请导出完整的号码');
  const plain = plainPhone(cell);
  return plain === null ? bad('不是 11 位手机号') : ok(plain);
};

const bare = (cell: string): string => cell.replace(/^([+-]?)[¥￥]\s?/, '$1').replace(/\s?元$/, '');

const money = (cell: string, places: number, name: string): CellRead => {
  const read = wholeUnits(bare(cell), { places });
  if (!read.ok) return bad(`“${cell.slice(0, 30)}”不是以${name}为单位的金额`);
  return Math.abs(read.value) > fenMax ? bad('金额太大') : ok(read.value);
};

/** By moving the point, never by multiplying. */
export const fenOfYuan: CellKind = (cell) => money(cell, 2, '元');
export const fen: CellKind = (cell) => money(cell, 0, '分');

/** Decimal text, as an event carries it; the caller reads the sign. */
export const quantity: CellKind = (cell) => {
  const read = wholeUnits(cell.replace(/^([+-]?)\.(?=\d)/, '$10.'), { places: 3 });
  if (!read.ok) return bad(`“${cell.slice(0, 30)}”不是数量（最多三位小数）`);
  return Math.abs(read.value) > quantityMax ? bad('数量太大') : ok(decimalText(read.value, 3));
};

export const factor: CellKind = (cell) => {
  const read = wholeUnits(cell.replace(/倍$/, ''), { places: 3 });
  if (!read.ok || read.value < 0 || read.value > 100_000) return bad('不是 0 到 100 的倍数');
  return ok(read.value / 1000);
};

const dayMs = 86_400_000;
/** Excel counts days from 1899-12-30. */
const excelEpoch = Date.UTC(1899, 11, 30);

/** RFC 3339 with the zone's offset; a spreadsheet's own number for a moment is one too. */
export const instant: CellKind = (cell, zone) => {
  const isSerial = /^\d{5}(\.\d+)?$/.test(cell);
  const read = readInstant(isSerial ? serial(Number(cell)) : cell, 'text', zone);
  return read.ok && read.value !== null
    ? ok(read.value)
    : bad(`“${cell.slice(0, 30)}”不是时间，例如 2026-11-22 14:59:00`);
};

/** The day alone, whatever hour is written with it. */
export const date: CellKind = (cell, zone) => {
  const read = instant(cell, zone);
  return read.ok ? ok(String(read.value).slice(0, 10)) : read;
};

const serial = (days: number): string =>
  new Date(excelEpoch + Math.round((days * dayMs) / 1000) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');

/** One of a few words, however it is written. */
export const word =
  (words: Readonly<Record<string, readonly string[]>>): CellKind =>
  (cell) => {
    const plain = cell.toLowerCase();
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
