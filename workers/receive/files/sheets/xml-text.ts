/** XML 文字: characters as markup writes them, and back. */

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

/** A NUL stands for no character; it marks what a cell is. */
const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
