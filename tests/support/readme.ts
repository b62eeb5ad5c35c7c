/** Takes code out of the README, so that tests run what newcomers copy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/runtime.ts';

/** The program that sends a sale: the one JavaScript block. */
export function programOf(file: string): string {
  const [, program] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, file), 'utf8')) ?? [];
  if (program === undefined) throw new Error(`${file} shows no JavaScript`);
  return program;
}
