/** 适用范围: which lines of a basket a scope includes. */
import type { Scope, ScopeEntry } from '../../../schema/index.ts';

/** The fields that a scope tests; sale lines and products both have them. */
export type Scoped = {
  readonly sku: string;
  readonly categoryIds: readonly string[];
  readonly brand: string | null;
  readonly tags: readonly string[];
};

function matches(line: Scoped, { kind, ids }: ScopeEntry): boolean {
  switch (kind) {
    case 'sku':
      return ids.includes(line.sku);
    case 'brand':
      return line.brand !== null && ids.includes(line.brand);
    case 'category':
      return line.categoryIds.some((id) => ids.includes(id));
    case 'tag':
      return line.tags.some((tag) => ids.includes(tag));
    default:
      return kind satisfies never;
  }
}

export function isListed(line: Scoped, entries: readonly ScopeEntry[]): boolean {
  return entries.some((entry) => matches(line, entry));
}

export function isInScope(line: Scoped, { include, exclude }: Scope): boolean {
  return (include.length === 0 || isListed(line, include)) && !isListed(line, exclude);
}
