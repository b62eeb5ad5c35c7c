/** `npm run login [-- --remote]`: a link into the console for the owner, as long as there is no other way in. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ownerLink } from './owner-link.ts';
import { root, startRuntime } from './runtime.ts';
import { mustSucceed } from './wrangler.ts';

const { values } = parseArgs({ options: { remote: { type: 'boolean', default: false } } });
const { path, sql } = ownerLink();
if (values.remote) {
  mustSucceed(['d1', 'execute', 'DB', '--remote', '--command', sql]);
} else {
  const stateDir = resolve(process.env['STATE_DIR'] ?? join(root, '.huike'));
  const runtime = await startRuntime({
    stateDir: join(stateDir, 'storage'),
    vars: { SEED: 'unused by this script, but checked' },
  });
  await (await runtime.db()).prepare(sql).run();
  await runtime.stop();
}
console.log(
  `Open this below your shop’s address, such as https://huike.example.cn, within ten minutes:\n\n  ${path}\n\nIt works once.`,
);
