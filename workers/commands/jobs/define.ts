/**
 * 大件: work of the office that is too much for one invocation, done some pages at a time. Each ring of its bell has an invocation
 * of its own, with all that one may ask of the database; whoever dies in between is carried on from the last page.
 */
import type { Engine } from '../../engine/engine.ts';
import type { SendingBell } from '../../engine/ports.ts';
import type { Plan } from '../../platform/plans.ts';

export type JobRound = {
  readonly engine: Engine;
  readonly plan: Plan;
  readonly sendingBell: SendingBell;
};

export type Job = {
  /** The name in the log. */
  readonly name: string;
  /** The name in the alert when it fails. */
  readonly label: string;
  /** Goes on with the one that was asked for first; false when nothing is to be done. */
  readonly run: (round: JobRound, now: number) => Promise<boolean>;
};
