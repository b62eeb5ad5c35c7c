/** 办理: decides one event for a caller who waits, and reads its outcome. */
import type { DomainEvent } from '../../schema/index.ts';
import type { Outcome } from '../decide/fold.ts';
import type { Refusal } from '../decide/refusals.ts';
import type { Engine } from '../engine/engine.ts';
import { processGroup } from '../engine/process.ts';
import { log } from '../platform/log.ts';

export type Ran<Result> =
  | { readonly verdict: 'applied'; readonly result: Result }
  /** The same event was applied before; `result` is what followed then. */
  | { readonly verdict: 'duplicate'; readonly result: Result }
  /** Nothing had to be done; `result` is the present state. */
  | { readonly verdict: 'ignored'; readonly result: Result }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  /** A person has to look at it first. Nothing was written, and repeating it changes nothing. */
  | { readonly verdict: 'parked'; readonly why: Extract<Outcome, { verdict: 'parked' }>['why'] }
  /** The outcome is unknown; repeated with the same id, it is the same command. */
  | { readonly verdict: 'failed' };

/**
 * A command with the same id is done once. `read` reads its result, so that a repeated command gets the same answer. Throws
 * only when the database cannot be reached.
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

/** The result when the command is done, by this or an earlier call; null while it is not done. */
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
    // A command has no inbox row, so it cannot wait.
    case 'waiting':
      return notKnown;
    default:
      return outcome satisfies never;
  }
}
