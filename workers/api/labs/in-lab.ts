/** 实验室: nothing is stored, and nothing of what is tried is logged. */
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import type { Outcome } from '../call/define.ts';
import type { Labs } from './lab-ports.ts';

/** What both questions have in common. */
export const labRoute = {
  method: 'POST',
  tag: 'Labs',
  scope: 'admin',
  statuses: [200],
  takesKey: false,
  refusals: { 503: ['no_labs'] },
} as const;

/** What goes wrong in here may quote what was put in, so it goes no further. */
export async function inLab<Body>(
  labs: Labs | undefined,
  work: (labs: Labs) => Promise<Outcome<Body>>,
): Promise<Outcome<Body>> {
  if (!labs) return noLabs;
  try {
    return await work(labs);
  } catch {
    return invalidField('', 'this cannot be tried; shorten it to what matters');
  }
}

const noLabs: Problem = { status: 503, code: 'no_labs', detail: 'this deployment has no labs' };
