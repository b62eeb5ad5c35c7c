/** One reading of a payload by a mapping: what it has come to so far, and the functions that it is made of. */
import type { Fault } from '../../../schema/index.ts';
import type { Scope } from './paths.ts';

export type Run = { readonly faults: Fault[]; steps: number };
export const newRun = (): Run => ({ faults: [], steps: 0 });

/** Undefined and null are both "nothing given". */
export type Maker = (scope: Scope, run: Run) => unknown;
