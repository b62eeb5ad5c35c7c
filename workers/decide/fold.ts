/** Folds a group of events through decide, in order: later events see what earlier ones brought about. */
import type { DomainEvent, SaleId } from '../../schema/index.ts';
import { decide } from './decide.ts';
import type { Effect } from './effects.ts';
import { noChanges, type Changes } from './changes.ts';
import { evolve } from './evolve.ts';
import type { World } from './world.ts';

/** A chain of follow-ups longer than this is a circle. */
const followUpsMax = 20;

export type Outcome =
  | { readonly verdict: 'applied'; readonly effects: readonly Effect[] }
  | { readonly verdict: 'ignored'; readonly why: string }
  | { readonly verdict: 'waiting'; readonly saleId: SaleId }
  | { readonly verdict: 'parked'; readonly why: string };

export type Folded = { readonly outcomes: ReadonlyMap<string, Outcome>; readonly changes: Changes };

/** Throws where decide throws: the world is then half folded and has to be read again. */
export function fold(world: World, events: readonly DomainEvent[]): Folded {
  const changes = noChanges();
  const outcomes = new Map<string, Outcome>();
  const waiting: DomainEvent[] = [];
  const told = (event: DomainEvent): void => {
    const outcome = foldOne(world, changes, event);
    outcomes.set(event.id, outcome);
    if (outcome.verdict === 'waiting') waiting.push(event);
  };
  for (const event of events) {
    told(event);
    if (event.type !== 'sale.completed' || !world.sales.has(event.saleId)) continue;
    // A return that was told before its sale has only been waiting for this.
    const ready = waiting.filter((waiter) => 'saleId' in waiter && waiter.saleId === event.saleId);
    for (const waiter of ready) {
      waiting.splice(waiting.indexOf(waiter), 1);
      told(waiter);
    }
  }
  return { outcomes, changes };
}

function foldOne(world: World, changes: Changes, event: DomainEvent): Outcome {
  const queue: DomainEvent[] = [event];
  const effects: Effect[] = [];
  for (let steps = 0; ; steps += 1) {
    const next = queue.shift();
    if (next === undefined) return { verdict: 'applied', effects };
    if (steps > followUpsMax)
      throw new Error(`event ${event.id} led to more than ${followUpsMax} follow-ups`);
    const decision = decide(world, next);
    if (decision.verdict !== 'accepted') {
      // Whatever came before stands: a member that was made for a refused sale is still a member.
      if (effects.length === 0) return decision;
      if (decision.verdict === 'ignored') continue;
      throw new Error(`a follow-up of ${event.id} was ${decision.verdict}`);
    }
    for (const effect of decision.effects) evolve(world, changes, effect);
    effects.push(...decision.effects);
    queue.unshift(...decision.followUps);
  }
}
