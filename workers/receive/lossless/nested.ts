/** 层层包裹: decodes JSON sent as text inside JSON, url-encoded or not; other text stays as it is. */
import { decodeUrl } from './form.ts';
import { parseJson, type Tree } from '../../lossless/json.ts';

export const wrappingsMax = 3;

/** Text with a duplicate key is not decoded: the next reader reports it. */
export function openText(value: Tree, levels = wrappingsMax): Tree {
  if (typeof value !== 'string' || levels === 0) return value;
  const text = startsJson.test(value) ? value : (decodeUrl(value) ?? value);
  if (!startsJson.test(text)) return value;
  const parsed = parseJson(text);
  return parsed.ok && parsed.repeated === null ? openText(parsed.tree, levels - 1) : value;
}

const startsJson = /^\s*[{["]/;
