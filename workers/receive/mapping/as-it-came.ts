/** 原样保存: a body that no mapping can decode yet, stored whole until one can, and shown in readable form meanwhile. */
import { parseJson, type Tree } from '../../lossless/json.ts';
import { isObject } from '../lossless/tree.ts';

/** The type of bodies that arrive before there is a mapping. */
export const unmappedType = 'unmapped';
/** The key for text that is not JSON. */
const undecoded = 'undecoded';
/** The key for JSON, so that personal data in it can be masked and the rest shown. */
const unmapped = 'unmapped';

export function keptWhole(text: string): { readonly tree: Tree } {
  const parsed = parseJson(text);
  const isReadable = parsed.ok && parsed.repeated === null && typeof parsed.tree === 'object';
  return { tree: isReadable ? { [unmapped]: parsed.tree } : { [undecoded]: text } };
}

/** The text that was stored whole; null when a mapping decoded it before storing. */
export function wholeOf(tree: Tree): string | null {
  if (!isObject(tree) || Object.keys(tree).length !== 1) return null;
  const { [undecoded]: text, [unmapped]: inner } = tree;
  if (typeof text === 'string') return text;
  return typeof inner === 'object' && inner !== null ? JSON.stringify(inner) : null;
}

export const isForm = (text: string): boolean => !/^\s*[{[]/.test(text);

/** Signed fields replace the body, because nothing else was signed. */
export const textOfFields = (fields: ReadonlyMap<string, string>, asForm: boolean): string =>
  asForm ? String(new URLSearchParams([...fields])) : JSON.stringify(Object.fromEntries(fields));
