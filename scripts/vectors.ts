/** `npm run vectors -- FILE`: runs every vector of a file through the shipped verifiers, inside workerd. */
import { readFileSync } from 'node:fs';
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import * as z from 'zod';
import { bundle, wranglerConfig } from './runtime.ts';
import type { Outcome } from './vectors-worker.ts';

const pageSize = 50;

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('Which vectors? Say: npm run vectors -- FILE');
  process.exit(2);
}
const vectors = z
  .array(z.unknown())
  .min(1)
  .parse(JSON.parse(readFileSync(path, 'utf8')));

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    modules: [{ type: 'ESModule', path: 'index.mjs', contents: await bundle('scripts/vectors-worker.ts') }],
    compatibilityDate: wranglerConfig().compatibility_date,
    cf: false,
  }),
);
let [passed, failed] = [0, 0];
try {
  for (let start = 0; start < vectors.length; start += pageSize) {
    const body = JSON.stringify(vectors.slice(start, start + pageSize));
    const response = await miniflare.dispatchFetch('http://vectors/', { method: 'POST', body });
    if (!response.ok) throw new Error(`the verifiers broke: ${await response.text()}`);
    // Our own worker answers, with one outcome for each vector.
    for (const { id, expected, got, why, ok } of (await response.json()) as readonly Outcome[]) {
      console.log(`${id} ${expected} ${got} ${ok ? 'ok' : `DIFF (${why || 'accepted'})`}`);
      if (ok) passed += 1;
      else failed += 1;
    }
  }
} finally {
  await miniflare.dispose();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
