/** 轮询: from the cron, a bounded number of steps over everything that is due; killed anywhere, it goes on where it was. */
import type { Poll, Source } from '../../../schema/index.ts';
import { beginPolls, readPolled } from '../../db/polls.ts';
import { activeSecrets } from '../../db/sources.ts';
import { log } from '../../log.ts';
import type { Doorbell } from '../../ports.ts';
import type { Pace } from './define.ts';
import { pollingOf } from './index.ts';
import { step, type StepDeps, type Subject } from './step.ts';

export type PollDeps = StepDeps & {
  readonly doorbell: Doorbell;
  /** Requests made in one tick, all sources together. */
  readonly stepsPerTick: number;
};

/** By plan. A page costs some 10 ms of CPU, a few queries and one request: the free plan has room for one. */
export const stepsPerTick: Readonly<Record<'free' | 'paid', number>> = { free: 1, paid: 20 };

/** Never throws: one system that is down must not keep the cron from its other work. */
export async function pollDue(deps: PollDeps): Promise<void> {
  try {
    const subjects = await due(deps);
    const fresh = await makeSteps(deps, subjects);
    if (fresh > 0) deps.doorbell.ring();
  } catch (error) {
    log('error', 'poll_failed', { message: error instanceof Error ? error.message : String(error) });
  }
}

/** In turns, so that a long list does not keep the others waiting. */
async function makeSteps(deps: PollDeps, subjects: readonly Subject[]): Promise<number> {
  let turn = [...subjects];
  let [steps, fresh] = [0, 0];
  while (turn.length > 0) {
    const next: Subject[] = [];
    for (const subject of turn) {
      if (steps >= deps.stepsPerTick) return fresh;
      steps += 1;
      const stepped = await trySteps(deps, subject);
      fresh += stepped.fresh;
      if (stepped.poll && isDue(stepped.poll, deps.clock())) next.push({ ...subject, poll: stepped.poll });
    }
    turn = next;
  }
  return fresh;
}

/** When the database does not answer nobody knows whether the step ended; its lease runs out and the row says. */
async function trySteps(deps: PollDeps, subject: Subject): Promise<{ poll: Poll | null; fresh: number }> {
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

async function due(deps: PollDeps): Promise<Subject[]> {
  const now = deps.clock();
  const polled = await readPolled(deps.db);
  const subjects: Subject[] = [];
  const begun: Poll[] = [];
  for (const source of polled.sources) {
    const polling = pollingOf(source.config?.['poll']);
    if ('faults' in polling) {
      log('warn', 'poll_settings', { source: source.id, faults: polling.faults });
      continue;
    }
    const [secret] = activeSecrets(source, now);
    if (secret === undefined) {
      log('warn', 'poll_secret', { source: source.id });
      continue;
    }
    for (const [stream, pace] of polling.streams) {
      const known = polled.polls.find((poll) => poll.sourceId === source.id && poll.stream === stream);
      const poll = known ?? firstPoll(source, stream, pace, now);
      if (!known) begun.push(poll);
      if (!isDue(poll, now)) continue;
      subjects.push({ poll, polling, pace, secret, split: (body) => deps.split(source, body) });
    }
  }
  await beginPolls(deps.db, begun);
  return subjects.toSorted((a, b) => a.poll.nextAt - b.poll.nextAt);
}

const isDue = ({ nextAt, backOffUntil, leaseUntil }: Poll, now: number): boolean =>
  nextAt <= now && (backOffUntil ?? 0) <= now && (leaseUntil ?? 0) <= now;

function firstPoll(source: Source, stream: string, pace: Pace, now: number): Poll {
  const from = Math.min(now, pace.since ?? now);
  return {
    sourceId: source.id,
    stream,
    readTo: from,
    notBefore: from,
    windowFrom: null,
    windowTo: null,
    page: null,
    questions: [],
    lookedBackOn: null,
    nextAt: now,
    leaseUntil: null,
    failures: 0,
    backOffUntil: null,
    lastOkAt: null,
    lastEventAt: null,
    lastError: null,
    version: 1,
  };
}
