/** `npm run backup -- FOLDER [--remote]`: the whole shop in a folder, read back before it is called a backup. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { takeAlone } from './alone.ts';
import { BackupError, keep, secretsIn, type Manifest } from './backup/folder.ts';
import { databaseIn, stateDirOf } from './backup/here.ts';
import { withExport } from './backup/remote.ts';
import { argumentsOf } from './backup/said.ts';
import { root } from './runtime.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const { folder, isRemote } = argumentsOf('backup');

async function here(): Promise<Manifest> {
  const stateDir = stateDirOf();
  if (existsSync(stateDir) && !takeAlone(stateDir))
    throw new BackupError(`Another process works on ${stateDir}: stop it first.`);
  const manifest = await keep(databaseIn(stateDir), folder, { now: Date.now(), version });
  const secrets = resolve(stateDir, 'credentials.json');
  if (existsSync(secrets)) copyFileSync(secrets, secretsIn(folder));
  return manifest;
}

try {
  const { tables } = isRemote
    ? await withExport((db) => keep(db, folder, { now: Date.now(), version }))
    : await here();
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `${folder} holds ${Object.keys(tables).length} tables and ${rows} rows, read back and compared. Keep it where the shop is not: members’ names, phones and money are in it.`,
  );
  if (isRemote)
    console.log(
      'SEED and the other secrets are not in it: Cloudflare shows none of them. Keep SEED beside it.',
    );
} catch (error) {
  if (!(error instanceof BackupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
