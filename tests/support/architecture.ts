/** The dependency rule of architecture.md §4 as a function over files, so that a test can plant violations and see them found. */
import { transformSync } from 'esbuild';

/**
 * ```
 * index, env ─▶ receive · schedule · deliver · payout · api · pages ─▶ work ─▶ deliver · payout
 *                                          └────▶ commands ─▶ engine ─▶ db ─▶ decide ─▶ schema
 *                    └────▶ views ─▶ engine, words, lossless
 *               words ─▶ decide, schema                      platform, lossless, wechat, sms, design: leaves
 * ```
 */
const edges = ['receive', 'schedule', 'deliver', 'payout', 'api', 'pages'];
const doors = ['index.ts', 'env.ts', 'base.ts', 'settings.ts', 'doorbell.ts'];
const withHtml = ['receive', 'api', 'pages', 'sandbox', 'index.ts'];
const withSql = ['schema', 'db', 'sandbox'];

const inner = ['schema', 'decide', 'db', 'engine', 'commands', 'views', 'words', 'platform', 'work.ts'];
const leaves = ['lossless', 'wechat', 'sms', 'platform', 'design'];

/** What each place may use besides itself. */
const uses: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  ...Object.fromEntries(leaves.map((leaf) => [leaf, []])),
  decide: ['schema'],
  db: ['schema', 'decide', 'platform'],
  words: ['schema', 'decide'],
  engine: ['schema', 'decide', 'db', 'platform', 'words'],
  commands: ['schema', 'decide', 'db', 'engine', 'platform', 'words'],
  views: ['schema', 'decide', 'db', 'engine', 'platform', 'words', 'lossless'],
  'd1.ts': ['db', 'platform'],
  'work.ts': [...inner, 'deliver', 'payout'],
  // A second Worker: protocols, and what all pages look like, are no knowledge of how Huike works.
  sandbox: ['wechat', 'design'],
  ...Object.fromEntries(edges.map((edge) => [edge, [...inner, ...leaves]])),
  'base.ts': [...inner, ...leaves, ...edges, 'd1.ts', 'settings.ts', 'doorbell.ts'],
  'env.ts': [...inner, ...leaves, ...edges, 'base.ts', 'settings.ts', 'doorbell.ts'],
  'index.ts': [...inner, ...leaves, ...edges, 'env.ts'],
  'settings.ts': [...inner, ...leaves, ...edges],
  'doorbell.ts': [...inner, ...leaves, ...edges],
};

/** Where a file lives: a folder of workers/, a door right beside them, or `schema`. */
function placeOf(path: string): string {
  const [top = '', next = ''] = path.split('/');
  return top === 'workers' ? next : top;
}

const mayUse = (from: string, to: string): boolean => from === to || (uses[from] ?? []).includes(to);

type Import = { readonly text: string; readonly target: string };

const importShape =
  /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+(?:\s*,\s*\{[^}]*\})?)\s+from\s+['"]([^'"]+)['"]|^[ \t]*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

export const importsOf = (source: string): Import[] =>
  [...source.matchAll(importShape)].map(([text, from, bare, lazy]) => ({
    text: text.trim(),
    target: from ?? bare ?? lazy ?? '',
  }));

/** `workers/db/set.ts` and `../decide/evolve.ts` make `workers/decide/evolve.ts`. */
export function resolve(path: string, target: string): string {
  const steps = path.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

const impure = [
  /\basync\b/,
  /\bawait\b/,
  /\bPromise\b/,
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bperformance\b/,
  /\bMath\.random\b/,
  /\bcrypto\b/,
  /\bfetch\s*\(/,
  /\bconsole\b/,
  /\bset(?:Timeout|Interval)\b/,
];
const sqlText =
  /\b(?:SELECT\s+[\w*"'(.$]|INSERT (?:OR \w+ )?INTO\s|DELETE FROM\s|UPDATE \w+ SET\b|CREATE TABLE\b)/;
const bindings =
  /\benv\.[A-Z]|\b(?:D1Database|D1PreparedStatement|KVNamespace|R2Bucket|DurableObject\w*)\b|\bQueue</;

/** One line for each violation, with the file it is in. */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [path, source] of files) {
    const place = placeOf(path);
    for (const { text, target } of importsOf(source)) {
      if (target.startsWith('.')) {
        const to = placeOf(resolve(path, target));
        if (!mayUse(place, to)) found.push(`${path}: ${place} must not use ${to}`);
      } else {
        const reason = packageMiss(place, text, target);
        if (reason !== null) found.push(`${path}: ${reason}`);
      }
    }
    // Comments and types are left out: only what runs is judged.
    const loader = path.endsWith('.tsx') ? 'tsx' : 'ts';
    const code = transformSync(source, {
      loader,
      jsx: 'automatic',
      legalComments: 'none',
      target: 'esnext',
      charset: 'utf8',
    }).code;
    if (place === 'decide') {
      for (const shape of impure) {
        const [word] = shape.exec(code) ?? [];
        if (word !== undefined) found.push(`${path}: decide is pure, and ${word.trim()} is not`);
      }
    }
    if (place === 'db' && path !== 'workers/db/db.ts' && /\bJSON\.stringify\b/.test(code))
      found.push(
        `${path}: what db writes as JSON, json() of db.ts writes: it lets no half character through`,
      );
    if (!withSql.includes(place) && sqlText.test(code)) found.push(`${path}: SQL is spoken in schema and db`);
    // Types vanish in what runs, and a binding's type is already too much to know.
    const knowsBindings = doors.includes(place) || place === 'd1.ts' || place === 'sandbox';
    if (!knowsBindings && bindings.test(source))
      found.push(`${path}: bindings are touched in index.ts, env.ts, base.ts and doorbell.ts`);
  }
  return found;
}

function packageMiss(place: string, text: string, target: string): string | null {
  if (target === 'zod') {
    return /^import (?:type )?\* as z from 'zod'$/.test(text) ? null : "write import * as z from 'zod'";
  }
  if (target.startsWith('zod/')) return "write import * as z from 'zod'";
  if (place === 'decide' || place === 'wechat' || place === 'sms' || place === 'design')
    return `${place} must not use ${target}`;
  if (/^drizzle-orm(?:\/|$)/.test(target) && !withSql.includes(place)) {
    return 'drizzle is spoken in schema and db';
  }
  if (/^hono(?:\/|$)/.test(target) && !withHtml.includes(place))
    return 'hono is used by index, receive, api, pages and sandbox';
  if (target.startsWith('cloudflare:') && !doors.includes(place))
    return 'bindings are touched in index.ts, env.ts, base.ts and doorbell.ts';
  if (target.startsWith('node:')) return `${target} is not there in a Worker`;
  return null;
}
