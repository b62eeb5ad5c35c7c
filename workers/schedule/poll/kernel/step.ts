/** 一步: one request to a polled system; its records and the new position are written in one batch. */
import type { Poll } from '../../../../schema/index.ts';
import { localDate } from '../../../decide/plain/dates.ts';
import { DbError } from '../../../db/db.ts';
import { claimStep } from '../../../db/sources/polls.ts';
import { end, fail } from './ending.ts';
import { nextDay } from './pace.ts';
import { readBack } from './read-back.ts';
import { readList } from './read-list.ts';
import type { StepDeps, Stepped, Subject } from './subject.ts';

/** Longer than a request and its batch may take. */
const leaseMs = 60_000;

export async function step(deps: StepDeps, subject: Subject): Promise<Stepped> {
  const { poll, polling } = subject;
  const now = deps.clock();
  const { zone, budget } = polling;
  const price = { day: localDate(now, zone), dayLimit: budget };
  const claim = await claimStep(deps.db, poll, now + leaseMs, price);
  if (claim === 'taken') return { poll: null, fresh: 0 };
  if (claim === 'spent') {
    const spent = `the allowance of ${budget} requests a day is used up; it goes on tomorrow`;
    return end(deps, poll, { ...poll, nextAt: nextDay(now, zone, deps.jitter()), lastError: spent });
  }
  const claimed: Poll = { ...poll, leaseUntil: now + leaseMs, version: poll.version + 1 };
  try {
    return await ask(deps, { ...subject, poll: claimed }, now);
  } catch (error) {
    // When the database does not answer nobody knows whether the step ended: the row says it when it can be read.
    if (error instanceof DbError && error.kind !== 'refused') throw error;
    return fail(deps, claimed, { why: error instanceof Error ? error.message : String(error) });
  }
}

function ask(deps: StepDeps, subject: Subject, now: number): Promise<Stepped> {
  const { readBack: back } = subject.polling;
  const [thin] = subject.thin ?? [];
  return back && thin ? readBack(deps, subject, back, thin) : readList(deps, subject, now);
}
