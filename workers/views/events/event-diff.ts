/** 版本差异: what another revision of an event changed, field by field, without personal data. */
import * as z from 'zod';
import { digitsOf } from '../../lossless/exact.ts';

export const FieldChange = z.strictObject({
  path: z.string().meta({ description: '`data.lines[0].amountFen`' }),
  before: z.string().nullable().meta({ description: 'As JSON, masked; null when it was not there.' }),
  after: z.string().nullable().meta({ description: 'As JSON, masked; null when it is gone.' }),
});
export type FieldChange = z.infer<typeof FieldChange>;

/** The real values are compared and the masked ones are shown: a phone number that changed in its hidden digits has changed. */
export type Side = { readonly real: unknown; readonly masked: unknown };

const changesMax = 100;
const shownLengthMax = 200;
const depthMax = 40;

export function changesBetween(before: Side, after: Side): FieldChange[] {
  const changes: FieldChange[] = [];
  collect(changes, { path: '', depth: 0 }, before, after);
  return changes;
}

type Place = { readonly path: string; readonly depth: number };

function collect(changes: FieldChange[], { path, depth }: Place, before: Side, after: Side): void {
  if (changes.length >= changesMax) return;
  const isDeeper = isTree(before.real) && isTree(after.real) && depth < depthMax;
  if (!isDeeper) {
    if (JSON.stringify(before.real) === JSON.stringify(after.real)) return;
    changes.push({ path: path || 'body', before: shown(before.masked), after: shown(after.masked) });
    return;
  }
  const isList = Array.isArray(after.real);
  for (const key of keysOf(before.real, after.real)) {
    const inner = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    collect(changes, { path: inner, depth: depth + 1 }, at(before, key), at(after, key));
  }
}

const isTree = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && digitsOf(value) === null;

const keysOf = (before: unknown, after: unknown): Set<string> =>
  new Set([before, after].flatMap((value) => (isTree(value) ? Object.keys(value) : [])));

/** A masked object has the same keys. */
const at = ({ real, masked }: Side, key: string): Side => ({
  real: own(real, key),
  masked: own(masked, key),
});

const own = (value: unknown, key: string): unknown =>
  isTree(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text;
}
