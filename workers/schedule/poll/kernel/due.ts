/** 到期: the lists that are due, and the notices whose documents can be fetched by now. */
import type { InboxEvent, Poll, Source } from '../../../../schema/index.ts';
import { beginPolls, type Polled } from '../../../db/sources/polls.ts';
import { activeSecrets } from '../../../db/sources/sources.ts';
import { thinEvents, type ThinEventSearch } from '../../../db/inbox/thin-events.ts';
import { log } from '../../../platform/log.ts';
import type { Pace, Polling } from '../define.ts';
import { pollingOf } from '../index.ts';
import type { StepDeps, Subject } from './subject.ts';

export type DueDeps = StepDeps & {
  /** How long to wait before a source's notices are followed up; null when the vendor sends none. */
  readonly readBackAfterSeconds: (source: Source) => number | null;
  /** Requests made in one tick, all sources together. */
  readonly stepsPerTick: number;
};

/** The longest overdue first. */
export async function due(deps: DueDeps, polled: Polled, now: number): Promise<Subject[]> {
  const open = openSources(polled.sources, now);
  const wanted = open.flatMap((one) => wantedBy(deps, one, now));
  const notices = await thinEvents(deps.db, wanted, deps.stepsPerTick);
  const begun: Poll[] = [];
  const subjects: Subject[] = [];
  for (const { source, polling, secret } of open) {
    for (const [stream, pace] of streamsOf(deps, source, polling)) {
      const known = polled.polls.find((poll) => poll.sourceId === source.id && poll.stream === stream);
      const poll = known ?? firstPoll(source, stream, pace, now);
      if (!known) begun.push(poll);
      const thin = stream === noticesStream ? notices.filter(({ sourceId }) => sourceId === source.id) : null;
      if (!isDue(poll, now) || !hasWork(thin)) continue;
      const split = (body: string) => deps.split(source, body);
      subjects.push({ poll, polling, pace, secret, store: storeNamedBy(source), thin, split });
    }
  }
  await beginPolls(deps.db, begun);
  return subjects.toSorted((a, b) => a.poll.nextAt - b.poll.nextAt);
}

export const isDue = ({ nextAt, backOffUntil, leaseUntil }: Poll, now: number): boolean =>
  nextAt <= now && (backOffUntil ?? 0) <= now && (leaseUntil ?? 0) <= now;

/** A list can always be read; notices only where there are some. */
export const hasWork = (thin: readonly InboxEvent[] | null): boolean => thin === null || thin.length > 0;

type Open = { readonly source: Source; readonly polling: Polling; readonly secret: string };

/** The sources that can be polled; faults of the others are logged. */
function openSources(sources: readonly Source[], now: number): Open[] {
  const open: Open[] = [];
  for (const source of sources) {
    const polling = pollingOf(source.config?.['poll']);
    const [secret] = activeSecrets(source, now);
    if ('faults' in polling) log('warn', 'poll_settings', { source: source.id, faults: polling.faults });
    else if (secret === undefined) log('warn', 'poll_secret', { source: source.id });
    else open.push({ source, polling, secret });
  }
  return open;
}

const noticesStream = 'read-back';
/** Not by the clock: it is due as long as there are notices. */
const noticesPace: Pace = { everyMs: 0, windowMaxMs: null, overlapMs: 0, lookBackMs: 0, since: null };

function wantedBy(deps: DueDeps, { source, polling }: Open, now: number): ThinEventSearch[] {
  const afterSeconds = polling.readBack ? deps.readBackAfterSeconds(source) : null;
  return afterSeconds === null ? [] : [{ sourceId: source.id, receivedBefore: now - afterSeconds * 1000 }];
}

function streamsOf(deps: DueDeps, source: Source, { streams, readBack }: Polling): ReadonlyMap<string, Pace> {
  const isAsked = readBack !== null && deps.readBackAfterSeconds(source) !== null;
  return isAsked ? new Map([...streams, [noticesStream, noticesPace]]) : streams;
}

function storeNamedBy({ config }: Source): string | null {
  const store = config?.['store'];
  const id: unknown = typeof store === 'object' && store !== null ? Reflect.get(store, 'id') : null;
  return typeof id === 'string' ? id : null;
}

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
    tally: null,
    session: null,
  };
}
