/** 定时任务: what a chore declares: when it runs, and the most that one turn may cost. */
import type { PlanName } from '../../platform/plans.ts';
import type { Round } from '../round.ts';

/** A divisor of 60: a chore has the same minutes in every hour. */
export type EveryMinutes = 1 | 2 | 3 | 4 | 5 | 6 | 10 | 12 | 15 | 20 | 30 | 60;

/**
 * The cost of an ordinary turn. A group that is halved because of a bad event may exceed it: then the database refuses, the
 * chore fails, and only this turn is lost.
 */
export type Budget = { readonly statements: number; readonly cpuMs: number };

export type When = {
  /** One turn in so many minutes. */
  readonly everyMinutes: Readonly<Record<PlanName, EveryMinutes>>;
  /** Whole hours in the shop's zone, `to` excluded; without them the chore runs all day. */
  readonly hours?: { readonly from: number; readonly to: number };
};

export type Chore = {
  /** The name in the log. */
  readonly name: string;
  /** The name in the alert when it fails. */
  readonly label: string;
  readonly when: When;
  readonly budget: Readonly<Record<PlanName, Budget>>;
  /** `now` is the trigger's own time. It may throw: the other chores still run. */
  readonly run: (round: Round, now: number) => Promise<unknown>;
};

export const everyMinute = { free: 1, paid: 1 } as const;
