/** XML 报文: elements and attributes as a tree of text; no DOCTYPE, no entities of its own, bounded in size and depth. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { ParsedTree, Tree } from '../../lossless/json.ts';
import { depthMax } from '../../lossless/scan.ts';

const charactersMax = 1_000_000;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  textNodeName: 'text',
  // Numeric references such as &#x4E2D; are characters; one makes one.
  htmlEntities: true,
  maxNestedTags: depthMax,
});

/** Repeated elements are a list, one alone is not; `listOf` reads both. */
export function parseXml(text: string): ParsedTree {
  if (text.length > charactersMax) return { ok: false, why: `it is longer than ${charactersMax} characters` };
  // Entities that open files or grow to gigabytes can be declared only with these.
  if (/<!(?!\[CDATA\[|--)/.test(text)) return { ok: false, why: 'it declares a document type or entities' };
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { ok: false, why: `it is not XML at line ${valid.err.line}` };
  try {
    const tree = toTree(parser.parse(text));
    const roots = typeof tree === 'object' && tree !== null ? Object.keys(tree).length : 0;
    if (roots !== 1) return { ok: false, why: 'it has not exactly one root' };
    return { ok: true, tree, repeated: null, twice: null };
  } catch {
    return { ok: false, why: `it is nested deeper than ${depthMax}, or names what it must not` };
  }
}

function toTree(value: unknown): Tree {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map(toTree);
  // A parser that converts no values returns only text and nodes.
  if (typeof value !== 'object') return '';
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]): [string, Tree] => [key, toTree(inner)]),
  );
}
