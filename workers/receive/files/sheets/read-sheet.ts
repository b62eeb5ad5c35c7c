/** 读取文件: CSV in UTF-8, GBK or UTF-16, or XLSX; recognised by its first bytes, never by its name. */
import { readCsv } from './csv.ts';
import { faulty, fileBytesMax, tooLarge, type Sheet, type SheetFault } from './sheet.ts';
import { readXlsx } from './xlsx.ts';

export async function readSheet(bytes: Uint8Array<ArrayBuffer>): Promise<Sheet | SheetFault> {
  if (bytes.length > fileBytesMax) return tooLarge(`文件超过 ${fileBytesMax / 1_000_000} MB`);
  if (startsWith(bytes, [0x50, 0x4b])) return readXlsx(bytes);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return faulty('这是旧版 .xls 文件，请另存为 .xlsx 或 CSV 再上传');
  return readCsv(bytes);
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, place) => bytes[place] === byte);
