/** 体积: how large the deployed Worker is, and how long it takes to come to life. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { forWorkerd } from '../../scripts/bundle.ts';
import { wranglerConfig } from '../../scripts/runtime.ts';
import { report } from './report.ts';
import type { Length } from './run.ts';

const kilobyte = 1024;

/** Stands in for what only a Worker can import. */
const workersOnly = `import { registerHooks } from 'node:module';
const nothing = 'export const waitUntil = () => {}; export const env = {};';
registerHooks({
  resolve: (name, context, next) => name.startsWith('cloudflare:')
    ? { url: 'data:text/javascript,' + encodeURIComponent(nothing), shortCircuit: true }
    : next(name, context),
});`;

export async function benchBundle({ samples }: Length): Promise<void> {
  const { code } = await forWorkerd('workers/index.ts', { minify: true });
  report({
    name: 'bundle/gzipped',
    unit: 'KB',
    samples: [gzipSync(code, { level: 9 }).length / kilobyte],
    bound: { atMost: 600 },
    context: { minifiedKB: Math.round(code.length / kilobyte) },
  });
  const folder = mkdtempSync(join(tmpdir(), 'huike-bundle-'));
  const file = join(folder, 'index.mjs');
  writeFileSync(file, code);
  const script = `${workersOnly}
    const startedAt = performance.now();
    await import(${JSON.stringify(file)});
    console.log(performance.now() - startedAt);`;
  const times = Array.from({ length: samples * 2 + 1 }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })),
  );
  rmSync(folder, { recursive: true });
  report({
    name: 'bundle/import',
    unit: 'ms',
    samples: times,
    context: { what: 'import in a fresh Node process' },
  });
  const startUps: number[] = [];
  // In turns: what workerd itself takes to start is taken off, whatever else the machine does.
  for (let sample = 0; sample < samples * 2 + 1; sample += 1) {
    const empty = await firstAnswerMs(emptyWorker);
    startUps.push((await firstAnswerMs(code)) - empty);
  }
  report({
    name: 'bundle/start-up',
    unit: 'ms',
    samples: startUps,
    bound: { atMost: 200 },
    context: { what: 'until workerd answers for the first time, beyond what an empty Worker takes' },
  });
}

const emptyWorker = `export default { fetch: () => new Response(null, { status: 404 }) };`;

/** From a process that does not exist yet to the answer of an address that nobody serves. */
async function firstAnswerMs(contents: string): Promise<number> {
  const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } = wranglerConfig();
  const modules = [{ type: 'ESModule', path: 'index.mjs', contents }];
  const worker = { name: 'started', modules, compatibilityDate, compatibilityFlags };
  const startedAt = performance.now();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({ host: '127.0.0.1', port: 0, cf: false, workers: [worker] } as never) as never,
  );
  const answer = await fetch(new URL('/nothing', await miniflare.ready));
  const ms = performance.now() - startedAt;
  assert.equal(answer.status, 404);
  await miniflare.dispose();
  return ms;
}
