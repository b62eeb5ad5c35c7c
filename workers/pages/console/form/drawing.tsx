/** 画表单要的: what is typed, what it is called and what is wrong with it, for every field alike. */
import type { FC } from 'hono/jsx';
import type { Field } from './field.ts';
import type { Goods } from './picks.ts';
import { lastOf } from './read.ts';
import type { Typed } from './typed.ts';
import type { Choices, FieldWords, FormWords } from './words.ts';

export type Hidden = Readonly<Record<string, readonly string[]>>;

export type Drawing = {
  readonly typed: Typed;
  readonly words: FormWords;
  readonly choices: Choices;
  /** Without it codes are typed. */
  readonly goods?: Goods | undefined;
  /** By the name of a shape: which of its choices the rest of the form has no place for. */
  readonly hides?: Hidden | undefined;
  /** By the path of the field. */
  readonly faults: ReadonlyMap<string, string>;
};

export type Props<Kind extends Field> = {
  readonly field: Kind;
  readonly drawing: Drawing;
  readonly path: string;
};

export const wordsOf = ({ words }: Drawing, { name }: Field): FieldWords =>
  words[name] ?? { label: lastOf(name) };

/** The first of these places that something is wrong with. */
export const wrongAt = ({ faults }: Drawing, ...paths: readonly string[]): string | undefined =>
  paths.find((path) => faults.has(path));

export const Fault: FC<{ drawing: Drawing; path: string }> = ({ drawing, path }) => {
  const fault = drawing.faults.get(path);
  return fault === undefined ? (
    <></>
  ) : (
    <p class="problem" id={`${path}-problem`}>
      {fault}
    </p>
  );
};
