/** `npm run token -- --name 前台 --scope pos [--remote]`: makes an API token; it is shown once and stored as a hash. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { tokenScopes } from '../schema/settings.ts';
import { newApiToken } from './credentials.ts';
import { tokenHash } from './first-run.ts';
import { root, startRuntime } from './runtime.ts';
import { mustSucceed } from './wrangler.ts';

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    scope: { type: 'string', multiple: true },
    remote: { type: 'boolean', default: false },
  },
});
const scopes = values.scope ?? [];
const isKnown = (scope: string): boolean => (tokenScopes as readonly string[]).includes(scope);
if (!values.name || values.name.length > 60 || scopes.length === 0 || !scopes.every(isKnown)) {
  console.error(
    `usage: npm run token -- --name NAME --scope ${tokenScopes.join('|')} [--scope …] [--remote]`,
  );
  process.exit(2);
}

const token = newApiToken();
const row = [tokenHash(token), values.name, JSON.stringify(scopes)] as const;
if (values.remote) {
  const quoted = row.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
  const sql = `INSERT INTO api_tokens (hash, name, scopes, created_at) VALUES (${quoted}, ${Date.now()})`;
  mustSucceed(['d1', 'execute', 'DB', '--remote', '--command', sql]);
} else {
  const stateDir = resolve(process.env['STATE_DIR'] ?? join(root, '.huike'));
  const runtime = await startRuntime({
    stateDir: join(stateDir, 'storage'),
    vars: { SEED: 'unused by this script, but checked' },
  });
  const db = await runtime.db();
  await db
    .prepare(`INSERT INTO api_tokens (hash, name, scopes, created_at) VALUES (?, ?, ?, CAST(? AS INTEGER))`)
    .bind(...row, Date.now())
    .run();
  await runtime.stop();
}
console.log(`${token}\nKeep it: only its hash is stored, and nobody can show it again.`);
