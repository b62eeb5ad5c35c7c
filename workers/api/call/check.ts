/** Parses path parameters, query and body, or says everything that is wrong with the first part that fails. */
import type * as z from 'zod';
import { invalid } from '../../commands/invalid.ts';
import type { Problem } from '../../platform/problem.ts';

type Parts = 'params' | 'query' | 'body';

/** All three parts parsed, or the faults of the first part that fails. */
export function check(
  schemas: Readonly<Record<Parts, z.ZodType>>,
  given: Readonly<Record<Parts, unknown>>,
): Readonly<Record<Parts, unknown>> | Problem {
  const params = schemas.params.safeParse(given.params);
  if (!params.success) return invalid(params.error);
  const query = schemas.query.safeParse(given.query);
  if (!query.success) return invalid(query.error);
  const body = schemas.body.safeParse(given.body);
  if (!body.success) return invalid(body.error);
  return { params: params.data, query: query.data, body: body.data };
}
