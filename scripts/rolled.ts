/** rolldown, as every bundle of ours begins. */
import { join } from 'node:path';
import { rolldown, type InputOptions, type OutputChunk, type OutputOptions } from 'rolldown';

export const root = join(import.meta.dirname, '..');

/** What a module of the Worker exports, whole: Node itself reads no TSX. */
export async function loaded<Exports>(entry: string): Promise<Exports> {
  const { code } = await bundled(entry, {}, { format: 'esm' });
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
