/** CSV: as Excel, WPS and old tills write it: with commas, semicolons or tabs, in UTF-8 or GBK. */
import papaparse from 'papaparse';
import { decodeText } from '../../lossless/text.ts';
import { collector, faulty, type Sheet, type SheetFault } from './sheet.ts';

export function readCsv(bytes: Uint8Array): Sheet | SheetFault {
  const text = decode(bytes);
  if (text === null) return faulty('文件不是 UTF-8 或 GBK 编码的文本');
  // A table holds no NUL; a picture or a program does.
  if (text.includes('\0')) return faulty('文件不是 CSV 或 XLSX 表格');
  const lines = collector();
  let line = 0;
  let fault: SheetFault | null = null;
  papaparse.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data, errors }, parser) => {
      line += 1;
      const [error] = errors;
      if (error) fault = faulty(`第 ${line} 行的引号没有成对：${error.code}`);
      else fault = lines.add(line, data);
      if (fault) parser.abort();
    },
  });
  return fault ?? lines.sheet();
}

/** Excel’s "Unicode text" is UTF-16 with a mark. */
function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return decodeText(bytes, null);
}

const delimiters = [',', '\t', ';', '|'] as const;

/** The separator that occurs most often in the header. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const counts = delimiters.map((delimiter) => header.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}
