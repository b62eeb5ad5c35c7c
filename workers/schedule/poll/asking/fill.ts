/** 模板: `{from}` and the like, replaced once; a value that looks like a template is not filled again. */

export type Words = Readonly<Record<string, string>>;

/** A word nobody knows stays as it is: an address may hold braces of its own. */
export const fill = (template: string, words: Words): string =>
  template.replaceAll(/\{([a-z]+)\}/g, (whole: string, word: string) =>
    Object.hasOwn(words, word) ? (words[word] ?? '') : whole,
  );
