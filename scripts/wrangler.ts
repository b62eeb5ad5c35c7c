/** Calls wrangler, whose output other scripts read. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './runtime.ts';

export type Called = { readonly isOk: boolean; readonly output: string };

export function wrangler(args: readonly string[], input?: string): Called {
  const called = spawnSync(join(root, 'node_modules', '.bin', 'wrangler'), args, {
    cwd: root,
    encoding: 'utf8',
    input: input ?? '',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  return { isOk: called.status === 0, output: `${called.stdout}${called.stderr}` };
}

/** wrangler prints notices before the JSON it was asked for. */
export const jsonIn = (output: string): unknown => JSON.parse(output.slice(output.search(/[[{]/)));

/** Stops with wrangler's own words when it fails: they name the remedy. */
export function mustSucceed(args: readonly string[], input?: string): string {
  const { isOk, output } = wrangler(args, input);
  if (isOk) return output;
  console.error(`wrangler ${args.join(' ')} failed:\n${output}`);
  process.exit(1);
}
