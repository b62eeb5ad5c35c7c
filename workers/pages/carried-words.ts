/** 后台的说法 of a deployment: a file beside the Worker (`scripts/words.ts`), read before the first page of an isolate is drawn. */

const held = new Map<string, object>();

/** The build writes calls of this where modules say words. `empty`, a list or a record, is filled in its place. */
export function carried<Words extends object>(name: string, empty: Words): Words {
  held.set(name, empty);
  return empty;
}

/** Whether there is anything to fill: unbuilt, the modules say their words themselves. */
export const isCarried = (): boolean => held.size > 0;

export function fill(words: Readonly<Record<string, object>>): void {
  for (const [name, said] of Object.entries(words)) Object.assign(held.get(name) ?? {}, said);
}
