/** XML 报文: elements and attributes as a tree of text; no DOCTYPE, no entities of its own, bounded in size and depth. */
import { parseXml as documentOf, XmlElement, XmlError, XmlText } from '@rgrove/parse-xml';
import type { ParsedTree, Tree } from '../../lossless/json.ts';
import { depthMax } from '../../lossless/scan.ts';

const charactersMax = 1_000_000;

/** Repeated elements are a list, one alone is not; `listOf` reads both. */
export function parseXml(text: string): ParsedTree {
  if (text.length > charactersMax) return { ok: false, why: `it is longer than ${charactersMax} characters` };
  // Entities that open files or grow to gigabytes can be declared only with these.
  if (/<!(?!\[CDATA\[|--)/.test(text)) return { ok: false, why: 'it declares a document type or entities' };
  try {
    const { root } = documentOf(legible(text), { ignoreUndefinedEntities: true });
    if (root === null) return { ok: false, why: 'it has no root' };
    return { ok: true, tree: { [nameOf(root.name)]: treeOf(root, 1) }, repeated: null, twice: null };
  } catch (error) {
    if (error instanceof XmlError) return { ok: false, why: `it is not XML at line ${error.line}` };
    // A hundred thousand levels are more than the parser's own stack.
    if (error instanceof Unfit || error instanceof RangeError)
      return { ok: false, why: `it is nested deeper than ${depthMax}, or names what it must not` };
    throw error;
  }
}

class Unfit extends Error {}

// oxlint-disable-next-line no-control-regex -- exactly the characters that XML forbids, halves of characters among them.
const forbidden = /[\0-\u0008\v\f\u000E-\u001F\p{Cs}\uFFFE\uFFFF]/gu;
const replacement = '\uFFFD';

/** Tills write what XML forbids, bare or by number: an emoji cut in half, a control character. No sale is lost over one. */
const legible = (text: string): string =>
  text
    .replaceAll(/&#(?:x([\da-f]{1,8})|(\d{1,8}));/gi, (written: string, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const character = code > 0x10_ff_ff ? replacement : String.fromCodePoint(code);
      // Two halves side by side are a character again.
      return character === replacement || character.search(forbidden) >= 0 ? character : written;
    })
    .replaceAll(forbidden, replacement);

/** Text alone is text; beside attributes or elements it is the field `text`. An attribute stands before an element of its name. */
function treeOf({ children, attributes }: XmlElement, depth: number): Tree {
  if (depth > depthMax) throw new Unfit();
  const fields = new Map<string, Tree[]>();
  let text = '';
  for (const child of children) {
    if (child instanceof XmlText) text += child.text;
    if (!(child instanceof XmlElement)) continue;
    const name = nameOf(child.name);
    const tree = treeOf(child, depth + 1);
    const same = fields.get(name);
    if (same) same.push(tree);
    else fields.set(name, [tree]);
  }
  text = text.trim();
  const told = Object.entries(attributes).filter(([name]) => !/^xmlns(?::|$)/.test(name));
  if (fields.size === 0 && told.length === 0) return text;
  if (text !== '') fields.set('text', [text]);
  for (const [name, value] of told) fields.set(nameOf(name), [value.trim()]);
  return Object.fromEntries(
    [...fields].map(([name, trees]) => [name, trees.length > 1 ? trees : (trees[0] ?? '')]),
  );
}

const toPrototypes: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Without the prefix of its namespace. */
function nameOf(written: string): string {
  const name = written.slice(written.indexOf(':') + 1);
  if (toPrototypes.has(name)) throw new Unfit();
  return name;
}
