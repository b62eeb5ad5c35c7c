/** 打包: our source as one file, for workerd, for browsers or for this process. */
import { readFile } from 'node:fs/promises';
import type { OutputChunk, OutputOptions, Plugin } from 'rolldown';
import { bundled } from './rolled.ts';
import { undocumented } from './undocumented.ts';
import { wordsApart } from './words.ts';

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
      plugins: [undocumented, wordsApart, asText],
    },
    { format: 'esm', comments: { legal: true, annotation: false, jsdoc: false }, ...output },
  );

/** A script that leaves what it exports under one global name. */
export const forBrowsers = async (entry: string, global: string): Promise<string> =>
  (await bundled(entry, { plugins: [undocumented] }, { format: 'iife', name: global, minify: true })).code;
