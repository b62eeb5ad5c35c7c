/** One run of a mapping over a payload: its state, and the functions of its nodes. */
import type { Fault } from '../../../schema/index.ts';
import type { Scope } from './paths.ts';

export type Run = {
  readonly faults: Fault[];
  /** Fields that should have held a phone. */
  readonly unreadPhones: string[];
  steps: number;
};
export const newRun = (): Run => ({ faults: [], unreadPhones: [], steps: 0 });

/** Undefined and null both mean "not given". */
export type Maker = (scope: Scope, run: Run) => unknown;
