/** 一张表单的说法: what its fields and their values are called. What is missing is found by a test, not by a merchant. */

export type FieldWords = {
  readonly label: string;
  /** One line: what it means, and an example. */
  readonly help?: string;
  /** Behind the field: 元, 天, 次. */
  readonly unit?: string;
  /** Of a choice, a shape or a list of choices: what each value is called. */
  readonly values?: Readonly<Record<string, string>>;
  /** Of a list: what one of them is called, as in 再加一个奖励. */
  readonly one?: string;
  /** Another choice asks for other fields. */
  readonly redraws?: true;
  /** Folded away until somebody wants it. */
  readonly isRare?: true;
};

/** By the field's name, without numbers: `rewards.minFen`. */
export type FormWords = Readonly<Record<string, FieldWords>>;

/** What stands in the shop already, for fields that name it. */
export type Choices = Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;
