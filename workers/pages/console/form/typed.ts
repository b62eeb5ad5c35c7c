/** 填了的: what stands in a form under each name, and the names that stand beside a field's own. */

/** `rewards[0].minFen` and its text. */
export type Typed = URLSearchParams;

/** A button that saves nothing: `add:rewards`, `find:scope.include[0].ids`. */
export const actName = '~act';
/** Beside the codes that are ticked: more of them as text, what is looked for, and what was already said to be unknown. */
export const moreName = (path: string): string => `${path}~more`;
export const findName = (path: string): string => `${path}~find`;
export const warnedName = (path: string): string => `${path}~warned`;
export const isFinding = (typed: Typed, path: string): boolean =>
  typed.get(actName) === `find:${path}` || (typed.get(findName(path)) ?? '').trim() !== '';
/** Whoever presses Enter behind what they look for wants to find it. */
export const isFindingAny = (typed: Typed): boolean =>
  [...typed].some(([name, value]) => name.endsWith(findName('')) && value.trim() !== '');

export const wordsIn = (text: string): string[] =>
  text
    .split(/[\n,，、;；]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** A ticked box is one code, whatever signs are in it. */
export const codesIn = (typed: Typed, path: string): string[] => [
  ...new Set([
    ...typed
      .getAll(path)
      .flatMap((one) => one.toWellFormed().split('\n'))
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    ...wordsIn((typed.get(moreName(path)) ?? '').toWellFormed()),
  ]),
];
