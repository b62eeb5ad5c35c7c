/** Folds a group of events through decide, in order: later events see the effects of earlier ones. */
import type {
  AwaitedId,
  DomainEvent,
  MemberId,
  PackageId,
  Reason,
  SaleId,
  StoredMoveId,
} from '../../schema/index.ts';
import { noAllowances, type Allowances } from './allowances.ts';
import { decide } from './decide.ts';
import type { Decision, Effect } from './effects.ts';
import { noChanges, type Changes } from './changes.ts';
import { evolve } from './evolve.ts';
import { kindOf } from './on/index.ts';
import { reachedBy } from './levels/reached.ts';
import { remindersOfPut } from './members/reminders.ts';
import { whoseIs } from './members/who/whose.ts';
import { placeLots, postOver } from './money/post.ts';
import type { Refusal } from './refusals.ts';
import type { World } from './world.ts';

/** A longer chain of follow-ups is a circle. */
const followUpsMax = 20;

export type Outcome =
  | { readonly verdict: 'applied'; readonly effects: readonly Effect[] }
  | { readonly verdict: 'ignored'; readonly why: Reason }
  | { readonly verdict: 'waiting'; readonly saleId: AwaitedId }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  | { readonly verdict: 'parked'; readonly why: Reason };

export type Folded = {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** 当事人 of each event that is about somebody, whatever became of it. */
  readonly whose: ReadonlyMap<string, MemberId>;
  readonly changes: Changes;
};

/** Throws when decide throws. The world is then half folded and has to be loaded again. */
export function fold(
  world: World,
  events: readonly DomainEvent[],
  allowances: Allowances = noAllowances,
): Folded {
  const changes = noChanges();
  const outcomes = new Map<string, Outcome>();
  const whose = new Map<string, MemberId>();
  const waiting = new Map<AwaitedId, DomainEvent[]>();
  const told = (event: DomainEvent): void => {
    const allowance = allowances.get(event.id);
    const owner = whoseIs(world, event);
    const isSpent = allowance !== undefined && allowance.left <= 0;
    const outcome: Outcome = isSpent
      ? { verdict: 'parked', why: allowance.why }
      : foldOne(world, changes, event);
    if (allowance && outcome.verdict === 'applied') allowance.left -= 1;
    outcomes.set(event.id, outcome);
    const memberId = owner();
    if (memberId !== null) whose.set(event.id, memberId);
    if (outcome.verdict !== 'waiting') return;
    const others = waiting.get(outcome.saleId);
    if (others) others.push(event);
    else waiting.set(outcome.saleId, [event]);
  };
  for (const event of events) {
    told(event);
    for (const saleId of kindOf(event).tells?.(event) ?? []) {
      if (!isThere(world, saleId)) continue;
      // A refund that was received before its sale has been waiting for this moment.
      const ready = waiting.get(saleId) ?? [];
      waiting.delete(saleId);
      for (const waiter of ready) told(waiter);
    }
  }
  for (const id of changes.members) tidyPoints(world, changes, id);
  return { outcomes, whose, changes };
}

// The keys of each are looked for among its own.
const isThere = ({ sales, salePayments, storedMoves, packages }: World, id: AwaitedId): boolean =>
  sales.has(id as SaleId) ||
  salePayments.has(id as SaleId) ||
  storedMoves.has(id as StoredMoveId) ||
  packages.has(id as PackageId);

/** Whatever was decided about a member, what is over of their points is posted with it. Who was forgotten keeps no days. */
function tidyPoints(world: World, changes: Changes, id: MemberId): void {
  const isForgotten = (world.members.get(id)?.deletedAt ?? null) !== null;
  if (isForgotten) placeLots(world, changes, id, []);
  else postOver(world, changes, id);
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
      // Earlier effects stand: a member made for a refused sale remains a member.
      if (effects.length === 0) return unapplied(changes, decision);
      if (decision.verdict === 'ignored') continue;
      throw new Error(`a follow-up of ${event.id} was ${decision.verdict}`);
    }
    const reached = reachedBy(world, next, decision.effects);
    for (const effect of decision.effects) evolve(world, changes, effect);
    const reminders = remindersOfPut(world, decision.effects);
    for (const effect of reminders) evolve(world, changes, effect);
    effects.push(...decision.effects, ...reminders);
    queue.unshift(...reached, ...decision.followUps);
  }
}

/** Writes nothing but the alerts. */
function unapplied(changes: Changes, decision: Exclude<Decision, { verdict: 'accepted' }>): Outcome {
  if (decision.verdict !== 'parked') return decision;
  changes.notes.alerts.push(...(decision.alerts ?? []));
  return { verdict: 'parked', why: decision.why };
}
