/** 后台的说法 are read from a file after the Worker has loaded: nothing may look into them before. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { forWorkerd } from '../scripts/bundle.ts';

/** In place of the keeper's own: says who looks while the modules are being loaded. */
const watching = (name: string): string => `function ${name}(name, empty) {
  const seen = (globalThis.lookedInto ??= []);
  const look = (target) => { if (!globalThis.isLoaded) seen.push(name); return target; };
  return new Proxy(empty, { get: (target, key) => look(target)[key], ownKeys: (target) => Reflect.ownKeys(look(target)) });
`;

test('no module of the Worker looks into the words of the console while it is loaded', async () => {
  const { code } = await forWorkerd('workers/index.ts', { minify: false });
  const keeper = /function (carried(?:\$\d+)?)\(name, empty\) \{/;
  expect(code).toMatch(keeper);
  const watched = code
    .replace(keeper, (_, name: string) => watching(name))
    .replace(/import \{[^}]*\} from "cloudflare:workers";/, 'const waitUntil = () => undefined;');
  const folder = mkdtempSync(join(tmpdir(), 'huike-words-'));
  const path = join(folder, 'worker.mjs');
  writeFileSync(path, `${watched}\nglobalThis.isLoaded = true;`);
  await import(/* @vite-ignore */ pathToFileURL(path).href);
  rmSync(folder, { recursive: true });
  const { isLoaded, lookedInto } = globalThis as { isLoaded?: boolean; lookedInto?: string[] };
  expect([isLoaded, lookedInto ?? []]).toEqual([true, []]);
});
