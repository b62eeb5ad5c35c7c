/** What is written beside an event once it has been decided, for the merchant to read. */
import type { DecidedState, Reason, SaleId } from '../../schema/index.ts';
import type { Closing } from '../db/inbox/decisions.ts';
import type { Folded, Outcome } from '../decide/fold.ts';
import { summarize } from '../decide/summary.ts';
import type { QueuedEvent } from './engine.ts';

/** `decided`: what stood beside the events when they were read; only what waited is decided anew. */
export function closingsOf(
  group: readonly QueuedEvent[],
  { outcomes }: Folded,
  decided: ReadonlyMap<number, DecidedState>,
): Closing[] {
  return group.flatMap(({ event, seq, unreadPhones }): Closing[] => {
    const outcome = outcomes.get(event.id);
    if (seq === null || outcome === undefined) return [];
    const closed = closing(seq, outcome, unreadPhones);
    if (decided.get(seq) !== 'waiting') return [closed];
    return outcome.verdict === 'waiting' ? [] : [{ ...closed, replaces: 'waiting' }];
  });
}

function closing(seq: number, outcome: Outcome, unreadPhones: QueuedEvent['unreadPhones']): Closing {
  switch (outcome.verdict) {
    case 'applied': {
      const summary = summarize(outcome.effects);
      return { ...plain(seq), state: 'done', outcome: unreadPhones ? { ...summary, unreadPhones } : summary };
    }
    case 'ignored':
      return ignored(seq, outcome.why);
    case 'waiting':
      return waiting(seq, outcome.saleId);
    case 'refused':
      return ignored(seq, { code: 'REFUSED', refusal: outcome.refusal.code });
    case 'parked':
      return parked(seq, outcome.why);
    default:
      return outcome satisfies never;
  }
}

/** A longer message is a stack trace or a whole body. */
const detailMax = 300;

/** A bug, with the message of its error. */
export const failed = (error: unknown): Reason => ({
  code: 'FAILED',
  detail: (error instanceof Error ? error.message : String(error)).slice(0, detailMax),
});

type Plain = Pick<Closing, 'seq' | 'note' | 'waitsFor' | 'outcome'>;
const plain = (seq: number): Plain => ({ seq, note: null, waitsFor: null, outcome: null });
export const parked = (seq: number, note: Reason): Closing => ({ ...plain(seq), state: 'parked', note });
const waiting = (seq: number, saleId: SaleId): Closing => ({
  ...plain(seq),
  state: 'waiting',
  waitsFor: saleId,
  note: { code: 'SALE_AWAITED', saleId },
});

export const ignored = (seq: number, note: Reason): Closing => ({ ...plain(seq), state: 'ignored', note });
