/** 储值的拒绝 as the API says it: the reason in small letters, what to do in words for whoever stands at the till, and its numbers. */
import type { StoredMiss } from '../../../schema/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { refusalsFor } from '../call/refusals.ts';
import { storedMissWords } from '../../words/misses/stored-misses.ts';

/** It is not there; it cannot be now; it is not what was asked. */
const statuses: Readonly<Record<StoredMiss['reason'], 404 | 409 | 422>> = {
  UNKNOWN_SPENDING: 404,
  UNKNOWN_RECHARGE: 404,
  UNKNOWN_PLAN: 404,
  INSUFFICIENT: 409,
  ABOVE_CEILING: 409,
  NUMBER_TAKEN: 409,
  MORE_THAN_SPENT: 409,
  AMOUNT_DIFFERS: 422,
};

export const storedRefusals = refusalsFor(statuses, { 404: ['unknown_member'], 503: ['not_decided'] });

export function storedProblem(miss: StoredMiss): Problem {
  const numbers = Object.fromEntries(
    Object.entries(miss).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    status: statuses[miss.reason],
    code: miss.reason.toLowerCase(),
    detail: storedMissWords(miss),
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}
