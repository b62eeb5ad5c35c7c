/** Writes what a call brings about together with the answer to it, so that the same request twice is written once. */
import type { Statement } from '../db/db.ts';
import { isKeyTaken, keepAnswer, keptAnswer, toKeptAnswer, type KeptAnswer } from '../db/idempotency.ts';
import type { Problem } from '../problem.ts';
import type { Call, Outcome, Replayed, Success } from './define.ts';

export async function commit<Body>(
  { deps, now, requestKey }: Pick<Call<unknown, unknown, unknown>, 'deps' | 'now' | 'requestKey'>,
  statements: readonly Statement[],
  success: Success<Body>,
): Promise<Outcome<Body>> {
  if (requestKey === null) {
    await deps.db.batch(statements);
    return success;
  }
  try {
    await deps.db.batch([keepAnswer(requestKey, success, now), ...statements]);
    return success;
  } catch (error) {
    if (!isKeyTaken(error)) throw error;
    // The same request came twice at once, and the other one was first.
    const [result] = await deps.db.batch([keptAnswer(requestKey.key)]);
    const kept = toKeptAnswer(result?.rows[0]);
    return (kept && replay(kept, requestKey.bodyHash)) ?? inProgress;
  }
}

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
