/** 说法另放: what pages and the API say is a file beside the Worker, read before the first of them answers. What computes stays. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { transformSync } from 'rolldown/utils';
import { cutWords, type Exports, type Said } from './cut-words.ts';
import { loadedText, root } from './rolled.ts';

const keeper = join(root, 'workers/platform/carried-words.ts');
const folders = ['workers/pages', 'workers/views', 'workers/words'];
/** Shown where nothing could be read, written down by the clock, or looked into while modules load: these say what they say. */
const saysItself = /\/pages\/(?:index\.tsx|ui\/)|\/workers\/words\/(?:alerts|file)\.ts/;

type Words = { readonly edition: string; readonly said: readonly Said[] };
type Cut = { readonly words: Words; readonly modules: ReadonlyMap<string, string> };

let known: Promise<Cut> | null = null;

/** Once in a process, of whole folders, so that the file and every Worker agree on the numbers. */
const cutOnce = (): Promise<Cut> => (known ??= cut());

async function cut(): Promise<Cut> {
  const numbers = new Map<string, number>();
  const numberOf = (said: Said): number => {
    const text = JSON.stringify(said);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const exports = await exportsOf(modulesIn('workers/pages/console/words'));
  const modules = new Map<string, string>();
  for (const path of folders.flatMap(modulesIn).filter((one) => !saysItself.test(one))) {
    const code = scriptOf(path);
    const left = cutWords(code, numberOf, exports.get(path));
    if (left === code) continue;
    const keep = `import { said as $said, carried as $carried } from ${JSON.stringify(keeper)};`;
    modules.set(path, `${keep}\n${left}`);
  }
  const texts = `[${[...numbers.keys()].join(',')}]`;
  const edition = createHash('sha256').update(texts).digest('hex').slice(0, editionDigits);
  return { words: { edition, said: JSON.parse(texts) as Said[] }, modules };
}
const editionDigits = 8;

const modulesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, folder, name))
    .filter((path) => /\.tsx?$/.test(path))
    .toSorted();

/** Many constants there are put together from others. */
async function exportsOf(paths: readonly string[]): Promise<ReadonlyMap<string, Exports>> {
  const lines = paths.map((path, place) => `export * as m${String(place)} from ${JSON.stringify(path)};`);
  const all = await loadedText<Readonly<Record<string, Exports>>>(lines.join('\n'));
  return new Map(paths.map((path, place) => [path, all[`m${String(place)}`] ?? {}]));
}

const scriptOf = (path: string): string =>
  transformSync(path, readFileSync(path, 'utf8'), {
    lang: path.endsWith('x') ? 'tsx' : 'ts',
    jsx: { runtime: 'automatic', importSource: 'hono/jsx' },
  }).code;

export const carriedWords = async (): Promise<Words> => (await cutOnce()).words;

/** Whose words are there only after the file was read. */
export const wordlessModules = async (): Promise<ReadonlySet<string>> =>
  new Set((await cutOnce()).modules.keys());

export const wordsApart: Plugin = {
  name: 'words-apart',
  transform: {
    filter: { id: [/\/workers\/(?:pages|views|words)\//, keeper] },
    async handler(code, id) {
      const { words, modules } = await cutOnce();
      if (id === keeper) return { code: withEdition(code, words.edition), map: null };
      const left = modules.get(id);
      return left === undefined ? null : { code: left, moduleType: 'js', map: null };
    },
  },
};

function withEdition(code: string, edition: string): string {
  const written = code.replace('| null = null;', `| null = '${edition}';`);
  if (written === code) throw new Error('there is no place for the edition of the words');
  return written;
}
