/** 结案: turns a verdict into the new state of a message's row. */
import type { Message, PassedOver } from '../../schema/index.ts';
import type { MessageClosing } from '../db/outbox/outbox.ts';
import type { Again, Verdict } from './channels/define.ts';

export type Ended = {
  readonly message: Message;
  /** unsent: the drain had no time left to try it. */
  readonly verdict: Verdict | { readonly verdict: 'unsent' };
  /** The channel that answered; null when none was called. */
  readonly channel: string | null;
  readonly passedOver: readonly PassedOver[];
};

export const attemptsMax = 8;
const backoffBaseMs = 30_000;
const backoffMaxMs = 6 * 3_600_000;
const errorLengthMax = 500;

export function closing(
  { message, verdict, channel, passedOver }: Ended,
  now: number,
  jitter: number,
): MessageClosing {
  const { seq, dueAt, attempts } = message;
  const base = {
    seq,
    leaseUntil: message.leaseUntil ?? 0,
    dueAt,
    attempts,
    channel,
    receipt: null,
    passedOver: passedOver.length > 0 ? passedOver : null,
  };
  switch (verdict.verdict) {
    case 'sent':
      return { ...base, state: 'sent', lastError: null, receipt: verdict.receipt };
    case 'park':
    case 'unsuitable':
      return { ...base, state: 'parked', lastError: verdict.why.slice(0, errorLengthMax) };
    case 'retry': {
      const lastError = verdict.why.slice(0, errorLengthMax);
      if (isLast(message, verdict)) return { ...base, state: 'parked', lastError };
      const waitMs =
        verdict.afterSeconds === null ? backoffMs(attempts, jitter) : verdict.afterSeconds * 1000;
      return { ...base, state: 'pending', dueAt: now + waitMs, lastError };
    }
    case 'unsent':
      // The row returns as it was leased: an attempt that was not made does not count.
      return { ...asItWas(message, base), attempts: attempts - 1 };
    default:
      return verdict satisfies never;
  }
}

/** No attempt is left. */
export const isLast = ({ attempts }: Pick<Message, 'attempts'>, again: Pick<Again, 'attemptsMax'>): boolean =>
  attempts >= (again.attemptsMax ?? attemptsMax);

const asItWas = (message: Message, base: Pick<MessageClosing, 'seq' | 'leaseUntil' | 'dueAt'>) => {
  const { channel, lastError, receipt, passedOver } = message;
  return { ...base, state: 'pending', channel, lastError, receipt, passedOver } as const;
};

/** Doubles from half a minute to six hours, plus or minus a quarter. */
export function backoffMs(attempts: number, jitter: number): number {
  const exact = Math.min(backoffMaxMs, backoffBaseMs * 2 ** (attempts - 1));
  return Math.round(exact * (0.75 + jitter / 2));
}
