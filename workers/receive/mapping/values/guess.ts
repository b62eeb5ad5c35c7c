/** 猜怎么拆: the steps that take a body apart, by what it looks like; a person sees them, and may say otherwise. */
import type { Tree } from '../../../lossless/json.ts';
import { isObject, valueAt } from '../../lossless/tree.ts';
import { jsonStepsMax, stepsMax, type Step } from '../spec.ts';
import { decodeSteps } from './decode.ts';

/** Deeper no till packs one thing into another. */
const depthMax = 3;

type Kind = Step['do'];
const looks: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/^\s*[{[]/, ['json']],
  [/^\s*</, ['xml']],
  [/^\s*%(?:7B|5B|3C)/i, ['url_decode']],
  // `{"`, `[{` and `["` in base64.
  [/^(?:eyJ|W3s|WyJ)[\w+/=-]+$/, ['base64']],
];
const looksLike = (text: string): readonly Kind[] => looks.find(([shape]) => shape.test(text))?.[1] ?? [];

export function guessSteps(text: string): readonly Step[] {
  const [first = 'form'] = looksLike(text);
  let steps: readonly Step[] = [{ do: first }];
  // Each round takes one more text apart, until nothing looks like anything any more.
  while (steps.length < stepsMax) {
    const { tree, why } = decodeSteps(text, steps);
    const next = why === null ? nextStep(tree, []) : null;
    if (next === null || (next.do === 'json' && jsonsIn(steps) === jsonStepsMax)) break;
    steps = [...steps, next];
  }
  return steps;
}

const jsonsIn = (steps: readonly Step[]): number => steps.filter((step) => step.do === 'json').length;

function nextStep(tree: Tree, path: readonly string[]): Step | null {
  const here = valueAt(tree, path);
  if (typeof here === 'string') {
    const [kind] = looksLike(here);
    if (kind === undefined || !isTakenApart(here, kind)) return null;
    return path.length === 0 ? { do: kind } : { do: kind, at: path.join('.') };
  }
  if (!isObject(here) || path.length === depthMax) return null;
  for (const key of Object.keys(here)) {
    if (key.includes('.')) continue;
    const found = nextStep(tree, [...path, key]);
    if (found) return found;
  }
  return null;
}

/** A remark may begin with a bracket, too. */
function isTakenApart(text: string, kind: Kind): boolean {
  const { tree, why } = decodeSteps(text, [{ do: kind }]);
  return why === null && (typeof tree === 'object' || looksLike(String(tree)).length > 0);
}
