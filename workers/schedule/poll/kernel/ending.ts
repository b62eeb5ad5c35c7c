/** How a step ends: its records and the new position in one batch, or the failure and the next attempt. */
import type { Poll } from '../../../../schema/index.ts';
import type { Statement } from '../../../db/db.ts';
import { endStep } from '../../../db/sources/polls.ts';
import type { RawEvent } from '../define.ts';
import { backOff } from './pace.ts';
import type { StepDeps, Stepped } from './subject.ts';

const errorLengthMax = 300;
/** A vendor may forget a page that it named: after this many failures the window is read from its beginning. */
const pageFailuresMax = 5;

export const well = (poll: Poll, fresh: number, now: number): Poll => ({
  ...poll,
  failures: 0,
  backOffUntil: null,
  lastOkAt: now,
  lastEventAt: fresh > 0 ? now : poll.lastEventAt,
  lastError: null,
});

type Failure = { readonly why: string; readonly retryAfterMs?: number | null };

export function fail(
  deps: StepDeps,
  poll: Poll,
  { why, retryAfterMs = null }: Failure,
  more: readonly Statement[] = [],
): Promise<Stepped> {
  const failures = poll.failures + 1;
  const backOffUntil = deps.clock() + backOff(failures, retryAfterMs, deps.jitter());
  const restart = failures % pageFailuresMax === 0 ? { page: null, windowFrom: null, windowTo: null } : {};
  const lastError = why.slice(0, errorLengthMax);
  return end(deps, poll, { ...poll, ...restart, failures, backOffUntil, lastError }, { more });
}

type Brought = { readonly events?: readonly RawEvent[]; readonly more?: readonly Statement[] };

export async function end(
  deps: StepDeps,
  before: Poll,
  after: Poll,
  { events = [], more = [] }: Brought = {},
): Promise<Stepped> {
  const { inserts } = await deps.toInbox(before.sourceId, events, deps.clock());
  const isEnded = await endStep(deps.db, before, after, [...inserts, ...more]);
  const poll = isEnded ? { ...after, leaseUntil: null, version: before.version + 1 } : null;
  return { poll, fresh: isEnded ? events.length : 0 };
}
