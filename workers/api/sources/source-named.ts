/** In whose numbers a call speaks: M1001 of one till is not M1001 of another. */
import * as z from 'zod';
import type { Db } from '../../db/db.ts';
import { firstSource, readSource } from '../../db/sources/registered-sources.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';

/** Before any system is registered, numbers are kept as if from this one. */
export const namespaceWithoutSources = 'erp';

export const SourceName = z.string().trim().min(1).max(40).optional().meta({
  description:
    'The system in whose numbers externalId, cardNo and orderNo are given; the one registered first, unless said.',
});

export async function namespaceOf(
  db: Db,
  source: string | undefined,
): Promise<{ readonly namespace: string } | Problem> {
  if (source === undefined) return (await firstSource(db)) ?? { namespace: namespaceWithoutSources };
  return (await readSource(db, source)) ?? invalidField('source', 'is not a registered source');
}
