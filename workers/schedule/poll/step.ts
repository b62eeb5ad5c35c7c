/** 一步: one request to a system that does not push; what it brought and the new place are written in one batch. */
import type { OpenQuestion, Poll, Source } from '../../../schema/index.ts';
import { localDate } from '../../decide/dates.ts';
import { DbError, type Db } from '../../db/db.ts';
import { claimStep, endStep } from '../../db/polls.ts';
import type { Clock } from '../../ports.ts';
import { call, type Line } from './call.ts';
import type { Pace, PageRead, Polling, RawEvent, Signing } from './define.ts';
import { news, type ToInbox } from './news.ts';
import { backOff, nextDay, reading, whenNext, type Reading } from './pace.ts';

export type StepDeps = Line & {
  readonly db: Db;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly jitter: () => number;
  readonly signing: Signing;
  /** A record taken apart by the adapter of its source. */
  readonly split: (source: Source, body: string) => readonly RawEvent[];
  readonly toInbox: ToInbox;
};

export type Subject = {
  readonly poll: Poll;
  readonly polling: Polling;
  readonly pace: Pace;
  readonly secret: string;
  readonly split: (body: string) => readonly RawEvent[];
};

export type Stepped = {
  /** Where the reading stands; null when somebody else is at it, or nobody can say. */
  readonly poll: Poll | null;
  readonly fresh: number;
};

/** Longer than a request and its batch may take. */
const leaseMs = 60_000;
const questionAttemptsMax = 3;
const errorLengthMax = 300;
/** The other side may forget a page it once named: after this many failures the window is read from its beginning. */
const pageFailuresMax = 5;

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
    if (error instanceof DbError && error.kind === 'unreachable') throw error;
    return fail(deps, claimed, error instanceof Error ? error.message : String(error), null);
  }
}

async function ask(deps: StepDeps, subject: Subject, now: number): Promise<Stepped> {
  const { poll, polling, pace, secret, split } = subject;
  const [question = null] = poll.questions;
  const read = reading(poll, pace, polling.zone, now);
  const asked = { stream: poll.stream, window: read.window, page: poll.page, split };
  const outgoing = await polling.request({ ...asked, secret, now, question, signing: deps.signing });
  const answer = await call(deps, outgoing, now);
  if (!answer.ok) return fail(deps, poll, answer.why, answer.retryAfterMs);
  if (question) return takeAnswer(deps, subject, question, answer.text);
  const page = polling.readPage(answer.text, asked);
  if (!page.ok) return fail(deps, poll, page.why, null);
  if (page.next !== null && page.next === poll.page)
    return fail(deps, poll, 'its next page is the same page', null);
  return takePage(deps, subject, page, read);
}

async function takePage(
  deps: StepDeps,
  { poll, pace }: Subject,
  page: Extract<PageRead, { ok: true }>,
  { window, lookedBackOn }: Reading,
): Promise<Stepped> {
  const now = deps.clock();
  const { fresh, questions } = await news(deps, poll.sourceId, page, now);
  const open = questions.map((event): OpenQuestion => ({ ...event, attempts: 0 }));
  const isLast = page.next === null;
  const readTo = isLast ? (window?.to ?? now) : poll.readTo;
  const after: Poll = {
    ...well(poll, fresh.length, now),
    readTo,
    windowFrom: isLast ? null : (window?.from ?? null),
    windowTo: isLast ? null : (window?.to ?? null),
    page: page.next,
    lookedBackOn,
    questions: open,
    nextAt: isLast && open.length === 0 ? whenNext(readTo, pace, now) : now,
  };
  return end(deps, poll, after, fresh);
}

async function takeAnswer(
  deps: StepDeps,
  { poll, polling, pace }: Subject,
  question: OpenQuestion,
  text: string,
): Promise<Stepped> {
  const now = deps.clock();
  const rest = poll.questions.slice(1);
  const answer = polling.readAnswer(text, question);
  const attempts = question.attempts + 1;
  if (!answer.ok && attempts < questionAttemptsMax) {
    return fail(deps, { ...poll, questions: [...rest, { ...question, attempts }] }, answer.why, null);
  }
  const { senderId, type, body } = answer.ok ? answer.event : question;
  const isMidWindow = poll.page !== null;
  const nextAt = rest.length > 0 || isMidWindow ? now : whenNext(poll.readTo, pace, now);
  return end(deps, poll, { ...well(poll, 1, now), questions: rest, nextAt }, [{ senderId, type, body }]);
}

const well = (poll: Poll, fresh: number, now: number): Poll => ({
  ...poll,
  failures: 0,
  backOffUntil: null,
  lastOkAt: now,
  lastEventAt: fresh > 0 ? now : poll.lastEventAt,
  lastError: null,
});

function fail(deps: StepDeps, poll: Poll, why: string, retryAfterMs: number | null): Promise<Stepped> {
  const failures = poll.failures + 1;
  const backOffUntil = deps.clock() + backOff(failures, retryAfterMs, deps.jitter());
  const restart = failures % pageFailuresMax === 0 ? { page: null, windowFrom: null, windowTo: null } : {};
  return end(deps, poll, {
    ...poll,
    ...restart,
    failures,
    backOffUntil,
    lastError: why.slice(0, errorLengthMax),
  });
}

async function end(
  deps: StepDeps,
  before: Poll,
  after: Poll,
  events: readonly RawEvent[] = [],
): Promise<Stepped> {
  const { inserts } = await deps.toInbox(before.sourceId, events, deps.clock());
  const isEnded = await endStep(deps.db, before, after, inserts);
  const poll = isEnded ? { ...after, leaseUntil: null, version: before.version + 1 } : null;
  return { poll, fresh: isEnded ? events.length : 0 };
}
