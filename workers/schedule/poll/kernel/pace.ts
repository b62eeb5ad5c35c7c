/** 节奏: which window is read next, and when. It is pure, so that a test can walk through a day. */
import type { Poll } from '../../../../schema/index.ts';
import { dayMs, localDate } from '../../../decide/plain/dates.ts';
import type { Pace, Window } from '../define.ts';

export type Stretch = { readonly window: Window | null; readonly lookedBackOn: string | null };

/** The window being read, or the next one, which reaches back as far as records may have changed. */
export function stretchToRead(poll: Poll, pace: Pace, zone: string, now: number): Stretch {
  if (pace.windowMaxMs === null) return { window: null, lookedBackOn: poll.lookedBackOn };
  const { windowFrom, windowTo, readTo, lookedBackOn } = poll;
  if (windowFrom !== null && windowTo !== null)
    return { window: { from: windowFrom, to: windowTo }, lookedBackOn };
  const today = localDate(now, zone);
  // Once a day the last days are read again, because tills upload late and void receipts long afterwards.
  const isLookBack = lookedBackOn !== today;
  const backMs = isLookBack ? Math.max(pace.lookBackMs, pace.overlapMs) : pace.overlapMs;
  const from = Math.max(poll.notBefore, readTo - backMs);
  return { window: { from, to: Math.min(now, from + pace.windowMaxMs) }, lookedBackOn: today };
}

/** At once while there is more to read, otherwise after the usual pause. */
export const whenNext = (readTo: number, pace: Pace, now: number): number =>
  Math.max(now, readTo + pace.everyMs);

const backOffFirstMs = 60_000;
const backOffMaxMs = 3_600_000;
/** No `retry-after` may make us wait longer. */
const retryAfterMaxMs = dayMs;

/** Doubles, with jitter so that a recovering system is not called by everybody at once. */
export function backOff(failures: number, retryAfterMs: number | null, jitter: number): number {
  const doubled = Math.min(backOffMaxMs, backOffFirstMs * 2 ** Math.min(failures - 1, 12));
  const own = doubled * (0.5 + jitter / 2);
  return Math.round(Math.max(own, Math.min(retryAfterMs ?? 0, retryAfterMaxMs)));
}

/** The first instant of the next day in the zone, a little spread. */
export function nextDay(now: number, zone: string, jitter: number): number {
  const today = localDate(now, zone);
  const [hourMs, spreadMs] = [3_600_000, 120_000];
  let at = Math.floor(now / hourMs) * hourMs;
  // In half hours: every zone's midnight falls on one.
  while (localDate(at, zone) === today) at += hourMs / 2;
  return Math.round(at + jitter * spreadMs);
}
