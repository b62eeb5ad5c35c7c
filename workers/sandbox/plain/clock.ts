/** 时钟: what time it really is, before a tester puts the simulated time ahead; whoever starts the sandbox may bring another clock. */
import type { SandboxEnv } from '../env.ts';

export const clockOf = ({ CLOCK_AT: stoppedAt }: Pick<SandboxEnv, 'CLOCK_AT'>): number =>
  stoppedAt ?? Date.now();
