/** rolldown, as every bundle of ours begins. */
import { join } from 'node:path';
import { rolldown, type InputOptions, type OutputChunk, type OutputOptions } from 'rolldown';

export const root = join(import.meta.dirname, '..');

/** What a module of the Worker exports, whole: Node itself reads no TSX. */
export const loaded = <Exports>(entry: string): Promise<Exports> => imported(entry, {});

/** The same of a module that is written nowhere. */
export const loadedText = <Exports>(text: string): Promise<Exports> =>
  imported('text.js', {
    plugins: [
      {
        name: 'text',
        load: (id) => (id === join(root, 'text.js') ? text : null),
        resolveId: (id) => (id === join(root, 'text.js') ? id : null),
      },
    ],
  });

async function imported<Exports>(entry: string, input: InputOptions): Promise<Exports> {
  const { code } = await bundled(entry, input, { format: 'esm' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`) as Promise<Exports>;
}

export async function bundled(
  entry: string,
  input: InputOptions,
  output: OutputOptions,
): Promise<OutputChunk> {
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
