/** In whose numbers a call speaks: M1001 of one till is not M1001 of another. */
import * as z from 'zod';
import type { Db } from '../db/db.ts';
import { readSource } from '../db/registered-sources.ts';
import type { Problem } from '../problem.ts';
import { invalidField } from './check.ts';

/** The one a shop with a single till need not name; it need not be registered either. */
export const defaultSource = 'erp';

export const SourceName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .default(defaultSource)
  .meta({ description: 'The source in whose numbers externalId, cardNo and orderNo are given.' });

export async function namespaceOf(db: Db, source: string): Promise<{ readonly namespace: string } | Problem> {
  const registered = await readSource(db, source);
  if (registered) return registered;
  if (source === defaultSource) return { namespace: defaultSource };
  return invalidField('source', 'is not a registered source');
}
