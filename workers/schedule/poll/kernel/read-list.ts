/** 读列表: the next page of a list, or the answer to an open question about one of its records. */
import type { OpenQuestion, Poll } from '../../../../schema/index.ts';
import { call } from '../asking/call.ts';
import type { PageRead } from '../define.ts';
import { end, fail, well } from './ending.ts';
import { news } from './news.ts';
import { stretchToRead, whenNext, type Stretch } from './pace.ts';
import type { StepDeps, Stepped, Subject } from './subject.ts';
import { counted } from './tally.ts';

const questionAttemptsMax = 3;

export async function readList(deps: StepDeps, subject: Subject, now: number): Promise<Stepped> {
  const { poll, polling, pace, secret, split, store } = subject;
  const [question = null] = poll.questions;
  const read = stretchToRead(poll, pace, polling.zone, now);
  const context = { stream: poll.stream, window: read.window, page: poll.page, split, store };
  const outgoing = await polling.request({ ...context, secret, now, question, signing: deps.signing });
  const answer = await call(deps, outgoing, now);
  if (!answer.ok) return fail(deps, poll, answer);
  if (question) return takeAnswer(deps, subject, question, answer.text);
  const page = polling.readPage(answer.text, context);
  if (!page.ok) return fail(deps, poll, page);
  if (page.next !== null && page.next === poll.page)
    return fail(deps, poll, { why: 'its next page is the same page' });
  return takePage(deps, subject, page, read);
}

async function takePage(
  deps: StepDeps,
  { poll, pace, polling }: Subject,
  page: Extract<PageRead, { ok: true }>,
  { window, lookedBackOn }: Stretch,
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
    tally:
      page.counted && window
        ? counted(poll.tally, page.counted, {
            window,
            zone: polling.zone,
            isFirst: poll.page === null,
            isLast,
            now,
          })
        : poll.tally,
  };
  return end(deps, poll, after, { events: fresh });
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
    return fail(deps, { ...poll, questions: [...rest, { ...question, attempts }] }, answer);
  }
  const { senderId, type, body } = answer.ok ? answer.event : question;
  const isMidWindow = poll.page !== null;
  const nextAt = rest.length > 0 || isMidWindow ? now : whenNext(poll.readTo, pace, now);
  const after = { ...well(poll, 1, now), questions: rest, nextAt };
  return end(deps, poll, after, { events: [{ senderId, type, body }] });
}
