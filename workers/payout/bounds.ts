/** 时限: how long a transfer is sent, looked up, and waited for. */

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Longer than a round can take, so that no other round takes a leased transfer. */
export const leaseMs = 2 * minuteMs;
/** After this a round begins and sends nothing: its calls would outlive the lease. */
export const roundMs = minuteMs;

/**
 * This long after a transfer was called off, WeChat Pay's "there is no such bill" is final: every lease has ended, and WeChat
 * Pay refuses requests signed more than five minutes ago.
 */
export const quietMs = 10 * minuteMs;

/**
 * A transfer that WeChat Pay cannot take for a day, because funds are short or it cannot be reached, goes back to the wallet.
 * One that waits for our address to be listed goes on waiting.
 */
export const giveUpAfterMs = dayMs;
/** How often a refusal that waiting does not cure is retried: somebody may be changing a setting. */
export const refusalsMax = 8;
/** WeChat Pay closes a transfer that was not confirmed within a day of its creation; if it does not, we cancel it. */
export const callOffAfterMs = giveUpAfterMs + dayMs;
/** After this the shop is told. */
export const stuckAfterMs = 3 * dayMs;
/** WeChat Pay keeps bills no longer: its later answers prove nothing. */
export const lookBackMs = 30 * dayMs;

const backoffBaseMs = 30 * secondMs;
const backoffMaxMs = 30 * minuteMs;

/** Doubles from half a minute to half an hour, plus or minus a quarter. */
export function backoffMs(attempts: number, jitter: number): number {
  const exact = Math.min(backoffMaxMs, backoffBaseMs * 2 ** (attempts - 1));
  return Math.round(exact * (0.75 + jitter / 2));
}

/** Notifications bring most changes; these looks are for lost ones. */
const looks = [
  { forMs: 10 * minuteMs, everyMs: minuteMs },
  { forMs: hourMs, everyMs: 5 * minuteMs },
  { forMs: 2 * dayMs, everyMs: 30 * minuteMs },
] as const;
const lateLookMs = 6 * hourMs;

/** How long until the next look, by how long nothing has changed. */
export const lookAfterMs = (sinceMs: number): number =>
  looks.find(({ forMs }) => sinceMs < forMs)?.everyMs ?? lateLookMs;
