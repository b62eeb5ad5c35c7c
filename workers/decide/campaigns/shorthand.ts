/** 适用对象: the fields by which the public contract says for whom and where a campaign is, each a condition said shortly. */
import * as z from 'zod';
import { StoreIds } from '../../../schema/index.ts';
import type { OfSomeKind } from '../plain/registry.ts';
import { LevelNames } from '../predicates/level.ts';

/** Kept as written: a change merges over what the merchant said, field by field. What is new is a condition and no field. */
export const shorthand = {
  stores: StoreIds.nullable().default(null),
  levels: LevelNames.nullable().default(null),
  superMember: z.boolean().nullable().default(null),
};
type Shorthand = z.infer<z.ZodObject<typeof shorthand>>;

type Spelled = OfSomeKind & Readonly<Record<string, unknown>>;

export function spelledOut({ stores, levels, superMember }: Shorthand): Spelled[] {
  const conditions: Spelled[] = [];
  if (stores !== null) conditions.push({ kind: 'store', ids: stores });
  if (levels !== null) conditions.push({ kind: 'level', levels });
  if (superMember !== null) conditions.push({ kind: 'super-member', is: superMember });
  return conditions;
}
