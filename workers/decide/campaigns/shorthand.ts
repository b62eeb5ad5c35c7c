/** 适用对象: the campaign fields of the public contract that say for whom and where; each is short for a condition. */
import * as z from 'zod';
import { StoreIds } from '../../../schema/index.ts';
import type { OfSomeKind } from '../plain/registry.ts';
import { LevelNames } from '../predicates/level.ts';

/** Kept as the merchant wrote it, because a change merges field by field. A new kind is a condition, never a field. */
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
