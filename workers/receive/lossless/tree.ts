/** 取值: the value at a path, by own properties only, so that no payload reaches a prototype. */
import type { Tree, TreeObject } from '../../lossless/json.ts';

export type Path = readonly string[];

export const isObject = (tree: Tree | undefined): tree is TreeObject =>
  typeof tree === 'object' && tree !== null && !isList(tree);

export const isList = (tree: Tree | undefined): tree is readonly Tree[] => Array.isArray(tree);

/** Undefined when there is no value; a list is indexed by number. */
export function valueAt(tree: Tree | undefined, path: Path): Tree | undefined {
  let here: Tree | undefined = tree;
  for (const key of path) {
    if (isList(here)) here = /^\d{1,4}$/.test(key) ? here[Number(key)] : undefined;
    else if (isObject(here)) here = Object.hasOwn(here, key) ? here[key] : undefined;
    else return undefined;
  }
  return here;
}

/** A scalar as trimmed text; null when it is absent, null or blank. */
export function textOf(tree: Tree | undefined): string | null {
  if (typeof tree === 'boolean') return String(tree);
  if (typeof tree !== 'string') return null;
  return tree.trim() || null;
}

/** The value as a list: a single value is a list of one (XML cannot distinguish them), none is empty. */
export function listOf(tree: Tree | undefined): readonly Tree[] {
  if (isList(tree)) return tree;
  return tree === undefined || tree === null || tree === '' ? [] : [tree];
}

/** The same tree with another value at a path that exists. */
export function replaceAt(tree: Tree, path: Path, value: Tree): Tree {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = valueAt(tree, [key]);
  if (inner === undefined) return tree;
  const replaced = replaceAt(inner, rest, value);
  if (isList(tree)) return tree.map((entry, place) => (place === Number(key) ? replaced : entry));
  return isObject(tree) ? { ...tree, [key]: replaced } : tree;
}
