/** 一栏: a label, the input, and its fault beside it. */
import type { FC, PropsWithChildren } from 'hono/jsx';

type FieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly name: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly type?: 'text' | 'tel' | 'date';
  readonly inputmode?: 'tel' | 'numeric';
  readonly autocomplete?: string;
  readonly maxlength?: number;
  readonly min?: string;
  readonly max?: string;
  readonly required?: boolean;
};

/** `children` stand at the end of the line, such as the button that sends a code. */
export const Field: FC<PropsWithChildren<FieldProps>> = ({
  label,
  hint,
  name,
  problem,
  children,
  ...input
}) => (
  <div class={problem === undefined ? 'field' : 'field bad'}>
    <label for={name}>
      {label}
      {hint !== undefined && <small>{hint}</small>}
    </label>
    <div class="line">
      <input
        {...input}
        id={name}
        name={name}
        type={input.type ?? 'text'}
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={`${name}-problem`}
      />
      {children}
    </div>
    <Problem name={name} text={problem} />
  </div>
);

/** Always there, so that a script may fill it in. */
export const Problem: FC<{ name: string; text: string | undefined }> = ({ name, text }) => (
  <p class="problem" id={`${name}-problem`}>
    {text}
  </p>
);
