/** 本机的店: where a run of this machine keeps its database, and a new one that a backup is put into. */
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { root, startRuntime } from '../runtime.ts';
import { tablesIn } from './dump.ts';
import { BackupError } from './folder.ts';

export const stateDirOf = (): string => resolve(process.env['STATE_DIR'] ?? join(root, '.huike'));

/** The database of the shop; the sandbox has one of its own. */
export function databaseIn(stateDir: string): DatabaseSync {
  for (const path of globSync('storage/**/*.sqlite', { cwd: stateDir })) {
    const db = new DatabaseSync(join(stateDir, path));
    if (tablesIn(db).some(({ name }) => name === 'inbox')) return db;
    db.close();
  }
  throw new BackupError(`${stateDir} holds no shop: STATE_DIR says where it is kept.`);
}

/** The runtime makes the file, and knows its name; then it is emptied. */
export async function emptyDatabaseIn(stateDir: string): Promise<DatabaseSync> {
  if (existsSync(join(stateDir, 'storage')))
    throw new BackupError(
      `${stateDir} holds a shop already, and nothing is written over one: move it away, or give another STATE_DIR.`,
    );
  mkdirSync(stateDir, { recursive: true });
  const runtime = await startRuntime({
    stateDir: join(stateDir, 'storage'),
    vars: { SEED: 'unused by this script, but checked' },
  });
  await runtime.stop();
  const db = databaseIn(stateDir);
  for (const { name } of tablesIn(db)) db.exec(`DROP TABLE "${name}"`);
  return db;
}
