/** The values many nouns share: money, instants, scopes. */
import * as z from 'zod';
import { whole } from './plain.ts';

/** A hundred million yuan: more than any receipt, and far below the limit of safe integers. */
export const fenMax = 10_000_000_000;
export const wholeNumberMax = 1_000_000_000;
const scopeEntriesMax = 50;
const scopeIdsMax = 1000;

export const Fen = whole({ maximum: fenMax });

/** RFC 3339 with an offset, so that the zone is never guessed. */
export const Instant = z.iso.datetime({
  offset: true,
  error: 'give a time with its offset, for example 2026-11-22T14:59:00+08:00',
});

export const scopeKinds = ['category', 'brand', 'sku', 'tag'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

const ScopeEntry = z.strictObject({
  kind: z.enum(scopeKinds),
  ids: z.array(z.string().min(1).max(128)).min(1).max(scopeIdsMax),
});
export type ScopeEntry = z.infer<typeof ScopeEntry>;

export const ScopeEntries = z.array(ScopeEntry).max(scopeEntriesMax);

/** An empty include means everything; exclude always wins. */
export const Scope = z.strictObject({
  include: ScopeEntries.default([]),
  exclude: ScopeEntries.default([]),
});
export type Scope = z.infer<typeof Scope>;

export const StoreIds = z.array(z.string().min(1).max(128)).min(1).max(scopeIdsMax);
