/** 体积: how large the deployed Worker is, and how long it takes to come to life. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { forWorkerd } from '../../scripts/bundle.ts';
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
}
