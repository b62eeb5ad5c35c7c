/** 轮询: a bounded number of steps from the cron over everything that is due. After a crash it continues where it was. */
import { readPolled } from '../../../db/sources/polls.ts';
import { log } from '../../../platform/log.ts';
import type { Doorbell } from '../../../engine/ports.ts';
import { due, hasWork, isDue, type DueDeps } from './due.ts';
import { step } from './step.ts';
import type { Stepped, Subject } from './subject.ts';

export type PollDeps = DueDeps & { readonly doorbell: Doorbell };

/** By plan. A page costs about 10 ms of CPU, a few queries and one request: the free plan has room for one. */
export const stepsPerTick: Readonly<Record<'free' | 'paid', number>> = { free: 1, paid: 20 };

/** `now` decides what is due; a lease begins by the clock, because twenty steps may take minutes. */
export async function pollDue(deps: PollDeps, now: number): Promise<void> {
  const subjects = await due(deps, await readPolled(deps.db), now);
  const fresh = await makeSteps(deps, subjects);
  if (fresh > 0) deps.doorbell.ring();
}

/** Sources take turns, so that a long list does not delay the others. */
async function makeSteps(deps: PollDeps, subjects: readonly Subject[]): Promise<number> {
  let turn = [...subjects];
  let [steps, fresh] = [0, 0];
  while (turn.length > 0) {
    const next: Subject[] = [];
    for (const subject of turn) {
      if (steps >= deps.stepsPerTick) return fresh;
      steps += 1;
      const stepped = await tryStep(deps, subject);
      fresh += stepped.fresh;
      const { poll } = stepped;
      const thin = stepped.isAnswered ? (subject.thin?.slice(1) ?? null) : subject.thin;
      if (poll && isDue(poll, deps.clock()) && hasWork(thin)) next.push({ ...subject, poll, thin });
    }
    turn = next;
  }
  return fresh;
}

/** When the database does not answer, it is unknown whether the step ended: its lease expires, and the row tells. */
async function tryStep(deps: PollDeps, subject: Subject): Promise<Stepped> {
  try {
    return await step(deps, subject);
  } catch (error) {
    const { sourceId: source, stream } = subject.poll;
    log('error', 'poll_step_failed', {
      source,
      stream,
      message: error instanceof Error ? error.message : String(error),
    });
    return { poll: null, fresh: 0 };
  }
}
