/** 读取文件: CSV in UTF-8, GBK or UTF-16, or XLSX; recognised by its first bytes, never by its name. Runs on a server and in a browser alike. */
import { otherFiles } from '../../../words/files/file-words.ts';
import type { FitOf } from './collector.ts';
import { readCsv } from './csv.ts';
import { otherBytes, startsWith } from './other-files.ts';
import { faulty, fileBytesMax, tooLarge, type Sheet, type SheetFault } from './sheet.ts';
import { readXlsx } from './xlsx.ts';

/** `fitOf` knows the heading when it sees it. */
export async function readSheet(bytes: Uint8Array<ArrayBuffer>, fitOf: FitOf): Promise<Sheet | SheetFault> {
  if (bytes.length > fileBytesMax) return tooLarge(`文件超过 ${fileBytesMax / 1_000_000} MB`);
  const other = otherBytes(bytes);
  if (other) return faulty(otherFiles[other]);
  return startsWith(bytes, [0x50, 0x4b]) ? readXlsx(bytes, fitOf) : readCsv(bytes, fitOf);
}
