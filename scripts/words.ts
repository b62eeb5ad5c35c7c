/** 后台的说法另放: what the console says is a file beside the Worker, read when somebody first opens the console. What computes stays. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'rolldown';
import { loaded, root } from './rolled.ts';

const folder = 'workers/pages/console/words';
const keeper = join(root, 'workers/pages/carried-words.ts');

type Exports = Readonly<Record<string, object>>;
/** By module and export: `forms/people/personWords`. */
type CarriedWords = Readonly<Record<string, object>>;

const isText = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isText)
    : value === null || ['string', 'boolean', 'number'].includes(typeof value);
/** Lists and records of texts alone. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && isText(value);

let known: Promise<ReadonlyMap<string, Exports>> | null = null;

/** What each module exports that is plain, by its path. */
const plainExports = (): Promise<ReadonlyMap<string, Exports>> =>
  (known ??= (async () => {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    const modules = names
      .filter((name) => name.endsWith('.ts'))
      .map(async (name) => {
        const exports = await loaded<Readonly<Record<string, unknown>>>(join(folder, name));
        const plain = Object.entries(exports).flatMap(([key, value]) =>
          isPlain(value) ? [[key, value] as const] : [],
        );
        return [join(root, folder, name), Object.fromEntries(plain)] as const;
      });
    return new Map(await Promise.all(modules));
  })());

const nameOf = (path: string, exported: string): string =>
  `${relative(join(root, folder), path).replace(/\.ts$/, '')}/${exported}`;

export async function carriedWords(): Promise<CarriedWords> {
  const words = [...(await plainExports())].flatMap(([path, exports]) =>
    Object.entries(exports).map(([name, value]) => [nameOf(path, name), value] as const),
  );
  return Object.fromEntries(words);
}

/** In the Worker such a constant is empty, until it is filled from the file. */
export const wordsApart: Plugin = {
  name: 'words-apart',
  transform: {
    filter: { id: /\/workers\/pages\/console\/words\/.*\.ts$/ },
    async handler(code, id) {
      const exports = (await plainExports()).get(id) ?? {};
      const program = this.parse(code, { lang: 'ts' });
      const places: { readonly start: number; readonly end: number; readonly text: string }[] = [];
      for (const statement of program.body) {
        if (statement.type !== 'ExportNamedDeclaration') continue;
        if (statement.declaration?.type !== 'VariableDeclaration') continue;
        for (const { id: named, init } of statement.declaration.declarations) {
          if (named.type !== 'Identifier' || !init || !(named.name in exports)) continue;
          const empty = Array.isArray(exports[named.name]) ? '[]' : '{}';
          places.push({
            start: init.start,
            end: init.end,
            text: `carried(${JSON.stringify(nameOf(id, named.name))}, ${empty})`,
          });
        }
      }
      if (places.length === 0) return null;
      const replaced = places
        .toReversed()
        .reduce((left, { start, end, text }) => left.slice(0, start) + text + left.slice(end), code);
      return { code: `import { carried } from ${JSON.stringify(keeper)};${replaced}`, map: null };
    },
  },
};
