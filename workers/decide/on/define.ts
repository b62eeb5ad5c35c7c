/** 事件: what one kind of event declares: what it may look at, and what it decides. */
import type { AwaitedId, DomainEvent } from '../../../schema/index.ts';
import type { Decision } from '../effects.ts';
import type { Ask } from '../needs.ts';
import type { World } from '../world.ts';

export type EventType = DomainEvent['type'];

/** The event of a type; one shape may go by two names. */
export type EventOf<Type extends EventType, Event = DomainEvent> = Event extends { readonly type: infer Own }
  ? Type extends Own
    ? Event
    : never
  : never;

export type On<Event extends DomainEvent> = {
  /** `needs` names every row that `decide` looks up; what it does not name is not loaded. */
  needs(event: Event, ask: Ask): void;
  decide(world: World, event: Event): Decision;
  /** The event itself, unless what it speaks of is kept under a number of before. */
  asKept?(world: World, event: Event): Event;
  /** The sale, or the 储值 spent, that the event carries, and all that names it: events that wait for any of them are decided right after. */
  tells?(event: Event): readonly AwaitedId[];
  /** True when a person leaves: the group ends here, and what they do next is decided in another group. */
  readonly isLeaving?: true;
};
