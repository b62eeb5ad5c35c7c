/** 部署包: what wrangler would deploy is our Worker, whole, small, and nothing of the sandbox. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forWorkerd } from '../scripts/bundle.ts';
import { root, startRuntime } from '../scripts/runtime.ts';
import { routes } from '../workers/api/routes.ts';
import { settingsWords } from '../workers/pages/console/words/forms/settings.ts';
import { smsProviders } from '../workers/deliver/connect.ts';

const gzipBytesMax = 600_000;
const outDir = mkdtempSync(join(tmpdir(), 'huike-bundle-'));
let deployed = '';

beforeAll(() => {
  const wrangler = join(root, 'node_modules', '.bin', 'wrangler');
  execFileSync(wrangler, ['deploy', '--dry-run', '--outdir', outDir], {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  deployed = readFileSync(join(outDir, 'index.js'), 'utf8');
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

test('the deployed bundle contains no line of the sandbox', async () => {
  const sandboxFiles = readdirSync(join(root, 'workers/sandbox'), { recursive: true, encoding: 'utf8' });
  expect(sandboxFiles.length).toBeGreaterThan(10);
  const { code, moduleIds } = await forWorkerd('workers/index.ts', { minify: true });
  expect(code).toBe(deployed);
  expect(moduleIds).toContain(join(root, 'workers/engine/process.ts'));
  expect(moduleIds.filter((id) => id.includes('workers/sandbox'))).toEqual([]);
  for (const trace of ['TMPL_SALE_EARNED', '阳光小镇母婴']) expect(deployed).not.toContain(trace);
});

test('what only the document of the API says, and what pages say, is not in the Worker', () => {
  // What pages say is a file beside it.
  const helps = Object.values(settingsWords).flatMap(({ help = '' }) => (help.length > 30 ? [help] : []));
  expect(helps.length).toBeGreaterThan(10);
  expect([...helps, '可能已经删掉了', '用别人的手机看过'].filter((help) => deployed.includes(help))).toEqual(
    [],
  );
  const sentences = routes.flatMap(({ description = '' }) => (description.length > 40 ? [description] : []));
  expect(sentences.length).toBeGreaterThan(30);
  expect(sentences.filter((sentence) => deployed.includes(sentence))).toEqual([]);
  expect(deployed).not.toMatch(/3\.1\.1|securitySchemes/);
});

test('what is deployed answers, the document of its API beside it', async () => {
  const runtime = await startRuntime({
    vars: { SEED: 'a seed of at least thirty-two characters' },
    workerEntry: '.worker/index.js',
  });
  const ask = (path: string, init?: RequestInit) => fetch(new URL(path, runtime.url), init);
  expect(await (await ask('/healthz')).json()).toMatchObject({ ok: true });
  expect((await ask('/api/v1/members')).status).toBe(401);
  expect(await (await ask('/api/nothing')).json()).toMatchObject({ code: 'unknown_route' });
  expect(deployed).not.toContain('认出您是哪位会员');
  expect(await (await ask('/m/privacy')).text()).toContain(
    '认出您是哪位会员，收银时积分、用券，必要时联系您。',
  );
  const document = await ask('/api/openapi.json');
  expect(document.headers.get('content-type')).toBe('application/json');
  expect(await document.json()).toMatchObject({ openapi: '3.1.1' });
  const page = await ask('/api/docs');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  );
  const unchanged = { headers: { 'if-none-match': page.headers.get('etag') ?? '' } };
  expect((await ask('/api/docs', unchanged)).status).toBe(304);
  for (const path of ['/m/privacy', '/console/sign-in']) {
    const [, style = ''] =
      /rel="stylesheet" href="(\/assets\/[a-z]+\.[0-9a-f]{16}\.css)"/.exec(await (await ask(path)).text()) ??
      [];
    const answer = await ask(style);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      200,
      'text/css; charset=utf-8',
    ]);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  }
  await runtime.stop();
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
