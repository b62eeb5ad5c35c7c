/** 页面的说法 are read from a file after the Worker has loaded: what may go there, and that nothing looks into it before. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { forWorkerd } from '../scripts/bundle.ts';
import { cutWords, type Said } from '../scripts/cut-words.ts';
import { carriedWords, wordlessModules } from '../scripts/words.ts';
import { importsOf, resolve } from './support/architecture.ts';

function cut(code: string, exports = {}): { readonly left: string; readonly said: readonly Said[] } {
  const said: Said[] = [];
  return { left: cutWords(code, (one) => said.push(one) - 1, exports), said };
}

test.each<[string, string, string, readonly Said[]]>([
  ['a sentence', `const f = () => '没有这张券。';`, `const f = () => $said(0);`, ['没有这张券。']],
  [
    'a sentence with values between',
    'function f(a, b) { return `满 ${a} 元减 ${(a, b)}`; }',
    'function f(a, b) { return $said(0, (a), ((a, b))); }',
    [['满 ', ' 元减 ', '']],
  ],
  [
    'what is said inside of such a value',
    'const f = (a) => `会员卡${a ? `（老会员${a}）` : "（新会员）"}`;',
    'const f = (a) => $said(0, (a ? $said(1, (a)) : $said(2)));',
    [['会员卡', ''], ['（老会员', '）'], '（新会员）'],
  ],
  ['a list', `const steps = ['第一步', '第二步'];`, `const steps = $carried(0, []);`, [['第一步', '第二步']]],
  [
    'a record',
    `export const names = { 'a-b': { label: '会员等级', isRare: true }, c: null };`,
    `export const names = $carried(0, {});`,
    [{ 'a-b': { label: '会员等级', isRare: true }, c: null }],
  ],
])('%s goes into the file', (_, code, left, said) => {
  expect(cut(code)).toEqual({ left, said });
});

test('a record that is put together while the module is loaded goes there as it is exported', () => {
  const code = `export const all = { ...some, ...made('会员等级') };`;
  const exports = { all: { one: '会员等级', two: '会员标签' } };
  expect(cut(code, exports)).toEqual({ left: `export const all = $carried(0, {});`, said: [exports.all] });
});

test('what a file cannot hold stays, however it is exported', () => {
  const code = `export const shapes = [[/^is too long$/, '太长了，写短一些。']];`;
  const exports = { shapes: [[/^is too long$/, '太长了，写短一些。']] };
  expect(cut(code, exports)).toEqual({ left: code, said: [] });
});

test.each([
  ['what is said while the module is loaded', `const page = screen({ title: '会员等级' });`],
  ['a title that is said by what makes pages', 'const pageAt = (a) => page({ title: `会员等级${a}`, a });'],
  ['a list in which something is worked out', `const list = ['会员等级', price()];`],
  ['a list with an expression', `const list = ['会员等级', /会员等级/];`],
  ['the name of a field', `const f = () => ({ '会员等级': 1 });`],
  ['what a tag reads', 'const f = () => html`会员等级`;'],
  ['what is short', `const f = () => '会员';`],
  ['what is no Chinese', `const f = () => 'members of the shop';`],
])('%s stays', (_, code) => {
  expect(cut(code)).toEqual({ left: code, said: [] });
});

const root = join(import.meta.dirname, '..');

/** What somebody asks, who waits until the words are read; and the doors, through which everything comes. */
const waiting = /^workers\/(?:pages|api|views|words|receive\/files|sandbox|index\.ts|env\.ts|base\.ts)/;

/** What runs with a file: types do not. */
const runsWith = (path: string): string[] =>
  existsSync(join(root, path))
    ? importsOf(readFileSync(join(root, path), 'utf8'))
        .filter(({ text, target }) => target.startsWith('.') && !/^(?:import|export) type /.test(text))
        .map(({ target }) => resolve(path, target))
    : [];

function reached(from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const path of found) for (const next of runsWith(path)) found.add(next);
  return found;
}

