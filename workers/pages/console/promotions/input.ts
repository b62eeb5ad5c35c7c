/** 填好的内容: what a form holds of a definition, whichever it is. */

/** What the office called it. */
export const nameIn = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'name' in input && typeof input.name === 'string'
    ? input.name
    : null;

/** What stood there before and was emptied, as null: a merge patch takes it out. */
export function emptied(before: unknown, after: unknown): unknown {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null)
    return after;
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return { ...after, ...Object.fromEntries(gone.map((name) => [name, null])) };
}
