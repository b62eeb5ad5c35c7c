/** 数字格式: a number as the spreadsheet shows it, where its format gives it digits: 690 in `0000` is 0690. */
import { attribute, scan } from '../markup.ts';
import type { Archive } from '../zip.ts';

/** By the number of a style; null where the format shows the number as it is. */
export type Formats = readonly (Zeros | null)[];
/** What is written before, between and after the digits: `"NO."000-000` is ['NO.', 3, '-', 3]. */
export type Zeros = readonly (string | number)[];

const stylesMax = 70_000;

export async function readFormats(archive: Archive, path: string | null): Promise<Formats> {
  if (path === null) return [];
  const codes = new Map<string, string>();
  const styles: string[] = [];
  let isOfCells = false;
  await scan(archive.text(path), {
    open: (name, attributes) => {
      if (name === 'cellXfs') isOfCells = true;
      else if (name === 'numFmt')
        codes.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '');
      else if (name === 'xf' && isOfCells && styles.length < stylesMax)
        styles.push(attribute(attributes, 'numFmtId') ?? '');
    },
    text: () => undefined,
    close: (name) => {
      if (name === 'cellXfs') isOfCells = false;
    },
  });
  return styles.map((id) => zerosOf(codes.get(id) ?? ''));
}

const codeLengthMax = 100;

/** Two zeros at least, and nothing that is not a digit or fixed: one zero, or a decimal point, is how amounts are shown. */
export function zerosOf(code: string): Zeros | null {
  if (code.length > codeLengthMax) return null;
  const [positive = ''] = code.split(';');
  const parts: (string | number)[] = [];
  let zeros = 0;
  for (const [token, quoted, escaped, digits, fixed] of positive.matchAll(
    /"([^"]*)"|[\\_*](.)|(0+)|([-/()\s:])|\[[^\]]*\]|[\s\S]/g,
  )) {
    if (digits !== undefined) {
      parts.push(digits.length);
      zeros += digits.length;
    } else if (quoted !== undefined || fixed !== undefined) parts.push(quoted ?? fixed ?? '');
    else if (token.startsWith('\\')) parts.push(escaped ?? '');
    // Room for a sign, a colour or a condition shows nothing.
    else if (!/^[_*[]/.test(token)) return null;
  }
  return zeros >= 2 ? parts : null;
}

/** Digits fill the zeros from the right; what is more stands before the first. */
function shown(digits: string, zeros: Zeros): string {
  const count = zeros.reduce<number>((sum, part) => sum + (typeof part === 'number' ? part : 0), 0);
  let rest = digits.padStart(count, '0');
  const over = rest.length - count;
  let isFirst = true;
  return zeros
    .map((part) => {
      if (typeof part === 'string') return part;
      const taken = part + (isFirst ? over : 0);
      isFirst = false;
      const text = rest.slice(0, taken);
      rest = rest.slice(taken);
      return text;
    })
    .join('');
}

/** Excel keeps 15 digits: a longer number has already lost digits and stays in its scientific form. */
export function numberText(value: string, zeros: Zeros | null): string {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  if (Math.abs(number) >= 1e15) return number.toExponential().toUpperCase();
  if (Number.isInteger(number)) return zeros && number >= 0 ? shown(String(number), zeros) : String(number);
  // 103.60000000000001 is 103.6, as Excel shows it.
  const plain = Number(number.toPrecision(15));
  return Math.abs(plain) < 1e-6 ? plain.toFixed(9) : String(plain);
}
