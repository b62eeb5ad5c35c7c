/** 原样显示: JSON for display and rewriting, in which every number keeps its digits. */
import { parseJsonWith, type Tree } from './json.ts';

/** Newer than the types of the language version we compile for; workerd and Node 22 know both. */
const { rawJSON, isRawJSON } = JSON as unknown as {
  readonly rawJSON: (text: string) => Tree;
  readonly isRawJSON: (value: unknown) => value is { readonly rawJSON: string };
};

export type Exact = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** `JSON.stringify` of the value, or of a part, prints each number as it was written. */
export function parseExact(text: string): Exact {
  const parsed = parseJsonWith(text, rawJSON);
  return parsed.ok ? { ok: true, value: parsed.tree } : { ok: false };
}

/** The digits of a number in either form; null for anything else. */
export function digitsOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return isRawJSON(value) ? value.rawJSON : null;
}
