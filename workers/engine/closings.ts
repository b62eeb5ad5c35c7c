/** What is stored with a decided event, for the merchant to read. */
import type { Reason, SaleId } from '../../schema/index.ts';
import type { Closing } from '../db/inbox/inbox.ts';
import type { Folded, Outcome } from '../decide/fold.ts';
import { summarize } from '../decide/summary.ts';
import type { QueuedEvent } from './engine.ts';

export function closingsOf(group: readonly QueuedEvent[], { outcomes }: Folded): Closing[] {
  return group.flatMap(({ event, seq }) => {
    if (seq === null) return [];
    const outcome = outcomes.get(event.id);
    // A replay of an applied event: only its state is set.
    return [outcome ? closing(seq, outcome) : { ...plain(seq), state: 'done' as const }];
  });
}

function closing(seq: number, outcome: Outcome): Closing {
  switch (outcome.verdict) {
    case 'applied':
      return { ...plain(seq), state: 'done', outcome: summarize(outcome.effects) };
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
