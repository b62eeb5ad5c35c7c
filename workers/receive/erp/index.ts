/** The ERP adapters. A new one is its file, its line here and its fixtures. */
import type { Adapter } from './define.ts';
import { generic } from './generic.ts';
import { mapping } from './mapping.ts';

export const adapters: readonly Adapter[] = [generic, mapping];

/** Null for a name nobody answers to: an unknown verifier fails closed. */
export const adapterNamed = (name: string): Adapter | null =>
  adapters.find((adapter) => adapter.name === name) ?? null;
