/** 模板: `{from}` and the like, replaced once; a value that looks like a template is not filled again. */

export type Words = Readonly<Record<string, string>>;

/** An unknown name stays as it is: a URL may contain braces. */
export const fill = (template: string, words: Words): string =>
  template.replaceAll(/\{([a-z]+)\}/g, (whole: string, word: string) =>
    Object.hasOwn(words, word) ? (words[word] ?? '') : whole,
  );
