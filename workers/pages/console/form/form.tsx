/** 一张表单: typed, drawn, checked by the schema of its command, saved, and shown again with its faults. */
import type { Child, FC } from 'hono/jsx';
import type * as z from 'zod';
import type { Problem } from '../../../platform/problem.ts';
import { tokenField } from '../../posted.tsx';
import type { ConsoleView } from '../kit/shell.tsx';
import { drawField } from './draw.tsx';
import { faultsOf, faultsOfProblem, placeIn, type Faults } from './faults.ts';
import { fieldOf } from './field.ts';
import type { Hidden } from './drawing.tsx';
import type { Goods } from './picks.ts';
import { countName, countOf, readForm, typeForm } from './read.ts';
import { actName, isFindingAny, type Typed } from './typed.ts';
import { unseenWords } from '../words/forms/promotions/picks.ts';
import { redrawScript } from './redraw-script.ts';
import type { Choices, FormWords } from './words.ts';

export type FormSpec<Input> = {
  readonly schema: z.ZodType<Input>;
  readonly words: FormWords;
  readonly choices: Choices;
  /** What the codes in it are called, where it names goods. */
  readonly goods?: Goods;
  readonly hides?: Hidden;
  /** Where it is sent. */
  readonly action: string;
  readonly token: string;
  /** What the button says. */
  readonly label: string;
  /** Below the fields. */
  readonly beside?: Child;
};

/** As the form stands when it is opened. `value` may be half of one: what is missing stands empty. */
export const openForm = <Input,>(spec: FormSpec<Input>, value: unknown): ConsoleView =>
  formView(spec, typeForm(fieldOf(spec.schema), value), new Map());

/** A list was lengthened or shortened, another shape chosen, goods looked for: the form is shown again, and nothing is saved. */
export function isRedrawn(form: URLSearchParams): boolean {
  return form.has(actName) || isFindingAny(form);
}

export function redrawn<Input>(spec: FormSpec<Input>, form: URLSearchParams): ConsoleView {
  const [verb, path = ''] = (form.get(actName) ?? '').split(/:(.*)/s);
  const typed = new URLSearchParams([...form].filter(([name]) => name !== actName));
  if (verb === 'add') typed.set(countName(path), String(countOf(typed, path) + 1));
  return formView(spec, verb === 'drop' ? without(typed, path) : typed, new Map());
}

/** What was typed of the items behind it moves up. */
export function without(typed: Typed, item: string): Typed {
  const [, path = '', number = '0'] = /^(.*)\[(\d+)\]$/.exec(item) ?? [];
  const gone = Number(number);
  const shape = new RegExp(`^${path.replaceAll(/[$()*+.?[\\\]^{|}~]/g, '\\$&')}\\[(\\d+)\\](.*)$`);
  const left = new URLSearchParams();
  for (const [name, value] of typed) {
    const [, place, rest = ''] = shape.exec(name) ?? [];
    if (place === undefined) left.append(name, value);
    else if (Number(place) !== gone)
      left.append(`${path}[${Number(place) > gone ? Number(place) - 1 : place}]${rest}`, value);
  }
  left.set(countName(path), String(Math.max(0, countOf(typed, path) - 1)));
  return left;
}

export type Checked<Input> = { readonly input: Input } | { readonly again: ConsoleView };

export function checkForm<Input>(spec: FormSpec<Input>, form: URLSearchParams): Checked<Input> {
  const parsed = spec.schema.safeParse(readForm(fieldOf(spec.schema), form), { reportInput: true });
  if (!parsed.success)
    return { again: formView(spec, form, faultsOf(parsed.error, placeIn(fieldOf(spec.schema), form)), 422) };
  // Codes that the shop has never seen may be right: they are asked about once.
  return spec.goods?.isUnwarned
    ? { again: formView(spec, form, new Map(), 422, unseenWords.again) }
    : { input: parsed.data };
}

/** What was typed stands there again, and beside it what the command had against it. */
export const refusedForm = <Input,>(
  spec: FormSpec<Input>,
  form: URLSearchParams,
  problem: Problem,
): ConsoleView => formView(spec, form, faultsOfProblem(problem), problem.status);

function formView<Input>(
  spec: FormSpec<Input>,
  typed: Typed,
  faults: Faults,
  status: Problem['status'] | 200 = 200,
  note: string | null = null,
): ConsoleView {
  return {
    body: <Form spec={spec as FormSpec<unknown>} typed={typed} faults={faults} note={note} />,
    status,
    script: redrawScript,
  };
}

const Form: FC<{ spec: FormSpec<unknown>; typed: Typed; faults: Faults; note: string | null }> = ({
  spec,
  typed,
  faults,
  note,
}) => {
  const { schema, words, choices, goods, hides, action, token, label, beside } = spec;
  const whole = faults.get('');
  return (
    <form class="sheet" method="post" action={action} novalidate>
      {faults.size > 0 && (
        <p class="note stop" role="alert">
          {whole ?? `还有 ${faults.size} 处要改，改好再存。`}
        </p>
      )}
      {note !== null && (
        <p class="note" role="alert">
          {note}
        </p>
      )}
      <input type="hidden" name={tokenField} value={token} />
      {/* Enter presses the first button of a form: that must not be one that takes something out of a list. */}
      <button class="unseen" tabindex={-1} aria-hidden="true">
        {label}
      </button>
      {drawField(fieldOf(schema), { typed, words, choices, goods, hides, faults })}
      {beside}
      <p class="buttons">
        <button class="first">{label}</button>
      </p>
    </form>
  );
};
