/** 选一项: one of a few, with what was saved before shown even where it is no longer offered. */
import type { FC } from 'hono/jsx';

type SelectProps = {
  readonly name: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** With an empty choice in front. */
  readonly isOpen?: boolean;
  /** One has to be chosen. */
  readonly isAsked?: boolean;
  /** Another choice asks for other fields. */
  readonly isRedrawing?: boolean;
};

export const Select: FC<SelectProps> = ({ name, value, options, isOpen, isAsked, isRedrawing }) => (
  <select id={name} name={name} data-redraws={isRedrawing ? 'yes' : undefined}>
    {isOpen && <option value="">{isAsked ? '请选择' : '（不选）'}</option>}
    {options.map((one) => (
      <option value={one.value} selected={one.value === value}>
        {one.label}
      </option>
    ))}
    {value !== '' && !options.some((one) => one.value === value) && (
      <option value={value} selected>
        {value}
      </option>
    )}
  </select>
);

/** Of what is in the shop: nothing is chosen before somebody chooses. */
export const OneOfThem: FC<SelectProps & { readonly isAsked: boolean }> = (given) => (
  <Select {...given} isOpen={!given.isAsked || given.value === ''} />
);
