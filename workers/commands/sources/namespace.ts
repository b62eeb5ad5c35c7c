/** 编号的来处: the namespace of ids. M1001 of one till is not M1001 of another. */
import type { Db } from '../../db/db.ts';
import { firstSource, readSource } from '../../db/sources/registered-sources.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';

/** The namespace used before any source is registered. */
export const namespaceWithoutSources = 'erp';

export async function namespaceOf(
  db: Db,
  source: string | undefined,
): Promise<{ readonly namespace: string } | Problem> {
  if (source === undefined) return (await firstSource(db)) ?? { namespace: namespaceWithoutSources };
  return (await readSource(db, source)) ?? invalidField('source', 'is not a registered source');
}
