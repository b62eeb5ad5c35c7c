/** What is written beside an event once it has been decided, for the merchant to read. */
import {
  defaultTimezone,
  type AwaitedId,
  type DecidedState,
  type DomainEvent,
  type Reason,
} from '../../schema/index.ts';
import type { Closing } from '../db/inbox/decisions.ts';
import type { Effect } from '../decide/effects.ts';
import type { Folded, Outcome } from '../decide/fold.ts';
import { childrenIn } from '../decide/members/children.ts';
import { isForgotten } from '../decide/members/who/whose.ts';
import { localDate } from '../decide/plain/dates.ts';
import { summarize } from '../decide/summary.ts';
import type { World } from '../decide/world.ts';
import type { QueuedEvent } from './engine.ts';

/** `decided`: what stood beside the events when they were read; only what waited is decided anew. `world`: as it was folded. */
export function closingsOf(
  group: readonly QueuedEvent[],
  { outcomes, whose }: Folded,
  { decided, world }: { readonly decided: ReadonlyMap<number, DecidedState>; readonly world: World },
): Closing[] {
  return group.flatMap((queued): Closing[] => {
    const { event, seq } = queued;
    const outcome = outcomes.get(event.id);
    if (seq === null || outcome === undefined) return [];
    const memberId = whose.get(event.id) ?? null;
    const closed = emptiedIf(world, { ...closing({ ...queued, seq }, outcome, world.now), memberId });
    return [decided.get(seq) === 'waiting' ? { ...closed, replaces: 'waiting' } : closed];
  });
}

/** What is about somebody who was forgotten leaves no body, and nothing to be done with it; what waits for a sale waits on. */
function emptiedIf(world: World, closed: Closing): Closing {
  const { seq, memberId, state } = closed;
  if (memberId === null || state === 'waiting' || !isForgotten(world, memberId)) return closed;
  const left = state === 'parked' ? { ...ignored(seq, { code: 'EMPTIED' }), memberId } : closed;
  return { ...left, isEmptied: true };
}

function closing(
  { event, seq, unreadPhones, wrongMemberCode }: QueuedEvent & { readonly seq: number },
  outcome: Outcome,
  now: number,
): Closing {
  switch (outcome.verdict) {
    case 'applied': {
      const said = {
        ...(unreadPhones && { unreadPhones }),
        ...(wrongMemberCode && { wrongMemberCode }),
        ...(isVoided(event, outcome.effects) && { isVoided: true }),
        ...unlikelyIn(event, now),
      };
      return { ...plain(seq), state: 'done', outcome: { ...summarize(outcome.effects), ...said } };
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

/** A sale that was made void stays so, however often it is corrected. */
const isVoided = ({ type }: DomainEvent, effects: readonly Effect[]): boolean =>
  type === 'sale.completed' &&
  effects.some((effect) => effect.type === 'sale.put' && effect.sale.voidedAt !== null);

/** Children with a day that cannot be true are not kept: whoever told them has to hear of it. */
function unlikelyIn(event: DomainEvent, now: number): { readonly unlikelyChildren?: number } {
  if (event.type !== 'member.created' && event.type !== 'member.updated') return {};
  const { children } = event.data;
  const unlikelyChildren =
    (children?.length ?? 0) - childrenIn(children, localDate(now, defaultTimezone)).length;
  return unlikelyChildren > 0 ? { unlikelyChildren } : {};
}

/** A longer message is a stack trace or a whole body. */
const detailMax = 300;

/** A bug, with the message of its error. */
export const failed = (error: unknown): Reason => ({
  code: 'FAILED',
  detail: (error instanceof Error ? error.message : String(error)).slice(0, detailMax),
});

type Plain = Pick<Closing, 'seq' | 'memberId' | 'note' | 'waitsFor' | 'outcome'>;
const plain = (seq: number): Plain => ({
  seq,
  memberId: null,
  note: null,
  waitsFor: null,
  outcome: null,
});
export const parked = (seq: number, note: Reason): Closing => ({ ...plain(seq), state: 'parked', note });
const waiting = (seq: number, saleId: AwaitedId): Closing => ({
  ...plain(seq),
  state: 'waiting',
  waitsFor: saleId,
  note: { code: 'SALE_AWAITED', saleId },
});

export const ignored = (seq: number, note: Reason): Closing => ({ ...plain(seq), state: 'ignored', note });
