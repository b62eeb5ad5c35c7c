/** 提醒方案 as decisions use it: the matters it is compared with, and the day it answers. */
import type { PlanId, StoreId } from '../../../schema/index.ts';

export const recipients = ['associate', 'member'] as const;
export type Recipient = (typeof recipients)[number];

/** One thing to remind of, at present. */
export type Matter<Basis = unknown, About = unknown> = {
  /** Holds no line break. */
  readonly subject: string;
  readonly storeId: StoreId | null;
  /** What is kept of it with the reminder. */
  readonly basis: Basis;
  /** What a plan's conditions are compared with. */
  readonly about: About;
  /** The moment a plan has to be valid at. */
  readonly since: number;
  /** A reason to remind again after it went out. */
  readonly isNews: boolean;
};

export type Day<Basis = unknown> = { readonly remindOn: string; readonly basis: Basis };

export type Schedule<Basis = unknown> = Day<Basis> & {
  /** The reminder after this one, for what recurs. */
  readonly next?: Day<Basis>;
  /** Told for the first time after this day, it would help nobody. */
  readonly lastOn?: string;
};

export type CompiledPlan = {
  readonly id: PlanId;
  readonly kind: string;
  readonly notify: readonly Recipient[];
  /** Whether the plan covers the matter. */
  readonly covers: (matter: Matter) => boolean;
  /** Null when there is nothing to remind of. */
  readonly schedule: (matter: Matter) => Schedule | null;
};
