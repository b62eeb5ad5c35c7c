import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runVector } from '../../../scripts/vectors-worker.ts';
import { schemes } from '../../../workers/receive/verify/index.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const read = (name: string) =>
  z
    .array(z.looseObject({ id: z.string(), scheme: z.string().optional() }))
    .parse(JSON.parse(readFileSync(join(fixtures, name), 'utf8')));
const webhooks = read('webhooks-vectors.json');
const wechat = read('wechat-vectors.json');

describe('a published request is believed, or refused, as it was published', () => {
  test.each([...webhooks, ...wechat])('$id', async (vector) => {
    expect(await runVector(vector)).toMatchObject({ id: vector.id, ok: true });
  });

  test('of 28 schemes and of WeChat, a hundred in all', () => {
    const published = new Set(webhooks.map(({ scheme }) => scheme));
    expect(published.size).toBe(28);
    expect([...published].filter((name) => !schemes.some((scheme) => scheme.name === name))).toEqual([]);
    expect(webhooks.length + wechat.length).toBe(100);
  });
});

describe('npm run vectors -- FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huike-vectors-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function run(vectors: readonly unknown[]): Promise<{ code: number; lines: string[] }> {
    const file = join(folder, 'vectors.json');
    writeFileSync(file, JSON.stringify(vectors));
    const script = join(import.meta.dirname, '../../../scripts/vectors.ts');
    const { code, stdout } = await promisify(execFile)(process.execPath, [script, file]).then(
      (ended) => ({ code: 0, ...ended }),
      (ended: { code: number; stdout: string }) => ended,
    );
    return { code, lines: stdout.trimEnd().split('\n') };
  }

  test('inside workerd every verdict is the same, GBK and MD5 included', async () => {
    const { code, lines } = await run([...webhooks, ...wechat]);
    expect(lines.at(-1)).toBe('100 passed, 0 failed');
    expect(lines[0]).toBe('standard-webhooks#01 accept accept ok');
    expect(code).toBe(0);
  });

  test('a difference, an unknown scheme and an unknown kind are told, and fail', async () => {
    const [first] = webhooks;
    const { code, lines } = await run([
      first,
      { ...first, id: 'turned', valid: false },
      { ...first, id: 'body', body: '{"test": 2432232315}' },
      { ...first, id: 'scheme', scheme: 'no-such', valid: false },
      { id: 'kind', kind: 'no-such', valid: false },
    ]);
    expect(lines).toEqual([
      'standard-webhooks#01 accept accept ok',
      'turned reject accept DIFF (accepted)',
      'body accept reject DIFF (mismatch)',
      'scheme reject unknown DIFF (unknown scheme no-such)',
      'kind reject unknown DIFF (unknown kind)',
      '1 passed, 4 failed',
    ]);
    expect(code).toBe(1);
  });
});
