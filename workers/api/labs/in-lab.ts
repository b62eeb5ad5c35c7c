/** 实验室: nothing is stored, and nothing that is tried is logged. */
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import type { Outcome } from '../call/define.ts';
import type { Labs } from '../../commands/sources/lab-ports.ts';

/** What both labs share. */
export const labRoute = {
  method: 'POST',
  tag: 'Labs',
  scope: 'admin',
  statuses: [200],
  takesKey: false,
  isTrial: true,
  refusals: { 503: ['no_labs'] },
} as const;

/** An error may quote the input, so its message is not logged. */
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
