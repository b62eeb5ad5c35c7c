/** CSV: as Excel, WPS and old tills write it: with commas, semicolons or tabs, in UTF-8 or GBK. */
import papaparse from 'papaparse';
import { otherFiles } from '../../../words/files/file-words.ts';
import { decodeText } from '../../lossless/text.ts';
import { collector, type FitOf } from './collector.ts';
import { otherText } from './other-files.ts';
import { faulty, unreckoned, type Sheet, type SheetFault } from './sheet.ts';

export function readCsv(bytes: Uint8Array, fitOf: FitOf): Sheet | SheetFault {
  const text = decode(bytes);
  if (text === null) return faulty('文件不是 UTF-8 或 GBK 编码的文本');
  // A table holds no NUL; a picture or a program does.
  if (text.includes('\0')) return faulty('文件不是 CSV 或 XLSX 表格');
  const other = otherText(text);
  if (other) return faulty(otherFiles[other]);
  // Excel is told the separator by a line of its own.
  const [hint, told] = /^sep=(.)\r?\n/.exec(text) ?? [''];
  const lines = collector(fitOf, 'as-counted');
  let line = hint === '' ? 0 : 1;
  let fault: SheetFault | null = null;
  papaparse.parse<string[]>(text.slice(hint.length), {
    delimiter: told ?? delimiterOf(text),
    step: ({ data, errors }, parser) => {
      line += 1;
      const [error] = errors;
      if (error) fault = faulty(`第 ${line} 行的引号没有成对：${error.code}`);
      else fault = lines.add(line, data.map(withoutFormula));
      if (fault) parser.abort();
    },
  });
  return fault ?? lines.sheet('1900');
}

/** Excel’s "Unicode text" is UTF-16 with a mark. */
function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return decodeText(bytes, null);
}

/** `=A2*B2` and `=SUM(…` are no values; `="0012"` is one. */
const withoutFormula = (cell: string): string =>
  cell.startsWith('=') && /^=[+-]?(?:\$?[A-Z]{1,3}\$?\d|[A-Z][A-Z.]*\()/i.test(cell) ? unreckoned : cell;

const delimiters = [',', '\t', ';', '|'] as const;
const linesLookedAtMax = 20;

/** The separator that occurs most often in one line: a title has none. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, headLength).split(/[\r\n]+/, linesLookedAtMax);
  const counts = delimiters.map((delimiter) =>
    Math.max(...lines.map((line) => line.split(delimiter).length)),
  );
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}
const headLength = 50_000;
