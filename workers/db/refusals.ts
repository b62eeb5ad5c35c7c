/** Which constraint refused a batch: the names are ours, the wording around them is SQLite's. */
import { DbError } from './db.ts';

/** `constraint` is the name of a CHECK, or `table.column` of a key. */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  if (!(error instanceof DbError) || error.kind !== 'refused') return false;
  const [, names = ''] = error.message.split('constraint failed: ');
  return names.split(/[\s,:]+/).includes(constraint);
}
