/** 定义的表单: what it is drawn from and what it holds, whichever definition it is. */
import { fieldOf } from '../form/field.ts';
import type { Hidden } from '../form/drawing.tsx';
import type { FormSpec } from '../form/form.tsx';
import { goodsFor } from '../form/picks.ts';
import { typeForm } from '../form/read.ts';
import type { Typed } from '../form/typed.ts';
import type { Choices, FormWords } from '../form/words.ts';
import type { Visit } from '../kit/visit.ts';

/** What of it the form is drawn from. */
export type Drawn<Input> = {
  readonly words: FormWords;
  readonly choices: (visit: Visit) => Promise<Choices>;
  /** What the rest of what was typed has no place for. */
  readonly hides?: (typed: Typed) => Hidden;
  readonly definition: { readonly input: FormSpec<Input>['schema'] };
};

export async function specOf<Input>(
  given: Drawn<Input>,
  visit: Visit,
  { action, label }: { readonly action: string; readonly label: string },
  typed: Typed,
): Promise<FormSpec<Input>> {
  const { definition, words, choices, hides } = given;
  const [goods, offered] = await Promise.all([
    goodsFor(visit.db, fieldOf(definition.input), typed),
    choices(visit),
  ]);
  return {
    goods,
    schema: definition.input,
    words,
    choices: offered,
    ...(hides && { hides: hides(typed) }),
    action,
    token: visit.token,
    label,
  };
}

export const typedOf = ({ input }: { readonly input: FormSpec<unknown>['schema'] }, value: unknown): Typed =>
  typeForm(fieldOf(input), value);

export const savingOf = ({ path }: { readonly path: string }, { id }: Visit) => ({
  action: `${path}/${id}`,
  label: '保存',
});

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
