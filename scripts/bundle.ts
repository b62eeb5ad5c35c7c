/** 打包: our source as one file, for workerd, for browsers or for this process. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown, type InputOptions, type OutputChunk, type OutputOptions, type Plugin } from 'rolldown';
import { undocumented } from './undocumented.ts';

export const root = join(import.meta.dirname, '..');

/** What the sandbox imports `with { type: 'text' }`, to send it to browsers. */
const asText: Plugin = {
  name: 'as-text',
  load: {
    filter: { id: /\.client\.js$|\.css$/ },
    handler: async (id) => ({ code: await readFile(id, 'utf8'), moduleType: 'text' }),
  },
};

/** A Worker, without what only the document of its API says. */
export const forWorkerd = (entry: string, output: OutputOptions = {}): Promise<OutputChunk> =>
  bundled(
    entry,
    {
      external: [/^node:/, /^cloudflare:/],
      resolve: { conditionNames: ['workerd', 'worker', 'browser', 'import', 'module', 'default'] },
      plugins: [undocumented, asText],
    },
    { format: 'esm', ...output },
  );

/** A script that leaves what it exports under one global name. */
export const forBrowsers = async (entry: string, global: string): Promise<string> =>
  (await bundled(entry, {}, { format: 'iife', name: global, minify: true })).code;

/** What a module of the Worker exports, whole: Node itself reads no TSX. */
export async function loaded<Exports>(entry: string): Promise<Exports> {
  const { code } = await bundled(entry, {}, { format: 'esm' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`) as Promise<Exports>;
}

async function bundled(entry: string, input: InputOptions, output: OutputOptions): Promise<OutputChunk> {
  const build = await rolldown({
    input: join(root, entry),
    cwd: root,
    platform: 'browser',
    tsconfig: join(root, 'tsconfig.json'),
    transform: { target: 'es2024' },
    ...input,
  });
  try {
    const { output: files } = await build.generate({ codeSplitting: false, ...output });
    return files[0];
  } finally {
    await build.close();
  }
}
