/** 写在文字里的字段: a form, a query, XML, a table or JSON inside a text, taken field by field, so that each is masked by its name. */
import { parseExact } from '../lossless/exact.ts';

export type Masking = {
  /** JSON that stood in the text. */
  readonly tree: (value: unknown) => unknown;
  /** One field; `about` is the name of what encloses it. */
  readonly field: (name: string, value: string, about: string) => string;
  readonly isMasked: (name: string) => boolean;
};

/** Where nothing says whose name a `name` is, it is taken for a person's. */
const unknownOwner = 'member';

/** The same text with its fields masked; null when it holds none. */
export const maskWritten = (text: string, masking: Masking): string | null =>
  inJson(text, masking) ?? maskFields(text, masking);

/** As above, for a text that is known to be no JSON. */
export const maskFields = (text: string, masking: Masking): string | null =>
  inXml(text, masking) ?? inForm(text, masking) ?? inTable(text, masking);

function inJson(text: string, { tree, field }: Masking): string | null {
  if (!/^\s*(\{\s*["'}]|\[\s*["[{])/.test(text)) return null;
  const parsed = parseExact(text);
  if (parsed.ok) return JSON.stringify(tree(parsed.value));
  // Broken off, or with a key twice: what looks like a field is one.
  return text.replaceAll(
    /"((?:[^"\\]|\\.){0,100})"(\s{0,9}:\s{0,9})(?:"((?:[^"\\]|\\.)*)"|(-?\d[\d.]*))/g,
    (whole, name: string, colon: string, words: string | undefined, digits = '') => {
      const value = words ?? digits;
      const masked = field(name, value, unknownOwner);
      return masked === value ? whole : `"${name}"${colon}${JSON.stringify(masked)}`;
    },
  );
}

const pair = /^[^=&\s<>"{}]{1,100}=/;

/** With what stands before the question mark of an address. */
function inForm(text: string, masking: Masking): string | null {
  const [, before = '', form = ''] = /^(https?:\/\/[^\s?]*\?|\?)?([^]*)$/.exec(text.trim()) ?? [];
  const pieces = form.split('&');
  if (!pieces.some((piece) => piece !== '') || !pieces.every((piece) => piece === '' || pair.test(piece)))
    return null;
  return before + pieces.map((piece) => maskPair(piece, masking)).join('&');
}

function maskPair(piece: string, { field, isMasked }: Masking): string {
  if (piece === '') return '';
  const equals = piece.indexOf('=');
  const written = piece.slice(0, equals);
  const name = plainOf(written) ?? written;
  const value = plainOf(piece.slice(equals + 1));
  // In another charset, and so not to be read here.
  if (value === null) return isMasked(name) ? `${written}=****` : piece;
  const masked = field(name, value, unknownOwner);
  return masked === value ? piece : `${written}=${String(new URLSearchParams({ x: masked })).slice(2)}`;
}

function plainOf(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** Each text by the element it stands in, each attribute by its own name. */
function inXml(text: string, masking: Masking): string | null {
  if (!/^\s*<[?!\w]/.test(text)) return null;
  const open: string[] = [];
  const inElement = (value: string): string => masking.field(open.at(-1) ?? '', value, open.at(-2) ?? '');
  const maskPiece = (piece: string): string => {
    for (const [start, end] of wrappers) {
      if (!piece.startsWith(start)) continue;
      const isWhole = piece.endsWith(end) && piece.length >= start.length + end.length;
      const value = piece.slice(start.length, isWhole ? -end.length : undefined);
      return start + inElement(value) + (isWhole ? end : '');
    }
    if (!piece.startsWith('<') || !piece.endsWith('>')) return maskEscaped(piece, inElement);
    const [, slash = '', name = ''] = /^<(\/?)(?:[\w.-]+:)?([^\s/>]*)/.exec(piece) ?? [];
    if (slash !== '') open.pop();
    else if (!piece.endsWith('/>') && !/^<[?!]/.test(piece)) open.push(name);
    return maskAttributes(piece, name, masking);
  };
  return piecesOf(text).map(maskPiece).join('');
}

const wrappers = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

/** Comments, CDATA, tags and what stands between them, each looked for once however the text is made. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  const next = new Map<string, number>();
  const find = (word: string, from: number): number => {
    const known = next.get(word) ?? -1;
    if (known >= from) return known;
    const found = text.indexOf(word, from);
    next.set(word, found < 0 ? text.length : found);
    return found < 0 ? text.length : found;
  };
  const endOf = (at: number): number => {
    if (text[at] !== '<') return find('<', at);
    const wrapper = wrappers.find(([start]) => text.startsWith(start, at));
    if (wrapper) return find(wrapper[1], at) + wrapper[1].length;
    // Without an end before the next beginning it is no tag.
    const [end, begin] = [find('>', at), find('<', at + 1)];
    return end < begin ? end + 1 : begin;
  };
  for (let at = 0; at < text.length;) {
    const end = Math.min(endOf(at), text.length);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

const maskAttributes = (tag: string, about: string, { field }: Masking): string =>
  tag.replaceAll(
    /(?<![\w.-])([\w.-]{1,100})(\s{0,9}=\s{0,9})(?:"([^"]*)"|'([^']*)')/g,
    (whole, name: string, equals: string, double: string | undefined, single = '') => {
      const value = double ?? single;
      const masked = maskEscaped(value, (plain) => field(name, plain, about));
      return masked === value ? whole : `${name}${equals}"${masked}"`;
    },
  );

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function maskEscaped(escaped: string, mask: (plain: string) => string): string {
  const plain = escaped.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, ...[digits, hex, name]: (string | undefined)[]) => {
      if (name !== undefined) return named[name] ?? whole;
      const point = Number.parseInt(digits ?? hex ?? '', digits === undefined ? 16 : 10);
      return point <= 0x10_ffff ? String.fromCodePoint(point) : whole;
    },
  );
  if (plain.trim() === '') return escaped;
  const masked = mask(plain);
  if (masked === plain) return escaped;
  return masked.replaceAll(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const separators = [',', '\t', ';', '|', '，'] as const;

/** Lines of cells under a heading that names something to mask. */
function inTable(text: string, { field, isMasked }: Masking): string | null {
  const [heading = '', ...rows] = text.split('\n');
  if (rows.length === 0) return null;
  for (const separator of separators) {
    const names = cellsOf(heading.replace(/^\ufeff/, ''), separator).map((cell) => bare(cell).trim());
    if (names.length < 2 || !names.some(isMasked)) continue;
    const masked = rows.map((row) =>
      cellsOf(row, separator)
        .map((cell, place) => maskCell(cell, (value) => field(names[place] ?? '', value, unknownOwner)))
        .join(separator),
    );
    return [heading, ...masked].join('\n');
  }
  return null;
}

function cellsOf(line: string, separator: string): string[] {
  const cells = [''];
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    if (letter === separator && !isQuoted) cells.push('');
    else cells[cells.length - 1] += letter;
  }
  return cells;
}

const quoted = /^\s*"([^]*)"\s*$/;
const bare = (cell: string): string => quoted.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell;

function maskCell(cell: string, mask: (value: string) => string): string {
  const value = bare(cell);
  if (value.trim() === '') return cell;
  const masked = mask(value);
  if (masked === value) return cell;
  return quoted.test(cell) ? `"${masked.replaceAll('"', '""')}"` : masked;
}
