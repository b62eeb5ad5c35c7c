/**
 * 微信的 JSON: bodies whose 64-bit numbers keep their last digits, and pushes in JSON read as if they were XML.
 *
 * Source: developers.weixin.qq.com/doc/service/guide/dev/push/encryption, the JSON samples.
 */
import type { Parsed, XmlElement } from './xml.ts';

const charactersMax = 1_048_576;
const depthMax = 10;

/** A string, closed or not; or a number too long for a double. */
const stringOrLongNumber = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|(?<![\d.])-?\d{16,}(?![\d.eE])/g;

/** As `JSON.parse`, but integers of 16 digits and more are text; null when it is not JSON. */
export function parseLossless(source: string): unknown {
  try {
    return JSON.parse(
      source.replaceAll(stringOrLongNumber, (found) => (found[0] === '"' ? found : `"${found}"`)),
    );
  } catch {
    return null;
  }
}

/**
 * The tree that `parseXml` would give: names trimmed, a list repeating its element, numbers as they were written.
 * Serves for an envelope (`ToUserName`, `Encrypt`) and for what was in it.
 */
export function parseJson(source: string): Parsed {
  if (source.length > charactersMax) return { ok: false, why: `longer than ${charactersMax} characters` };
  const value = parseLossless(source);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, why: 'not a JSON object' };
  }
  const root = elementOf('xml', value, 0);
  return root === null ? { ok: false, why: `deeper than ${depthMax}` } : { ok: true, root };
}

function elementOf(name: string, value: unknown, depth: number): XmlElement | null {
  if (depth > depthMax) return null;
  if (typeof value !== 'object' || value === null) return { name, text: textOf(value), children: [] };
  const children: XmlElement[] = [];
  for (const [key, inner] of Object.entries(value)) {
    for (const one of Array.isArray(inner) ? inner : [inner]) {
      const child = elementOf(key.trim(), one, depth + 1);
      if (child === null) return null;
      children.push(child);
    }
  }
  return { name, text: '', children };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
