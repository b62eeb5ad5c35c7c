/** What the registries share: kinds by name, and one schema that accepts any of them. */
import * as z from 'zod';

type Kind = { readonly kind: string; readonly params: z.ZodType };

export type OfSomeKind = { readonly kind: string };

export function byKind<Entry extends Kind>(entries: readonly Entry[], kind: string): Entry {
  const found = entries.find((entry) => entry.kind === kind);
  if (!found)
    throw new Error(`unknown kind ${kind}; known: ${entries.map((entry) => entry.kind).join(', ')}`);
  return found;
}

/** Parses by the `kind` inside the value; the output is what that kind's own schema made of it. */
export function anyKind(entries: readonly Kind[]): z.ZodType<OfSomeKind> {
  const schemas = entries.map(({ params }) => params);
  // Every params schema is an object with a literal `kind`: the contract suite of each registry checks it.
  type Discriminable = Parameters<typeof z.discriminatedUnion>[1];
  return z.discriminatedUnion(
    'kind',
    schemas as unknown as Discriminable,
  ) as unknown as z.ZodType<OfSomeKind>;
}
