/** The decision: a world and an event in, effects or a reason out. No clock, no network, no database. */
import type { DomainEvent } from '../../schema/index.ts';
import type { Decision } from './effects.ts';
import { collector, type Needs } from './needs.ts';
import { kindOf } from './on/index.ts';
import { happenedAt } from './plain/moments.ts';
import { seedCause } from './plain/causes.ts';
import type { World } from './world.ts';

export const decide = (world: World, event: DomainEvent): Decision => kindOf(event).decide(world, event);

/** What all events of a group may look at. */
export function needsOf(events: readonly DomainEvent[]): Needs {
  const { needs, ask, ...group } = collector();
  for (const event of events) {
    const kind = kindOf(event);
    group.seed(seedCause(event));
    if (!event.isHistory) group.happened(happenedAt(event));
    for (const id of kind.tells?.(event) ?? []) group.tell(id);
    kind.needs(event, ask);
  }
  return needs;
}
