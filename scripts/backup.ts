/** `npm run backup -- FOLDER [--remote]`: the whole shop in a folder, read back before it is called a backup. */
import { copyFileSync, existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { noteBackup } from '../workers/db/upkeep/running.ts';
import { version } from '../workers/platform/version.ts';
import { takeAlone } from './alone.ts';
import { BackupError, keep, secretsIn, type Manifest } from './backup/folder.ts';
import { databaseIn, stateDirOf } from './backup/here.ts';
import { withExport } from './backup/remote.ts';
import { argumentsOf } from './backup/said.ts';
import { remoteDb } from './remote-db.ts';

const { folder, isRemote } = argumentsOf('backup');

async function here(): Promise<Manifest> {
  const stateDir = stateDirOf();
  if (existsSync(stateDir) && !takeAlone(stateDir))
    throw new BackupError(`Another process works on ${stateDir}: stop it first.`);
  const db = databaseIn(stateDir);
  const manifest = await keep(db, folder, { now: Date.now(), version });
  const { sql, params } = noted(manifest);
  db.prepare(sql).run(...params);
  const secrets = resolve(stateDir, 'credentials.json');
  if (existsSync(secrets)) copyFileSync(secrets, secretsIn(folder));
  return manifest;
}

async function there(): Promise<Manifest> {
  const manifest = await withExport((db) => keep(db, folder, { now: Date.now(), version }));
  try {
    await remoteDb().batch([noted(manifest)]);
  } catch (error) {
    // The backup stands all the same.
    console.error(`The console will not show this backup: ${String(error)}`);
  }
  return manifest;
}

/** For the page 系统 of the console. Only the folder's last name: where it lies on a machine is nobody else's. */
const noted = ({ madeAt, tables }: Manifest) =>
  noteBackup({
    at: Date.parse(madeAt),
    folder: basename(folder),
    isRemote,
    tables: Object.keys(tables).length,
    rows: Object.values(tables).reduce((sum, table) => sum + table.rows, 0),
    version,
  });

try {
  const { tables } = await (isRemote ? there() : here());
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
