/** 奖励: what a reward kind has to say for itself. */
import type * as z from 'zod';
import type { TemplateId } from '../../../schema/index.ts';

/** What a reward comes to: a closed set, so that giving, taking back and counting cost are written once. */
export type Award =
  | { readonly type: 'points'; readonly points: number }
  | { readonly type: 'money'; readonly fen: number }
  | { readonly type: 'coupon'; readonly templateId: TemplateId; readonly count: number }
  | { readonly type: 'tag'; readonly tag: string }
  | { readonly type: 'message'; readonly text: string };

export type AwardContext = {
  /** How many times the campaign was met; 1 unless it repeats. */
  readonly times: number;
  /** A fair whole number from min to max, the same in every replay. */
  readonly draw: (label: string, min: number, max: number) => number;
};

export type CompiledReward = { readonly award: (context: AwardContext) => Award };

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
  award: (params: Params, context: AwardContext, seat: number) => Award;
}): Reward {
  return {
    ...reward,
    compile: (params, seat) => {
      const parsed = reward.params.parse(params);
      return { award: (context) => reward.award(parsed, context, seat) };
    },
  };
}
