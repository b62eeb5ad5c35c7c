/** 路径: a path in a payload, relative to a level. */
import type { Tree } from '../../lossless/json.ts';
import { isObject, valueAt, type Path } from '../lossless/tree.ts';
import type { PathText } from './node.ts';

/** The levels around a node: a line, its order, the payload. */
export type Scope = { readonly tree: Tree | undefined; readonly above: Scope | null };

export type Finder = (scope: Scope) => Tree | undefined;

export function finderOf(path: PathText): Finder {
  if (typeof path !== 'string') return one(path);
  const finders = path
    .split('|')
    .map((alternative) => one(alternative === '.' ? [] : alternative.split('.')));
  const [only] = finders;
  if (finders.length === 1 && only) return only;
  return (scope) => {
    for (const finder of finders) {
      const value = finder(scope);
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return undefined;
  };
}

function one(path: Path): Finder {
  const [start, ...rest] = path;
  if (start === '$') return (scope) => valueAt(topOf(scope).tree, rest);
  const up = path.findIndex((key) => key !== '^');
  const levels = up < 0 ? path.length : up;
  const below = path.slice(levels);
  const [only] = below;
  // Nearly every path is one key of the present level.
  if (levels === 0 && below.length === 1 && only !== undefined) return ({ tree }) => ownOf(tree, only);
  return (scope) => {
    let here: Scope | null = scope;
    for (let level = 0; level < levels; level += 1) here = here?.above ?? null;
    return valueAt(here?.tree, below);
  };
}

const ownOf = (tree: Tree | undefined, key: string): Tree | undefined =>
  isObject(tree) ? (Object.hasOwn(tree, key) ? tree[key] : undefined) : valueAt(tree, [key]);

function topOf(scope: Scope): Scope {
  let here = scope;
  while (here.above) here = here.above;
  return here;
}

export const pathName = (path: PathText): string => (typeof path === 'string' ? path : path.join('.'));
