/** 回查: fetches the document that a notice names and stores it; the same batch closes the notice. */
import type { InboxEvent, Poll, Reason } from '../../../../schema/index.ts';
import { closeEvents, countAsking, type Closing } from '../../../db/inbox/decisions.ts';
import type { Statement } from '../../../db/db.ts';
import { call } from '../asking/call.ts';
import type { ReadingBack } from './reading-back.ts';
import { end, fail, well } from './ending.ts';
import type { StepDeps, Stepped, Subject } from './subject.ts';

/** How often the vendor may fail to answer. */
const attemptsMax = 3;
/** A session that would expire during the request is not used. */
const sessionLeftMs = 60_000;

/** One request: for a session when the vendor needs one, otherwise for the oldest document. */
export async function readBack(
  deps: StepDeps,
  subject: Subject,
  back: ReadingBack,
  thin: InboxEvent,
): Promise<Stepped> {
  const { poll, secret } = subject;
  const now = deps.clock();
  const hasSession = poll.session !== null && poll.session.expiresAt - sessionLeftMs > now;
  if (back.signIn && !hasSession) return signIn(deps, subject, back.signIn);
  const outgoing = back.request(thin, { secret, session: poll.session });
  if (outgoing === null) return answered(deps, poll, [givenUp(thin, '没有可供查询的单号')]);
  const answer = await call(deps, outgoing, now);
  if (!answer.ok) return fail(deps, poll, answer);
  const read = back.read(answer.text, thin);
  if (!read.ok) return refused(deps, poll, thin, read);
  return takeDocument(deps, subject, thin, read.body);
}

async function signIn(
  deps: StepDeps,
  { poll, secret }: Subject,
  { request, read }: NonNullable<ReadingBack['signIn']>,
): Promise<Stepped> {
  const now = deps.clock();
  const answer = await call(deps, request(secret), now);
  if (!answer.ok) return fail(deps, poll, answer);
  const told = read(answer.text, now);
  if (!told.ok) return fail(deps, poll, told);
  return end(deps, poll, { ...well(poll, 0, now), session: told.session, nextAt: now });
}

async function takeDocument(
  deps: StepDeps,
  { poll, split }: Subject,
  thin: InboxEvent,
  body: string,
): Promise<Stepped> {
  const now = deps.clock();
  const events = split(body);
  const { ids } = await deps.toInbox(poll.sourceId, events, now);
  const after = { ...well(poll, events.length, now), readTo: now, nextAt: now };
  const more = closeEvents([closing(thin, 'ignored', { code: 'TOLD_IN_FULL', eventIds: ids })], now);
  return { ...(await end(deps, poll, after, { events, more })), isAnswered: true };
}

/** Retried a few times; then a person has to look, and it is not asked again until it is replayed. */
async function refused(
  deps: StepDeps,
  poll: Poll,
  thin: InboxEvent,
  { why, isSignedOut = false }: { readonly why: string; readonly isSignedOut?: boolean },
): Promise<Stepped> {
  if (isSignedOut) return fail(deps, { ...poll, session: null }, { why });
  if (thin.attempts + 1 >= attemptsMax) return answered(deps, poll, [givenUp(thin, why)], why);
  return fail(deps, poll, { why }, [countAsking(thin.seq)]);
}

async function answered(
  deps: StepDeps,
  poll: Poll,
  closings: readonly Closing[],
  lastError: string | null = null,
): Promise<Stepped> {
  const now = deps.clock();
  const more: readonly Statement[] = closeEvents(closings, now);
  const after = { ...well(poll, 0, now), lastError, nextAt: now };
  return { ...(await end(deps, poll, after, { more })), isAnswered: true };
}

const givenUp = (thin: InboxEvent, why: string): Closing =>
  closing(thin, 'parked', { code: 'READ_BACK_FAILED', detail: why.slice(0, 200) });

const closing = ({ seq }: InboxEvent, state: Closing['state'], note: Reason): Closing => ({
  seq,
  state,
  memberId: null,
  note,
  waitsFor: null,
  outcome: null,
  replaces: 'parked',
});
