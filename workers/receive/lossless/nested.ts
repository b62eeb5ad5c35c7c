/** 层层包裹: JSON that travels as text inside JSON, url-encoded or not, is opened; what is no such text stays as it is. */
import { decodeUrl } from './form.ts';
import { parseJson, type Tree } from '../../lossless/json.ts';

export const wrappingsMax = 3;

/** A key that stands twice inside keeps the text closed: whoever reads it next will see it. */
export function openText(value: Tree, levels = wrappingsMax): Tree {
  if (typeof value !== 'string' || levels === 0) return value;
  const text = startsJson.test(value) ? value : (decodeUrl(value) ?? value);
  if (!startsJson.test(text)) return value;
  const parsed = parseJson(text);
  return parsed.ok && parsed.repeated === null ? openText(parsed.tree, levels - 1) : value;
}

const startsJson = /^\s*[{["]/;
