/** 节奏: which stretch of time is read next, and when; pure, so that a day can be walked through in a test. */
import type { Poll } from '../../../../schema/index.ts';
import { dayMs, localDate } from '../../../decide/plain/dates.ts';
import type { Pace, Window } from '../define.ts';

export type Stretch = { readonly window: Window | null; readonly lookedBackOn: string | null };

/** The stretch being read, or the next one: what was read before, as far back as may have changed, up to now. */
export function stretchToRead(poll: Poll, pace: Pace, zone: string, now: number): Stretch {
  if (pace.windowMaxMs === null) return { window: null, lookedBackOn: poll.lookedBackOn };
  const { windowFrom, windowTo, readTo, lookedBackOn } = poll;
  if (windowFrom !== null && windowTo !== null)
    return { window: { from: windowFrom, to: windowTo }, lookedBackOn };
  const today = localDate(now, zone);
  // Once a day the last days are read again: tills upload late, and receipts are voided long after.
  const isLookBack = lookedBackOn !== today;
  const backMs = isLookBack ? Math.max(pace.lookBackMs, pace.overlapMs) : pace.overlapMs;
  const from = Math.max(poll.notBefore, readTo - backMs);
  return { window: { from, to: Math.min(now, from + pace.windowMaxMs) }, lookedBackOn: today };
}

/** At once while there is a stretch left to read, else when it is time. */
export const whenNext = (readTo: number, pace: Pace, now: number): number =>
  Math.max(now, readTo + pace.everyMs);

const backOffFirstMs = 60_000;
const backOffMaxMs = 3_600_000;
/** Nobody may send us away for longer. */
const retryAfterMaxMs = dayMs;

/** Doubling, with jitter so that a system that comes back is not met by all of its callers at once. */
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
  // By the hour: every zone's midnight falls on a half hour at the latest.
  while (localDate(at, zone) === today) at += hourMs / 2;
  return Math.round(at + jitter * spreadMs);
}
