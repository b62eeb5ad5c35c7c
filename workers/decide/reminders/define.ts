/** 提醒方案: what a reminder kind has to say for itself. */
import type * as z from 'zod';
import type { Lot, PlanId, Scope } from '../../../schema/index.ts';

export type Recipient = 'associate' | 'member';

export type Schedule = {
  /** The day the stock is used up. */
  readonly endsOn: string;
  /** The day to remind on, unless that day has passed. */
  readonly remindOn: string;
};

export type CompiledPlan = {
  readonly id: PlanId;
  readonly name: string;
  readonly createdAt: number;
  readonly scope: Scope;
  readonly notify: readonly Recipient[];
  /** Null when not limited. */
  readonly validFrom: number | null;
  readonly validTo: number | null;
  /** Null when nothing is left to run out. Lots come oldest first. */
  readonly schedule: (lots: readonly Lot[]) => Schedule | null;
};

type Identified = { readonly id: PlanId; readonly createdAt: number };

export type ReminderKind = {
  readonly kind: string;
  readonly label: string;
  readonly params: z.ZodType;
  readonly example: unknown;
  readonly compile: (plan: Identified, params: unknown) => CompiledPlan;
};

export function defineReminder<Params>(reminder: {
  kind: string;
  label: string;
  params: z.ZodType<Params>;
  example: NoInfer<Params>;
  compile: (plan: Identified, params: Params) => CompiledPlan;
}): ReminderKind {
  return { ...reminder, compile: (plan, params) => reminder.compile(plan, reminder.params.parse(params)) };
}
