/** What every registry promises: its folder and its list are the same thing. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const machinery = new Set(['define.ts', 'index.ts']);

/** Files of the folder that hold no entry of the list: a kind somebody forgot to add its line for. */
export async function forgotten(
  folder: string,
  entries: readonly object[],
  besides: readonly string[] = [],
): Promise<string[]> {
  const path = join(import.meta.dirname, '../..', folder);
  const files = readdirSync(path).filter(
    (name) => name.endsWith('.ts') && !machinery.has(name) && !besides.includes(name),
  );
  const missing: string[] = [];
  for (const file of files) {
    // A module's exports are an object like any other.
    const exported = Object.values((await import(join(path, file))) as Record<string, unknown>);
    if (!exported.some((value) => entries.some((entry) => entry === value))) missing.push(file);
  }
  return missing;
}

/** `red-packet` lives in `red-packet.ts`, so that whoever reads a campaign finds the file. */
export const fileOf = (kind: string): string => `${kind}.ts`;

/** Every way of spoiling an example by one field: left out, of another type, or unknown. */
export function spoilt(example: object): { readonly field: string; readonly params: object }[] {
  const fields = Object.keys(example).filter((field) => field !== 'kind');
  const wrong = fields.map((field) => ({ field, params: { ...example, [field]: Symbol.for('not JSON') } }));
  return [...wrong, { field: '', params: { ...example, somethingElse: 1 } }];
}
