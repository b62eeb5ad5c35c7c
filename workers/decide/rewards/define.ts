/** 奖励: what a reward kind has to declare. */
import type * as z from 'zod';
import type { Awards } from '../../../schema/index.ts';

export type AwardContext = {
  /** How many times the campaign was met; 1 unless it repeats. */
  readonly times: number;
  /** A whole number from min to max, each equally likely, the same in every replay. */
  readonly draw: (label: string, min: number, max: number) => number;
};

/** The awards that the reward makes, by kind; each amount has the form of its kind's `due`. */
export type CompiledReward = { readonly award: (context: AwardContext) => Awards };

export type Reward = {
  readonly kind: string;
  readonly label: string;
  readonly params: z.ZodType;
  readonly example: unknown;
  /** `seat` is the reward's place in its campaign: two packets of one campaign draw differently. */
  readonly compile: (params: unknown, seat: number) => CompiledReward;
};

export function defineReward<Params>(reward: {
  kind: string;
  label: string;
  params: z.ZodType<Params>;
  example: NoInfer<Params>;
  award: (params: Params, context: AwardContext, seat: number) => Awards;
}): Reward {
  return {
    ...reward,
    compile: (params, seat) => {
      const parsed = reward.params.parse(params);
      return { award: (context) => reward.award(parsed, context, seat) };
    },
  };
}
