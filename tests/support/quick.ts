/** 快测: the tests of what is a function of its input: decisions, contracts of registries, protocols, signatures, and the rules of the tree. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

const places =
  /^tests\/(?:decide|contracts|schema|wechat|sms|lossless|receive\/(?:verify|mapping|lossless))\/|^tests\/[\w-]+\.test\.ts$/;

/** Whoever uses one of these starts a runtime, a browser or another process. */
const starters = new Set(['miniflare', 'playwright-core', 'node:child_process', 'node:worker_threads']);

const imported = /(?:\bfrom\s+|\bimport\(\s*|\bimport\s+)['"]([^'"]+)['"]/g;

export const quickTests = (): string[] =>
  readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((name) => `tests/${name}`)
    .filter((path) => path.endsWith('.test.ts') && places.test(path))
    .filter((path) => !starts(join(root, path), new Set()))
    .toSorted();

const known = new Map<string, readonly string[]>();

/** What a file imports; each is read once. */
function targetsOf(path: string): readonly string[] {
  const targets =
    known.get(path) ?? [...readFileSync(path, 'utf8').matchAll(imported)].map(([, target = '']) => target);
  known.set(path, targets);
  return targets;
}

/** Whether the file starts something, or anything that it uses does, however far. */
export function starts(path: string, seen: Set<string>): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  return targetsOf(path).some((target) =>
    target.startsWith('.')
      ? /\.tsx?$/.test(target) &&
        isOurs(join(dirname(path), target)) &&
        starts(join(dirname(path), target), seen)
      : starters.has(target),
  );
}

/** Texts of planted files, in tests, name places that are not there. */
const isOurs = (path: string): boolean => existsSync(path) && !relative(root, path).startsWith('..');
