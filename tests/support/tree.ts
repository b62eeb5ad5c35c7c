/** 文件树: circles among files, types included, and folders that have grown beyond what a reader takes in at a look. */
import { importsOf, resolve } from './architecture.ts';

type Files = ReadonlyMap<string, string>;

/**
 * One line for each circle, from its first file round to itself: `a.ts ▶ b.ts ▶ a.ts`. A type counts like a value,
 * because whoever reads one file of a circle has to read them all.
 */
export function circles(files: Files): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const begin = way.indexOf(path);
    if (begin >= 0) found.add(named(way.slice(begin)));
    if (begin >= 0 || done.has(path)) return;
    for (const next of usedBy(path, files)) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of [...files.keys()].toSorted()) visit(path, []);
  return [...found].toSorted();
}

const usedBy = (path: string, files: Files): string[] =>
  importsOf(files.get(path) ?? '')
    .filter(({ target }) => target.startsWith('.'))
    .map(({ target }) => resolve(path, target))
    .filter((used) => files.has(used));

/** The same circle has one name, wherever it was entered. */
function named(circle: readonly string[]): string {
  const first = circle.toSorted()[0] ?? '';
  const from = circle.indexOf(first);
  return [...circle.slice(from), ...circle.slice(0, from), first].join(' ▶ ');
}

/** `workers/x has 15 files` for each folder that holds more than `filesMax` itself. */
export function crowded(paths: Iterable<string>, filesMax: number): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > filesMax)
    .map(([folder, count]) => `${folder} has ${count} files`)
    .toSorted();
}
