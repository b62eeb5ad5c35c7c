/** 时限: how long a payment is tried, asked after, and waited for. */

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Longer than a round can take: until then nobody else touches a leased transfer. */
export const leaseMs = 2 * minuteMs;
/** A round takes nothing up after this, and sends nothing: its calls would outlive the lease. */
export const roundMs = minuteMs;

/**
 * So long after a payment was called off, WeChat Pay's "there is no such bill" is final: whoever held a lease has ended, and
 * WeChat Pay takes no request that was signed more than five minutes ago.
 */
export const quietMs = 10 * minuteMs;

/** What WeChat Pay cannot take for a day, for want of money or because it cannot be reached, goes back to the wallet. */
export const giveUpAfterMs = dayMs;
/** Refusals that waiting does not mend are tried so often: somebody may be changing a setting. */
export const refusalsMax = 8;
/** WeChat Pay closes what nobody confirmed within a day of its creation; if it did not, we do. */
export const callOffAfterMs = giveUpAfterMs + dayMs;
/** From then on the shop is told. */
export const stuckAfterMs = 3 * dayMs;
/** WeChat Pay looks back no further: what it says afterwards proves nothing. */
export const lookBackMs = 30 * dayMs;

const backoffBaseMs = 30 * secondMs;
const backoffMaxMs = 30 * minuteMs;

/** Doubles from half a minute to half an hour, give or take a quarter. */
export function backoffMs(attempts: number, jitter: number): number {
  const exact = Math.min(backoffMaxMs, backoffBaseMs * 2 ** (attempts - 1));
  return Math.round(exact * (0.75 + jitter / 2));
}

/** Notifications bring most of the news; these looks are for those that are lost. */
const looks = [
  { forMs: 10 * minuteMs, everyMs: minuteMs },
  { forMs: hourMs, everyMs: 5 * minuteMs },
  { forMs: 2 * dayMs, everyMs: 30 * minuteMs },
] as const;
const lateLookMs = 6 * hourMs;

/** Until the next look at what has been so long without change. */
export const lookAfterMs = (sinceMs: number): number =>
  looks.find(({ forMs }) => sinceMs < forMs)?.everyMs ?? lateLookMs;
