/** `npm run restore -- FOLDER [--remote]`: a backup becomes a shop again, where there is none. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { count } from './backup/dump.ts';
import { BackupError, load, mustEqual, readBackup, secretsIn, type Manifest } from './backup/folder.ts';
import { emptyDatabaseIn, stateDirOf } from './backup/here.ts';
import { restoreRemote } from './backup/remote.ts';
import { argumentsOf } from './backup/said.ts';

const { folder, isRemote } = argumentsOf('restore');

async function here({ tables }: Manifest): Promise<void> {
  const stateDir = stateDirOf();
  const db = await emptyDatabaseIn(stateDir);
  await load(folder, db);
  mustEqual(tables, count(db));
  db.close();
  if (existsSync(secretsIn(folder))) copyFileSync(secretsIn(folder), join(stateDir, 'credentials.json'));
}

try {
  const manifest = await readBackup(folder);
  if (isRemote) restoreRemote(folder, manifest);
  else await here(manifest);
  console.log(
    `The shop of ${manifest.madeAt} is back, row for row. ${isRemote ? '`SEED=… npm run setup` with the SEED of then, `npm run deploy`, ' : '`npm start` goes on with it; '}what tills sent since then has to be sent again: what is known is not counted twice.`,
  );
} catch (error) {
  if (!(error instanceof BackupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
