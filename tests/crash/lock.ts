/** 卡住的数据库: somebody else holds the right to write, as a backup or another program would. */
import { DatabaseSync } from 'node:sqlite';
import { databaseFile } from './verify.ts';
import { sleep } from './round.ts';

/** Waits for its own turn so long. */
const turnMs = 10_000;

/** Nobody else writes for so long; reading goes on. */
export async function holdWrites(stateDir: string, ms: number): Promise<void> {
  const database = new DatabaseSync(databaseFile(stateDir), { timeout: turnMs });
  try {
    database.exec('BEGIN IMMEDIATE');
    await sleep(ms);
    database.exec('ROLLBACK');
  } finally {
    database.close();
  }
}
