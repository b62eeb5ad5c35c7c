/** 定时任务: what a chore of the clock says of itself: when it wants a turn, and the most it may ask of one. */
import type { PlanName } from '../../platform/plans.ts';
import type { Round } from '../round.ts';

/** Divides the hour: a chore's minutes are the same in every hour of its day. */
export type EveryMinutes = 1 | 2 | 3 | 4 | 5 | 6 | 10 | 12 | 15 | 20 | 30 | 60;

/**
 * Of an ordinary turn. A group of events that has to be halved, because one of them is bad, may pass it: then the database
 * refuses what is too much, the chore fails, and only the minute is lost.
 */
export type Budget = { readonly statements: number; readonly cpuMs: number };

export type When = {
  /** One turn in so many minutes. */
  readonly everyMinutes: Readonly<Record<PlanName, EveryMinutes>>;
  /** Whole hours in the shop's zone, `to` not included; without them, around the clock. */
  readonly hours?: { readonly from: number; readonly to: number };
};

export type Chore = {
  /** As the log says it. */
  readonly name: string;
  /** As the shop is told when it fails. */
  readonly label: string;
  readonly when: When;
  readonly budget: Readonly<Record<PlanName, Budget>>;
  /** `now` is the trigger's own time. May throw: that costs no other chore its turn. */
  readonly run: (round: Round, now: number) => Promise<unknown>;
};

export const everyMinute = { free: 1, paid: 1 } as const;
