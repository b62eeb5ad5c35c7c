/** 另放的话: what the build takes out of the Worker and puts into a file beside it (`scripts/words.ts`). Unbuilt, the modules say it themselves. */

/** Which file belongs to this Worker: the build writes it here. Null: there is none, and nothing to wait for. */
export const edition: string | null = null;

const held: (readonly [number, object])[] = [];
let all: readonly unknown[] | null = null;

/** Stands where a module said a list or a record, which is filled in its place. */
export function carried<Words extends object>(number: number, empty: Words): Words {
  held.push([number, empty]);
  return empty;
}

/** Stands where a function said a sentence; `between` is what belongs between its parts. */
export function said(number: number, ...between: readonly unknown[]): string {
  const sentence = all?.[number];
  if (typeof sentence === 'string') return sentence;
  if (!Array.isArray(sentence)) throw new Error('words were asked for before they were read');
  return sentence
    .map((part, place) => `${part}${place < between.length ? String(between[place]) : ''}`)
    .join('');
}

/** A file of another build would put wrong sentences everywhere. */
export function fill(words: { readonly edition: string; readonly said: readonly unknown[] }): void {
  if (words.edition !== edition) throw new Error('the words beside the Worker are of another build');
  all = words.said;
  for (const [number, empty] of held) Object.assign(empty, all[number]);
}
