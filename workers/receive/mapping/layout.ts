/** 拆开看: what decoding makes of a payload, and where the paths of a mapping begin in it. */
import type { Tree } from '../../lossless/json.ts';
import { isList, valueAt } from '../lossless/tree.ts';
import { decodeSteps, keysOf } from './values/decode.ts';
import { pathName } from './paths.ts';
import type { MappingSpec } from './spec.ts';

export type Layout = {
  /** What was decoded, as JSON, as far as the steps came. Longer than the lab shows, it ends with an ellipsis. */
  readonly decoded: string;
  readonly tree: Tree;
  /** Where a path without `$.` or `^.` begins: `$`, or with `each` one element of its list, `$.orders[0]`. */
  readonly start: string;
  /** How many elements `each` finds; null without `each`, and where nothing stands there. */
  readonly elements: number | null;
};

const shownMax = 8_000;

export function layoutOf({ decode, each }: MappingSpec, payload: string): Layout {
  const { tree } = decodeSteps(payload, decode);
  const start = each === undefined ? '$' : `$${pathName(each) === '.' ? '' : `.${pathName(each)}`}[0]`;
  const text = JSON.stringify(tree, null, 2);
  const decoded = text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
  if (each === undefined) return { decoded, tree, start, elements: null };
  const path = keysOf(each);
  const found = valueAt(tree, path[0] === '.' ? [] : path);
  const elements = isList(found) ? found.length : found === undefined || found === null ? null : 1;
  return { decoded, tree, start, elements };
}
