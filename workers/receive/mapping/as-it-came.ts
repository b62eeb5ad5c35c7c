/** 原样保存: what no mapping could open yet, kept whole until one can, and as readable meanwhile as it lets itself be read. */
import { parseJson, type Tree } from '../../lossless/json.ts';
import { isObject } from '../lossless/tree.ts';

/** What comes before there is a mapping. */
export const unmappedType = 'unmapped';
/** Under one key of its own: text that is not JSON. */
const undecoded = 'undecoded';
/** Under one key of its own: JSON, so that what is personal in it can be masked and the rest be shown. */
const unmapped = 'unmapped';

export function keptWhole(text: string): { readonly tree: Tree } {
  const parsed = parseJson(text);
  const isReadable = parsed.ok && parsed.repeated === null && typeof parsed.tree === 'object';
  return { tree: isReadable ? { [unmapped]: parsed.tree } : { [undecoded]: text } };
}

/** The text that was kept whole; null for what a mapping had opened when it was stored. */
export function wholeOf(tree: Tree): string | null {
  if (!isObject(tree) || Object.keys(tree).length !== 1) return null;
  const { [undecoded]: text, [unmapped]: inner } = tree;
  if (typeof text === 'string') return text;
  return typeof inner === 'object' && inner !== null ? JSON.stringify(inner) : null;
}

export const isForm = (text: string): boolean => !/^\s*[{[]/.test(text);

/** Signed fields stand for the body they came in: nothing beside them was signed. */
export const textOfFields = (fields: ReadonlyMap<string, string>, asForm: boolean): string =>
  asForm ? String(new URLSearchParams([...fields])) : JSON.stringify(Object.fromEntries(fields));
