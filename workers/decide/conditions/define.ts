/** 活动条件: what a condition kind has to say for itself. */
import type * as z from 'zod';
import type { Basket } from '../sales/basket.ts';

/** How far a basket is from meeting a condition, in the condition's own unit. */
export type Shortfall = { readonly have: number; readonly need: number; readonly unit: 'fen' | 'pieces' };

/**
 * What must be in a basket before the condition can be met at all: the sum under one of `keys` reaches `atLeast`
 * (milli-pieces or fen). The index looks campaigns up by it instead of asking each one.
 */
export type Watch = {
  readonly measure: 'amount' | 'quantity';
  readonly keys: readonly string[];
  readonly atLeast: number;
};

export type CompiledCondition = {
  readonly watch: Watch;
  /** How many times the basket meets the condition; 0 is not met. */
  readonly times: (basket: Basket) => number;
  readonly shortfall: (basket: Basket) => Shortfall;
};

export type Condition = {
  readonly kind: string;
  readonly label: string;
  readonly params: z.ZodType;
  readonly example: unknown;
  readonly compile: (params: unknown) => CompiledCondition;
};

/** Parameters are parsed here once and then forgotten: everyone else sees a compiled condition. */
export function defineCondition<Params>(condition: {
  kind: string;
  label: string;
  params: z.ZodType<Params>;
  example: NoInfer<Params>;
  compile: (params: Params) => CompiledCondition;
}): Condition {
  return { ...condition, compile: (params) => condition.compile(condition.params.parse(params)) };
}
