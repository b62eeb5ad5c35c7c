/** 原文: bodies read strictly, so that two readers of one body can never see two different sales. */
import { parseJson, type Tree } from '../../../lossless/json.ts';
import { decodeUtf8 } from '../../body.ts';
import { decodeText } from '../../lossless/text.ts';
import { isObject } from '../../lossless/tree.ts';

/** JSON text of one object, or one list, with no key twice and none empty; null when it is anything else. */
export function readJsonText(body: Uint8Array, kinds: '{' | '{[' = '{'): string | null {
  const text = decodeUtf8(body);
  return text !== null && readStrict(text, kinds) !== null ? text : null;
}

/** Inside a string a quotation mark has a backslash before it, so two of them side by side are an empty string. */
const emptyKey = /[{,]\s*""\s*:/;

function readStrict(text: string, kinds: string): Tree | null {
  const first = /^\s*(\S)/.exec(text)?.[1] ?? '';
  if (!kinds.includes(first) || first === '' || emptyKey.test(text)) return null;
  const parsed = parseJson(text);
  return parsed.ok && parsed.twice === null ? parsed.tree : null;
}

/** Null stands for what is not a plain value: an object, a list, null. */
export type JsonFields = ReadonlyMap<string, string | null>;

/** What stands at the top of one object that is as strict; numbers keep the digits they were written with. */
export function readJsonFields(body: Uint8Array): JsonFields | null {
  const text = decodeUtf8(body);
  const tree = text === null ? null : readStrict(text, '{');
  if (tree === null || !isObject(tree)) return null;
  return new Map(Object.entries(tree).map(([key, part]) => [key, scalarText(part)]));
}

function scalarText(part: Tree): string | null {
  // A lone surrogate has no bytes of its own: several texts would have the same signature.
  if (typeof part === 'string') return part.isWellFormed() ? part : null;
  return typeof part === 'boolean' ? String(part) : null;
}

const pairsMax = 256;

/** A form in strict percent-encoded UTF-8 with no name twice and none empty. */
export function readForm(body: Uint8Array): ReadonlyMap<string, string> | null {
  const text = decodeUtf8(body);
  if (text === null || text === '') return null;
  const pieces = text.split('&', pairsMax + 1);
  if (pieces.length > pairsMax) return null;
  const fields = new Map<string, string>();
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    if (equals < 1) return null;
    const name = decodeComponent(piece.slice(0, equals));
    const value = decodeComponent(piece.slice(equals + 1));
    if (name === null || value === null || fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields;
}

function decodeComponent(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** The query is already decoded: bytes that were not UTF-8 show as U+FFFD, which no sender uses. */
export function readQuery(query: URLSearchParams): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  for (const [name, value] of query) {
    if (name === '' || fields.has(name) || fields.size >= pairsMax) return null;
    if (name.includes('\uFFFD') || value.includes('\uFFFD')) return null;
    fields.set(name, value);
  }
  return fields;
}

/** Chinese tills send GBK as often as UTF-8; their content-type is unsigned and therefore ignored. */
export const decodeAnyChinese = (body: Uint8Array): string | null => decodeText(body, null);
