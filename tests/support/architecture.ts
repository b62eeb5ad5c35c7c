/** The dependency rule of architecture.md §4 as a function over files, so that a test can plant violations and see them found. */
import { transformSync } from 'esbuild';

/**
 * ```
 * index, env ─▶ receive · schedule · deliver · payout · api · pages ─▶ work ─▶ deliver · payout
 *                                                       └────▶ process and what it is made of ─▶ db ─▶ decide ─▶ schema
 *               api · pages ─▶ observe ─▶ schema                                           wechat, sms: leaves
 * ```
 * `db` may also use the leaves: small files beside index.ts that import nothing of ours. `lossless` is one with a folder of its own.
 */
const edges = ['receive', 'schedule', 'deliver', 'payout', 'api', 'pages'];
const entries = ['index.ts', 'env.ts', 'settings.ts', 'doorbell.ts'];
const leaves = ['base32.ts', 'log.ts', 'plans.ts', 'problem.ts', 'timeout.ts'];
const withHtml = ['receive', 'api', 'pages', 'sandbox', 'index.ts'];
const withSql = ['schema', 'db', 'observe', 'sandbox'];

/** Where a file lives: a folder of workers/, a file right beside index.ts, or `schema`. */
function placeOf(path: string): string {
  const [top = '', next = ''] = path.split('/');
  return top === 'workers' ? next : top;
}

const isShared = (place: string): boolean => place.endsWith('.ts') && !entries.includes(place);

function mayUse(from: string, to: string): boolean {
  if (from === to) return true;
  if (to === 'sandbox' || entries.includes(to)) {
    // index knows env, and env what it is made of.
    return (
      (from === 'index.ts' && to === 'env.ts') || (from === 'env.ts' && to !== 'index.ts' && to !== 'sandbox')
    );
  }
  if (entries.includes(from)) return true;
  switch (from) {
    case 'schema':
    case 'lossless':
    case 'sms':
    case 'wechat':
      return false;
    case 'decide':
      return to === 'schema';
    case 'observe':
      return to === 'schema' || to === 'db';
    case 'db':
      return to === 'schema' || to === 'decide' || leaves.includes(to);
    case 'sandbox':
      return to === 'wechat';
    default:
  }
  if (leaves.includes(from)) return false;
  if (to === 'schema' || to === 'decide' || to === 'db' || isShared(to)) return true;
  if (from === 'work.ts') return to === 'deliver' || to === 'payout';
  if (!edges.includes(from)) return false;
  return (
    to === 'lossless' ||
    to === 'wechat' ||
    to === 'sms' ||
    (to === 'observe' && (from === 'api' || from === 'pages'))
  );
}

type Import = { readonly text: string; readonly target: string };

const importShape =
  /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+(?:\s*,\s*\{[^}]*\})?)\s+from\s+['"]([^'"]+)['"]|^[ \t]*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

const importsOf = (source: string): Import[] =>
  [...source.matchAll(importShape)].map(([text, from, bare, lazy]) => ({
    text: text.trim(),
    target: from ?? bare ?? lazy ?? '',
  }));

/** `workers/db/apply.ts` and `../decide/evolve.ts` make `workers/decide/evolve.ts`. */
function resolve(path: string, target: string): string {
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
    if (!withSql.includes(place) && sqlText.test(code))
      found.push(`${path}: SQL is spoken in schema, db and observe`);
    // Types vanish in what runs, and a binding's type is already too much to know.
    const knowsBindings = entries.includes(place) || place === 'd1.ts' || place === 'sandbox';
    if (!knowsBindings && bindings.test(source))
      found.push(`${path}: bindings are touched in index.ts, env.ts and doorbell.ts`);
  }
  return found;
}

function packageMiss(place: string, text: string, target: string): string | null {
  if (target === 'zod') {
    return /^import (?:type )?\* as z from 'zod'$/.test(text) ? null : "write import * as z from 'zod'";
  }
  if (target.startsWith('zod/')) return "write import * as z from 'zod'";
  if (place === 'decide' || place === 'wechat' || place === 'sms') return `${place} must not use ${target}`;
  if (/^drizzle-orm(?:\/|$)/.test(target) && place !== 'schema' && place !== 'db' && place !== 'observe') {
    return 'drizzle is spoken in schema, db and observe';
  }
  if (/^hono(?:\/|$)/.test(target) && !withHtml.includes(place))
    return 'hono is used by index, receive, api, pages and sandbox';
  if (target.startsWith('cloudflare:') && !entries.includes(place))
    return 'bindings are touched in index.ts, env.ts and doorbell.ts';
  if (target.startsWith('node:')) return `${target} is not there in a Worker`;
  return null;
}
