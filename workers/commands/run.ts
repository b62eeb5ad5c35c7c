/** 办理: one event decided for somebody who waits, and the one reading of what came of it. */
import type { DomainEvent } from '../../schema/index.ts';
import type { Outcome } from '../decide/fold.ts';
import type { Refusal } from '../decide/refusals.ts';
import type { Engine } from '../engine/engine.ts';
import { processGroup } from '../engine/process.ts';
import { log } from '../platform/log.ts';

export type Ran<Result> =
  | { readonly verdict: 'applied'; readonly result: Result }
  /** The same event had been applied before; `result` is what it brought about then. */
  | { readonly verdict: 'duplicate'; readonly result: Result }
  /** Nothing had to be done: `result` is how things stand. */
  | { readonly verdict: 'ignored'; readonly result: Result }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  /** Somebody has to look at it first. Nothing was written, and asking again changes nothing. */
  | { readonly verdict: 'parked'; readonly why: Extract<Outcome, { verdict: 'parked' }>['why'] }
  /** Nobody knows yet: asked again under the same id, it is the same command. */
  | { readonly verdict: 'failed' };

/**
 * The same id again is the same command, and is done once. `read` tells what the command brought about, so that whoever asks
 * a second time is answered as the first time. Throws only when the database cannot be reached.
 */
export async function run<Result>(
  engine: Engine,
  event: DomainEvent,
  now: number,
  read: () => Promise<Result>,
): Promise<Ran<Result>> {
  const { outcomes, failed } = await processGroup(engine, [{ event, seq: null }], now);
  const ran = failed.length > 0 ? notKnown : await readingOf(outcomes.get(event.id), read);
  if (ran.verdict === 'failed' || ran.verdict === 'parked')
    log('error', 'command_not_done', { type: event.type, id: event.id, verdict: ran.verdict });
  return ran;
}

/** What stands once the command is done, whoever did it first; null while it is not done. */
export const resultOf = <Result>(ran: Ran<Result>): Result | null => ('result' in ran ? ran.result : null);

const notKnown = { verdict: 'failed' } as const;

async function readingOf<Result>(
  outcome: Outcome | undefined,
  read: () => Promise<Result>,
): Promise<Ran<Result>> {
  if (outcome === undefined) return { verdict: 'duplicate', result: await read() };
  switch (outcome.verdict) {
    case 'applied':
    case 'ignored':
      return { verdict: outcome.verdict, result: await read() };
    case 'refused':
      return { verdict: 'refused', refusal: outcome.refusal };
    case 'parked':
      return { verdict: 'parked', why: outcome.why };
    // A command has no row in the inbox to wait in.
    case 'waiting':
      return notKnown;
    default:
      return outcome satisfies never;
  }
}
