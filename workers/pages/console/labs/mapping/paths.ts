/** 找得到的路径: what stands in a payload that was taken apart, as a person picks it for a field. */

export type Found = { readonly path: string; readonly value: string };

const foundMax = 150;
const depthMax = 6;
const shownMax = 40;

/** One key of a path; one that a path would read as several is written as a list. */
const isPlain = (key: string): boolean => /^[^.|$^[\]]+$/.test(key);
const written = (keys: readonly string[]): string =>
  keys.every(isPlain) ? keys.join('.') : JSON.stringify(keys);

/** Values by their paths, lists by how many stand in them; what is in a list begins anew within it. */
export function pathsIn(tree: unknown, before: readonly string[] = []): readonly Found[] {
  const found: Found[] = [];
  const walk = (value: unknown, keys: readonly string[]): void => {
    if (found.length >= foundMax || keys.length - before.length > depthMax) return;
    if (Array.isArray(value)) found.push({ path: written(keys), value: `共 ${value.length} 项` });
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...keys, key]);
    else found.push({ path: keys.length === 0 ? '.' : written(keys), value: shown(value) });
  };
  walk(tree, before);
  return found;
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
};

const keysOf = (path: string): readonly string[] => {
  const [first = ''] = path.split('|');
  if (!first.startsWith('[')) return first.replace(/^\$\./, '').split('.');
  try {
    const keys: unknown = JSON.parse(path);
    return Array.isArray(keys) ? keys.map(String) : [];
  } catch {
    return [];
  }
};

/** The first element of the list at a path: what paths within it begin at. */
export function elementAt(tree: unknown, path: string): unknown {
  const here = path === '.' ? tree : keysOf(path).reduce(inner, tree);
  return Array.isArray(here) ? (here[0] as unknown) : here;
}

const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (Reflect.get(value, key) as unknown)
    : undefined;
