/** 独占: one process at a time works on a state directory. The system lets go of the lock with the process, however that ends. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const held: DatabaseSync[] = [];

/** Whether nobody else works there; from then on and until this process ends, nobody else may. */
export function takeAlone(stateDir: string): boolean {
  const lock = new DatabaseSync(join(stateDir, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    return false;
  }
  // A lock that nobody refers to is collected, and let go with it.
  held.push(lock);
  return true;
}
