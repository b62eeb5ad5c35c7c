/** XML 片段: the text and attributes of the few elements that a sheet is made of. */

const shapes = new Map<string, RegExp>();

export function attribute(tag: string, name: string): string | null {
  let shape = shapes.get(name);
  // A sheet looks up the same three names a million times.
  if (!shape) shapes.set(name, (shape = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)));
  const [, double, single] = shape.exec(tag) ?? [];
  const value = double ?? single;
  return value === undefined ? null : unescapeXml(value);
}

/** All text runs joined, without phonetic annotations. */
export function textIn(element: string): string {
  const spoken = element.includes('<rPh') ? element.replaceAll(/<rPh[\s\S]*?<\/rPh>/g, '') : element;
  let text = '';
  for (const [, run = ''] of spoken.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)) text += run;
  return unescapeXml(text);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function unescapeXml(text: string): string {
  if (!text.includes('&') && !text.includes('_x')) return text;
  const plain = text.replaceAll(
    /&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g,
    (all, hex, decimal, name) => {
      if (hex !== undefined) return character(Number.parseInt(String(hex), 16));
      if (decimal !== undefined) return character(Number(decimal));
      return entities[String(name)] ?? String(all);
    },
  );
  // A pair may be written as two halves; a half alone is none of the characters.
  return plain
    .replaceAll(/_x([\dA-F]{4})_/g, (_, hex: string) => character(Number.parseInt(hex, 16)))
    .toWellFormed();
}

const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Excel keeps 15 digits: a longer number has already lost digits and stays in its scientific form. */
export function numberText(value: string): string {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  if (Math.abs(number) >= 1e15) return number.toExponential().toUpperCase();
  if (Number.isInteger(number)) return String(number);
  // 103.60000000000001 is 103.6, as Excel shows it.
  const shown = Number(number.toPrecision(15));
  return Math.abs(shown) < 1e-6 ? shown.toFixed(9) : String(shown);
}
