/** `npm run token`: makes, lists and revokes API tokens where there is no other token to do it with. */
import { join, resolve } from 'node:path';
import { d1 } from '../workers/d1.ts';
import { remoteDb } from './remote-db.ts';
import { root, startRuntime } from './runtime.ts';
import { usage, wishIn, type Said, type Wish } from './tokens.ts';

async function here({ work }: Wish): Promise<Said> {
  const stateDir = resolve(process.env['STATE_DIR'] ?? join(root, '.huike'));
  const runtime = await startRuntime({
    stateDir: join(stateDir, 'storage'),
    vars: { SEED: 'unused by this script, but checked' },
  });
  try {
    return await work(d1(await runtime.db()), Date.now());
  } finally {
    await runtime.stop();
  }
}

const wish = wishIn(process.argv.slice(2));
if (!wish) {
  console.error(usage);
  process.exit(2);
}
const { isOk, words } = wish.isRemote ? await wish.work(remoteDb(), Date.now()) : await here(wish);
if (isOk) console.log(words);
else console.error(words);
process.exitCode = isOk ? 0 : 1;
