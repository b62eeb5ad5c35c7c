/** Writes the statements of a call together with its answer, so that the same request sent twice is written once. */
import { EventId } from '../../../schema/index.ts';
import { ringFor, type Writing } from '../../commands/draft.ts';
import type { Statement } from '../../db/db.ts';
import {
  claimKey,
  isKeyTaken,
  keepAnswer,
  keptAnswer,
  toKeptAnswer,
  type KeptAnswer,
} from '../../db/shop/idempotency.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Call, Outcome, Replayed, Success } from './define.ts';
import { newId, sha256Hex } from '../../platform/digest.ts';

export async function commit<Body>(
  { deps, now, requestKey }: Keyed,
  draft: Writing,
  success: Success<Body>,
  /** The answer to a repeated request, when not everything may be stored. */
  kept: Success<Body> = success,
): Promise<Outcome<Body>> {
  const outcome = await written({ deps, now, requestKey }, draft.statements, success, kept);
  ringFor(draft, deps);
  return outcome;
}

async function written<Body>(
  { deps, now, requestKey }: Keyed,
  statements: readonly Statement[],
  success: Success<Body>,
  kept: Success<Body>,
): Promise<Outcome<Body>> {
  if (requestKey === null) {
    await deps.db.batch(statements);
    return success;
  }
  try {
    await deps.db.batch([keepAnswer(requestKey, kept, now), ...statements]);
    return success;
  } catch (error) {
    if (!isKeyTaken(error)) throw error;
    // The same request arrived twice at the same moment, and the other one was first.
    const [result] = await deps.db.batch([keptAnswer(requestKey.key)]);
    const before = toKeptAnswer(result?.rows[0]);
    return (before && replay(before, requestKey.bodyHash)) ?? inProgress;
  }
}

type Keyed = Pick<Call<unknown, unknown, unknown>, 'deps' | 'now' | 'requestKey'>;

/**
 * For calls that are decided by the engine: takes the key first. A request that finds it taken by the same body carries on,
 * because deciding twice changes nothing.
 */
export async function takeKey({ deps, now, requestKey }: Keyed): Promise<Replayed | Problem | null> {
  if (requestKey === null) return null;
  const results = await deps.db.batch([claimKey(requestKey, now), keptAnswer(requestKey.key)]);
  const kept = toKeptAnswer(results[1]?.rows[0]);
  return kept && replay(kept, requestKey.bodyHash);
}

/** The event id of a request: a repeated request is the same event. */
export const commandId = async ({ requestKey }: Pick<Keyed, 'requestKey'>): Promise<EventId> =>
  EventId.parse(requestKey ? `api_${await sha256Hex(requestKey.key + requestKey.bodyHash)}` : newId('api'));

/** Null while the first request is still being answered. */
export function replay({ bodyHash, response }: KeptAnswer, asked: string): Replayed | Problem | null {
  if (bodyHash !== asked) {
    return {
      status: 409,
      code: 'idempotency_key_reused',
      detail: 'this Idempotency-Key was used with another body; take a new key for a new request',
    };
  }
  return response && { replayed: response };
}

const inProgress: Problem = {
  status: 409,
  code: 'in_progress',
  detail: 'the same request is being answered right now; ask again in a moment',
  retryAfterSeconds: 1,
};
