/** 共享文字: the texts that cells name by number, without phonetic annotations. */
import { scan } from '../markup.ts';
import { charactersMax } from '../sheet.ts';
import { unescapeXml } from '../xml-text.ts';
import { TooLarge, type Archive } from '../zip.ts';

export async function readTexts(archive: Archive, path: string | null): Promise<readonly string[]> {
  const texts: string[] = [];
  if (path === null) return texts;
  let characters = 0;
  const run = runs();
  await scan(archive.text(path), {
    open: (name) => {
      if (name === 'si') run.begin();
      run.open(name);
    },
    text: run.text,
    close: (name) => {
      run.close(name);
      if (name !== 'si') return;
      const text = run.end();
      characters += text.length;
      if (characters > charactersMax) throw new TooLarge(`more than ${charactersMax} characters of text`);
      // Its piece of the file is not held on to.
      texts.push(` ${text}`.slice(1));
    },
  });
  return texts;
}

export type Runs = {
  readonly begin: () => void;
  readonly open: (name: string) => void;
  readonly text: (text: string, isPlain: boolean) => void;
  readonly close: (name: string) => void;
  readonly end: () => string;
};

/** A text is made of runs, and between them may stand how it is spoken. */
export function runs(): Runs {
  let whole = '';
  let isRun = false;
  let isSpoken = false;
  return {
    begin: () => {
      whole = '';
      isRun = isSpoken = false;
    },
    open: (name) => {
      if (name === 't') isRun = true;
      else if (name === 'rPh') isSpoken = true;
    },
    text: (text, isPlain) => {
      if (isRun && !isSpoken) whole += isPlain ? text : unescapeXml(text);
    },
    close: (name) => {
      if (name === 't') isRun = false;
      else if (name === 'rPh') isSpoken = false;
    },
    end: () => whole,
  };
}
