/** 表单的栏: a label over a line or a choice, with what was typed. */
import type { FC } from 'hono/jsx';

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  /** Value and label of each; a line to write on without them. */
  readonly choices?: readonly (readonly [value: string, label: string])[];
  /** What choosing nothing means. */
  readonly none?: string;
  readonly type?: 'text' | 'date';
};

export const Field: FC<FieldProps> = ({
  name,
  label,
  hint,
  value,
  choices,
  none = '不知道',
  type = 'text',
}) => (
  <div class="field">
    <label for={name}>
      {label}
      {hint !== undefined && <small>{hint}</small>}
    </label>
    {choices ? (
      <select id={name} name={name}>
        <option value="">{none}</option>
        {choices.map(([one, words]) => (
          <option value={one} selected={one === value}>
            {words}
          </option>
        ))}
      </select>
    ) : (
      <div class="line">
        <input id={name} name={name} type={type} value={value} />
      </div>
    )}
  </div>
);

export const Wrong: FC<{ words: string | null }> = ({ words }) =>
  words === null ? null : (
    <p class="note stop" role="alert">
      {words}
    </p>
  );

/** Drawn with the form: the same form sent twice is one act. */
export const isKey = (key: string): boolean => /^[0-9a-z]{26}$/.test(key);
