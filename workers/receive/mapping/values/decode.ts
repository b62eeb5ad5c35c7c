/** 拆包: JSON inside a form field, a string inside JSON, base64, XML: decoded step by step, as the mapping says. */
import { decodeUrl, parseForm } from '../../lossless/form.ts';
import { parseJson, type ParsedTree, type Tree } from '../../../lossless/json.ts';
import { decodeText } from '../../lossless/text.ts';
import { isList, replaceAt, valueAt } from '../../lossless/tree.ts';
import { parseXml } from '../../lossless/xml.ts';
import { pathName } from '../paths.ts';
import type { PathText } from '../node.ts';
import type { Step } from '../spec.ts';

export type Decoded =
  | { readonly ok: true; readonly trees: readonly Tree[] }
  | { readonly ok: false; readonly why: string };

/** The documents of a body: one, or one for each element of the list at `each`, with the rest of the body around it. */
export function decodeBody(text: string, steps: readonly Step[], each: PathText | undefined): Decoded {
  const { tree, why } = decodeSteps(text, steps);
  if (why !== null) return { ok: false, why };
  if (typeof tree !== 'object' || tree === null)
    return { ok: false, why: 'what was decoded is text, not fields' };
  return each === undefined ? { ok: true, trees: [tree] } : elementsOf(tree, each);
}

/** As far as the steps came: what they made so far, and why the next one could not be taken. */
export function decodeSteps(
  text: string,
  steps: readonly Step[],
): { readonly tree: Tree; readonly why: string | null } {
  let tree: Tree = text;
  for (const step of steps) {
    const path = step.at === undefined ? [] : keysOf(step.at);
    const inner = valueAt(tree, path);
    // Some senders write the same field as text in one event and as an object in the next.
    if (typeof inner !== 'string') {
      if (path.length > 0) continue;
      return { tree, why: `${step.do} has no text to decode` };
    }
    const read = decodeStep(inner, step.do);
    if (!read.ok)
      return { tree, why: `${step.do}${path.length > 0 ? ` at ${path.join('.')}` : ''}: ${read.why}` };
    if (read.repeated !== null) return { tree, why: `"${read.repeated}" stands twice with different values` };
    tree = replaceAt(tree, path, read.tree);
  }
  return { tree, why: null };
}

export const keysOf = (path: PathText): readonly string[] =>
  typeof path === 'string' ? path.split('.') : path;

function elementsOf(tree: Tree, each: PathText): Decoded {
  const path = keysOf(each);
  const top = path[0] === '.' ? [] : path;
  const found = valueAt(tree, top);
  if (found === undefined || found === null) return { ok: false, why: `${pathName(each)} is not there` };
  const list = isList(found) ? found : [found];
  if (list.length > 500) return { ok: false, why: `${pathName(each)} has more than 500 elements` };
  return { ok: true, trees: list.map((element) => replaceAt(tree, top, [element])) };
}

function decodeStep(text: string, step: Step['do']): ParsedTree {
  switch (step) {
    case 'json':
      return parseJson(text);
    case 'xml':
      return parseXml(text);
    case 'form': {
      const fields = parseForm(text);
      return fields ? plain(Object.fromEntries(fields)) : fault('it is not a form, or a field stands twice');
    }
    case 'url_decode': {
      const decoded = decodeUrl(text);
      return decoded === null ? fault('an escape is broken') : plain(decoded);
    }
    case 'base64': {
      const decoded = decodeBase64(text);
      return decoded === null ? fault('it is not base64 of text') : plain(decoded);
    }
    default:
      return step satisfies never;
  }
}

const plain = (tree: Tree): ParsedTree => ({ ok: true, tree, repeated: null, twice: null });
const fault = (why: string): ParsedTree => ({ ok: false, why });

function decodeBase64(text: string): string | null {
  try {
    const standard = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll(/\s/g, '');
    return decodeText(
      Uint8Array.from(atob(standard), (char) => char.charCodeAt(0)),
      null,
    );
  } catch {
    return null;
  }
}
