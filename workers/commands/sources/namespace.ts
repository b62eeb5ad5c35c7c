/** 编号的来处: in whose numbers somebody speaks. M1001 of one till is not M1001 of another. */
import type { Db } from '../../db/db.ts';
import { firstSource, readSource } from '../../db/sources/registered-sources.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';

/** Before any system is registered, numbers are kept as if from this one. */
export const namespaceWithoutSources = 'erp';

export async function namespaceOf(
  db: Db,
  source: string | undefined,
): Promise<{ readonly namespace: string } | Problem> {
  if (source === undefined) return (await firstSource(db)) ?? { namespace: namespaceWithoutSources };
  return (await readSource(db, source)) ?? invalidField('source', 'is not a registered source');
}
