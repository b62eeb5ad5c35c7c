/** 事件: what one kind of event answers for itself: what it may look at, and what it decides. */
import type { DomainEvent, SaleId } from '../../../schema/index.ts';
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
  /** Everything that `decide` looks up by name has to be asked for here: what was not asked for was not read. */
  needs(event: Event, ask: Ask): void;
  decide(world: World, event: Event): Decision;
  /** The sale it tells of: what waits for that sale is decided right after it. */
  tells?(event: Event): SaleId;
  /** Somebody leaves: their batch ends here, and what they do next is decided in another. */
  readonly isLeaving?: true;
};
