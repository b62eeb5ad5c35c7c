/** 提醒方案 as decisions use it: what it is held against, and the day it answers with. */
import type { PlanId, StoreId } from '../../../schema/index.ts';

export const recipients = ['associate', 'member'] as const;
export type Recipient = (typeof recipients)[number];

/** One thing to remind of, as it stands. */
export type Matter<Basis = unknown, About = unknown> = {
  /** Holds no line break. */
  readonly subject: string;
  readonly storeId: StoreId | null;
  /** What is kept of it with the reminder. */
  readonly basis: Basis;
  /** What a plan is held against to see whether it is meant. */
  readonly about: About;
  /** The moment a plan has to be valid at. */
  readonly since: number;
  /** A reason to remind again after it went out. */
  readonly isNews: boolean;
};

export type Day<Basis = unknown> = { readonly remindOn: string; readonly basis: Basis };

/** `next`: the reminder after this one, for what comes round again. */
export type Schedule<Basis = unknown> = Day<Basis> & { readonly next?: Day<Basis> };

export type CompiledPlan = {
  readonly id: PlanId;
  readonly kind: string;
  readonly notify: readonly Recipient[];
  /** Whether the plan is meant for it. */
  readonly covers: (matter: Matter) => boolean;
  /** Null when there is nothing to remind of. */
  readonly schedule: (matter: Matter) => Schedule | null;
};
