/** 提醒方案: what a reminder kind has to declare. */
import * as z from 'zod';
import {
  Instant,
  type Member,
  type MerchantSettings,
  type MemberId,
  type PlanId,
  type Product,
  type Reminder,
  type Sku,
  type UseStages,
} from '../../../schema/index.ts';
import {
  recipients,
  type CompiledPlan,
  type Matter,
  type Recipient,
  type Schedule,
} from '../members/reminder-plan.ts';
import type { Settlement } from '../sales/settlement.ts';

/** The fields of every plan, whatever its kind. */
export const planFields = {
  name: z.string().trim().min(1).max(60),
  enabled: z.boolean().default(true),
  /** 有效期: null does not limit it. */
  validFrom: Instant.nullable().default(null),
  validTo: Instant.nullable().default(null),
  notify: z.array(z.enum(recipients)).min(1).default(['associate']),
};
type PlanFields = z.infer<z.ZodObject<typeof planFields>>;

/** A change from which reminders may follow. */
export type Happening = { readonly member: Member; readonly at: number } & (
  | { readonly type: 'sale.settled'; readonly settlement: Settlement }
  /** A member was put; their facts may or may not have changed. */
  | { readonly type: 'member.put' }
);

/** `on`: the day it happened, in the zone of the member's store. */
export type Change = Happening & { readonly on: string; readonly useStages: UseStages };

export type Standing<Basis = unknown> = Omit<Reminder, 'basis'> & { readonly basis: Basis };

/** What may be looked at when a reminder is due. */
export type Present = {
  readonly now: number;
  readonly members: ReadonlyMap<MemberId, Member>;
  readonly products: ReadonlyMap<Sku, Product>;
  readonly config: { readonly settings: Pick<MerchantSettings, 'useStages'> };
};

/** The text for one recipient; `member`, `store` and `tip` are already among the slots. */
type Words = {
  readonly tip: string;
  readonly text: (slots: Readonly<Record<string, string>>) => string;
};

type Telling<Basis> = {
  /** What the message and the member's timeline say of it. */
  readonly facts: (subject: string, basis: Basis) => Readonly<Record<string, string>>;
  /** Of the facts: the last day on which it is still of use to be told, if it could not be sent before. */
  readonly lastOn: (facts: Readonly<Record<string, string>>) => string;
  /** The facts under the names that a merchant's template fields use. */
  readonly slots: (facts: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  readonly words: Readonly<Record<Recipient, Words>>;
};

type Answers<Basis, About> = Telling<Basis> & {
  readonly kind: string;
  readonly label: string;
  /** The changes that this kind follows. */
  readonly follows: readonly Change['type'][];
  /** 最新的已启用方案: when true, only the newest plan that covers a matter reminds of it; otherwise each plan does. */
  readonly isNewestOnly: boolean;
  /** Products that have to be loaded when it is due. */
  readonly skusOf: (subject: string) => readonly Sku[];
  /** The matters that the change affects, whatever the plans say. `standing` is the member's reminders of this kind so far. */
  readonly from: (change: Change, standing: readonly Standing<Basis>[]) => readonly Matter<Basis, About>[];
  /** The same at the moment it is due; null when there is nothing left to remind of. */
  readonly isStill: (present: Present, standing: Standing<Basis>) => Matter<Basis, About> | null;
};

export type ReminderKind = Answers<unknown, unknown> & {
  readonly params: z.ZodType;
  readonly example: unknown;
  readonly compile: (plan: { readonly id: PlanId }, params: unknown) => CompiledPlan;
};

export function defineReminder<Params extends PlanFields, Basis, About>(
  reminder: Answers<Basis, About> & {
    readonly params: z.ZodType<Params>;
    readonly example: NoInfer<Params>;
    readonly covers: (params: Params, matter: Matter<Basis, About>) => boolean;
    readonly schedule: (params: Params, matter: Matter<Basis, About>) => Schedule<Basis> | null;
  },
): ReminderKind {
  const { params, covers, schedule, ...answers } = reminder;
  const compile: ReminderKind['compile'] = ({ id }, given) => {
    const plan = params.parse(given);
    const from = plan.validFrom === null ? -Infinity : Date.parse(plan.validFrom);
    const to = plan.validTo === null ? Infinity : Date.parse(plan.validTo);
    return {
      id,
      kind: reminder.kind,
      notify: plan.notify,
      covers: (matter) =>
        matter.since >= from && matter.since < to && covers(plan, matter as Matter<Basis, About>),
      schedule: (matter) => schedule(plan, matter as Matter<Basis, About>),
    };
  };
  // A kind gets only matters and bases that it wrote itself: shared code looks kinds up by their name.
  return { ...(answers as unknown as Answers<unknown, unknown>), params, example: reminder.example, compile };
}
