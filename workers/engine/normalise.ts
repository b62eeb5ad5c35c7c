/** 读懂: stored bodies as events, the members whom codes on them name, and by what a follower is known again. */
import type { DomainEvent, InboxEvent } from '../../schema/index.ts';
import { unanswered, type Engine, type Normalised } from './engine.ts';
import { namedByCode } from './member-codes/on-sales.ts';
import { personDigests } from './person-digests.ts';

/** Each row's `seq` with its normalised event. */
export async function normalise(
  engine: Engine,
  rows: readonly InboxEvent[],
): Promise<[number, Normalised][]> {
  const normalised = await namedByCode(engine, rows, await engine.normalise(rows));
  return Promise.all(
    rows.map(async ({ seq }, place): Promise<[number, Normalised]> => {
      const one = normalised[place] ?? unanswered;
      return [seq, 'event' in one ? { ...one, event: await knownAgain(engine, one.event) } : one];
    }),
  );
}

/** 一人一次: whoever unfollows and follows again is the same person, though nothing of the first time is kept. */
async function knownAgain(engine: Engine, event: DomainEvent): Promise<DomainEvent> {
  if (event.type !== 'fan.followed') return event;
  const [digest] = await personDigests(engine, { followed: event.openid });
  return digest === undefined ? event : { ...event, digest };
}