test('what tells, decides, sends and pays runs with no module whose words are in the file', async () => {
  const wordless = [...(await wordlessModules())].map((path) => relative(root, path));
  expect(wordless.length).toBeGreaterThan(100);
  const others = readdirSync(join(root, 'workers'), { recursive: true, encoding: 'utf8' })
    .map((name) => `workers/${name}`)
    .filter((path) => path.endsWith('.ts') && !waiting.test(path));
  expect(others).toContain('workers/receive/hook.ts');
  expect([...reached('workers/api/coupons/claims.ts')]).toContain('workers/words/misses/claim-misses.ts');
  const found = others.flatMap((path) => {
    const modules = reached(path);
    return wordless.filter((one) => modules.has(one)).map((one) => `${path} runs with ${one}`);
  });
  expect(found).toEqual([]);
});

/** As a deployment has it: built, with an edition. */
async function built(): Promise<typeof import('../workers/pages/assets.ts')> {
  const { code } = await forWorkerd('workers/pages/assets.ts');
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
}

test('a Worker takes the words of its own build and no others, asks again after a failure, and reads them once', async () => {
  const { besideUs } = await built();
  const { edition, said } = await carriedWords();
  const answers = [
    new Response('gone', { status: 404 }),
    Response.json({ edition: '00000000', said }),
    Response.json({ edition, said }),
  ];
  const asked: string[] = [];
  const { words } = besideUs(async (url) => {
    asked.push(new URL(url).pathname);
    return answers.shift() ?? new Response(null, { status: 500 });
  });
  await expect(words()).rejects.toThrow('404');
  await expect(words()).rejects.toThrow('of another build');
  await words();
  await words();
  expect(asked).toEqual(['/assets/words.json', '/assets/words.json', '/assets/words.json']);
});

/** In place of the keeper's own: says who looks while the modules are being loaded. */
const watching: Readonly<Record<string, string>> = {
  carried: `(number, empty) {
    const look = (target) => { if (!globalThis.isLoaded) (globalThis.lookedInto ??= []).push(number); return target; };
    return new Proxy(empty, { get: (target, key) => look(target)[key], ownKeys: (target) => Reflect.ownKeys(look(target)) });
  `,
  said: `(number) {
    (globalThis.lookedInto ??= []).push(number); return '';
  `,
};

test('no module of the Worker looks into its words, or says a sentence of them, while it is loaded', async () => {
  const { code } = await forWorkerd('workers/index.ts', { minify: false });
  let watched = code.replace(
    /import \{[^}]*\} from "cloudflare:workers";/,
    'const waitUntil = () => undefined;',
  );
  for (const [name, watcher] of Object.entries(watching)) {
    const keeper = new RegExp(`function (${name}(?:\\$\\d+)?)\\(number, [^)]*\\) \\{`);
    expect(watched).toMatch(keeper);
    watched = watched.replace(keeper, (_, called: string) => `function ${called}${watcher}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'huike-words-'));
  const path = join(folder, 'worker.mjs');
  writeFileSync(path, `${watched}\nglobalThis.isLoaded = true;`);
  await import(/* @vite-ignore */ pathToFileURL(path).href);
  rmSync(folder, { recursive: true });
  const { isLoaded, lookedInto = [] } = globalThis as { isLoaded?: boolean; lookedInto?: number[] };
  const { said } = await carriedWords();
  expect([isLoaded, lookedInto.map((number) => said[number])]).toEqual([true, []]);
});

/** Functions are not compared. */
const constants = (value: unknown): unknown => {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.map(constants);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, constants(one)]));
};

test('filled from the file, every constant of the words is what it is unbuilt', async () => {
  const folders = ['workers/pages/console/words', 'workers/words'];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, folder, name)),
  );
  expect(paths.length).toBeGreaterThan(60);
  const entry = join('node_modules', `.cache-huike-words-${process.pid}.ts`);
  const all = paths.map((path, place) => `export * as m${place} from ${JSON.stringify(path)};`);
  const keeper = `export { fill } from ${JSON.stringify(join(root, 'workers/platform/carried-words.ts'))};`;
  writeFileSync(join(root, entry), [...all, keeper].join('\n'));
  const { code } = await forWorkerd(entry);
  rmSync(join(root, entry));
  const { fill, ...filled } = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as Record<string, unknown> & { fill: (words: unknown) => void };
  fill(await carriedWords());
  for (const [place, path] of paths.entries())
    expect({ path, is: constants({ ...(filled[`m${place}`] as object) }) }).toEqual({
      path,
      is: constants({ ...((await import(/* @vite-ignore */ pathToFileURL(path).href)) as object) }),
    });
});
