/** 宝宝 on the form: expected, born, or none. */
import type { FC } from 'hono/jsx';
import { dueDaysMax, overdueDaysMax } from '../../decide/members/children.ts';
import { addDays } from '../../decide/plain/dates.ts';
import type { Typed, Wrong } from './register-form.ts';
import { Field, Problem } from '../ui/field.tsx';

const choices = [
  ['expecting', '孕期'],
  ['born', '已出生'],
  ['none', '暂无'],
] as const;

/** The stylesheet alone shows the date field that fits the choice. */
export const Baby: FC<{ typed: Typed; wrong: Wrong; today: string }> = ({ typed, wrong, today }) => (
  <fieldset class={wrong.baby === undefined ? 'baby' : 'baby bad'} aria-describedby="baby-why">
    <legend>宝宝</legend>
    <p class="hint" id="baby-why">
      用来按月龄送券，不想说就选「暂无」
    </p>
    <Problem name="baby" text={wrong.baby} />
    {choices.map(([value, label]) => (
      <>
        <input type="radio" name="baby" id={`baby-${value}`} value={value} checked={typed.baby === value} />
        <label for={`baby-${value}`}>{label}</label>
      </>
    ))}
    <div class="when expecting">
      <Field
        label="预产期"
        name="dueOn"
        type="date"
        min={addDays(today, -overdueDaysMax)}
        max={addDays(today, dueDaysMax)}
        value={typed.dueOn}
        problem={wrong.dueOn}
      />
    </div>
    <div class="when born">
      <Field
        label="宝宝生日"
        name="bornOn"
        type="date"
        max={today}
        value={typed.bornOn}
        problem={wrong.bornOn}
      />
    </div>
  </fieldset>
);
