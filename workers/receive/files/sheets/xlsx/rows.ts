/** 行: the rows of a sheet as text, one after the other as it is unpacked. */
import { attribute, scan } from '../markup.ts';
import { unreckoned } from '../sheet.ts';
import { unescapeXml } from '../xml-text.ts';
import type { Archive } from '../zip.ts';
import { numberText, type Formats } from './formats.ts';
import { runs } from './texts.ts';

/** Excel has 16,384; what stands further out than this is not looked at. */
const columnsReadMax = 1_000;

export type Looks = {
  readonly texts: readonly string[];
  readonly formats: Formats;
  /** Whether results of formulas wait to be reckoned. */
  readonly isUnreckoned: boolean;
};

/** Stops when `take` says false. */
export async function readRows(
  archive: Archive,
  path: string,
  looks: Looks,
  take: (line: number, cells: readonly string[]) => boolean,
): Promise<void> {
  let line = 0;
  let isWanted = true;
  let isFallback = false;
  let cells: string[] | null = null;
  const end = (): void => {
    if (cells !== null && isWanted) isWanted = take(line, cells);
    cells = null;
  };
  const cell = cellReader(looks);
  await scan(
    archive.text(path),
    {
      open: (name, attributes) => {
        // The same rows again, for programs that are older.
        if (name === 'Fallback') isFallback = true;
        if (isFallback) return;
        if (name === 'row') {
          end();
          line = lineAfter(line, attribute(attributes, 'r'));
          cells = [];
        } else if (cells !== null) cell.open(name, attributes, cells.length);
      },
      text: (text, isPlain) => {
        if (!isFallback) cell.text(text, isPlain);
      },
      close: (name) => {
        if (name === 'Fallback') isFallback = false;
        else if (isFallback) return;
        else if (name === 'row' || name === 'sheetData') end();
        else if (cells !== null) cell.close(name, cells);
      },
    },
    () => !isWanted,
  );
  end();
}

/** No program writes a row twice, or above the one before: nobody can say which of the two would count. */
function lineAfter(before: number, written: string | null): number {
  const line = written === null ? before + 1 : Number(written);
  if (!Number.isInteger(line) || line <= before) throw new TypeError(`row ${written} comes after ${before}`);
  return line;
}

type CellReader = {
  readonly open: (name: string, attributes: string, next: number) => void;
  readonly text: (text: string, isPlain: boolean) => void;
  readonly close: (name: string, cells: string[]) => void;
};

function cellReader({ texts, formats, isUnreckoned }: Looks): CellReader {
  let column = 0;
  let attributes = '';
  let value = '';
  let [isIn, isValue, isFormula] = [false, false, false];
  const run = runs();
  const written = (): string => {
    const type = attribute(attributes, 't');
    if (type === 'inlineStr') return run.end();
    // A formula may well come to an empty text.
    if (isFormula && (isUnreckoned || (value === '' && type !== 'str'))) return unreckoned;
    if (value === '') return '';
    if (type === 's') return texts[Number(value)] ?? '';
    if (type === 'b') return value === '1' || value === 'true' ? '是' : '否';
    if (type !== null && type !== 'n') return value;
    const style = formats.length > 0 ? attribute(attributes, 's') : null;
    return numberText(value.trim(), style === null ? null : (formats[Number(style)] ?? null));
  };
  return {
    open: (name, given, next) => {
      if (name === 'c') {
        attributes = given;
        const reference = attribute(given, 'r');
        column = reference === null ? next : columnOf(reference);
        value = '';
        isIn = true;
        isValue = isFormula = false;
        run.begin();
      } else if (!isIn) return;
      else if (name === 'v') isValue = true;
      else if (name === 'f') isFormula = true;
      else run.open(name);
    },
    text: (text, isPlain) => {
      if (!isIn) return;
      if (isValue) value += isPlain ? text : unescapeXml(text);
      else run.text(text, isPlain);
    },
    close: (name, cells) => {
      if (!isIn) return;
      if (name === 'v') isValue = false;
      else if (name !== 'c') run.close(name);
      else {
        isIn = false;
        if (column >= columnsReadMax) return;
        while (cells.length < column) cells.push('');
        cells[column] = written();
      }
    },
  };
}

/** `BC12` is column 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (let place = 0; place < reference.length && place < 4; place += 1) {
    const letter = reference.charCodeAt(place) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return Math.max(0, column - 1);
}
