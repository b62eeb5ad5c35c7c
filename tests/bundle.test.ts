/** 部署包: what wrangler would deploy is our Worker, whole, small, and nothing of the sandbox. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../scripts/runtime.ts';
import { smsProviders } from '../workers/deliver/connect.ts';

const gzipBytesMax = 600_000;
const outDir = mkdtempSync(join(tmpdir(), 'huike-bundle-'));
let deployed = '';

beforeAll(() => {
  const wrangler = join(root, 'node_modules', '.bin', 'wrangler');
  execFileSync(wrangler, ['deploy', '--dry-run', '--minify', '--outdir', outDir], {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  deployed = readFileSync(join(outDir, 'index.js'), 'utf8');
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

test('the deployed bundle contains no line of the sandbox', () => {
  const sandboxFiles = readdirSync(join(root, 'workers/sandbox'), { recursive: true, encoding: 'utf8' });
  expect(sandboxFiles.length).toBeGreaterThan(10);
  const sourceMap = readFileSync(join(outDir, 'index.js.map'), 'utf8');
  expect(sourceMap).toContain('workers/engine/process.ts');
  expect(sourceMap).not.toContain('workers/sandbox');
  for (const trace of ['TMPL_SALE_EARNED', '阳光小镇']) expect(deployed).not.toContain(trace);
});

test('nothing deployed can be pointed at a sandbox: no provider, address or word of it is in the bundle', () => {
  expect(deployed.match(/sandbox|沙盒/gi) ?? []).toEqual([]);
  for (const name of smsProviders) expect(['none', 'aliyun', 'tencent']).toContain(name);
});

test('the deployed bundle stays under 600 KB gzipped', () => {
  expect(gzipSync(deployed).length).toBeLessThan(gzipBytesMax);
});

test('the deployed bundle holds none of the 40 locales that zod would bring', () => {
  expect(deployed).not.toContain('Ungültige Eingabe');
});
