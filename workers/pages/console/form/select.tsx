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
  /** Where what is wrong with it is said. */
  readonly wrongAt?: string | undefined;
};

/** Of whatever holds a value: that it is wrong, and where that is said. */
export const wrongness = (wrongAt: string | undefined) =>
  ({
    'aria-invalid': wrongAt === undefined ? undefined : 'true',
    'aria-describedby': wrongAt === undefined ? undefined : `${wrongAt}-problem`,
  }) as const;

export const Select: FC<SelectProps> = ({ name, value, options, isOpen, isAsked, isRedrawing, wrongAt }) => (
  <select id={name} name={name} data-redraws={isRedrawing ? 'yes' : undefined} {...wrongness(wrongAt)}>
    {isOpen && <option value="">{isAsked ? '请选择' : '（不选）'}</option>}
    {options.map((one) => (
      <option value={one.value} selected={one.value === value}>
        {one.label}
      </option>
    ))}
    {value !== '' && !options.some((one) => one.value === value) && (
      <option value={value} selected>
        原来选的（{value}）
      </option>
    )}
  </select>
);

/** Of what is in the shop: nothing is chosen before somebody chooses. */
export const OneOfThem: FC<SelectProps & { readonly isAsked: boolean }> = (given) => (
  <Select {...given} isOpen={!given.isAsked || given.value === ''} />
);
