/** Takes the fenced blocks out of a guide, so that tests run what a reader copies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/runtime.ts';

/** `about` is what stands behind the language: the name of a file, or the call that a body is for. */
export type Block = { readonly language: string; readonly about: string; readonly text: string };

export function blocksOf(file: string): readonly Block[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', about = '', block = '']) => ({ language, about, text: block }),
  );
}
