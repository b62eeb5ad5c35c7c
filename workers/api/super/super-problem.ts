/** 超级会员的拒绝 as the API says it: the reason in small letters, what to do in words for whoever stands at the till, and its numbers. */
import type { SuperMiss } from '../../../schema/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { refusalsFor } from '../call/refusals.ts';
import { superMissWords } from '../../words/misses/super-misses.ts';

/** It is not there; it cannot be now; it is not what was asked. */
const statuses: Readonly<Record<SuperMiss['reason'], 404 | 409 | 422>> = {
  UNKNOWN_PLAN: 404,
  UNKNOWN_MEMBERSHIP: 404,
  NUMBER_TAKEN: 409,
  TOO_FAR: 409,
  ENDED: 409,
  NOT_LAST: 409,
  NO_REFUND: 409,
  REFUND_CLOSED: 409,
  ALREADY_USED: 409,
  OVER: 409,
  UNDO_CLOSED: 409,
  AMOUNT_DIFFERS: 422,
};

export const superRefusals = refusalsFor(statuses, { 404: ['unknown_member'], 503: ['not_decided'] });

const fields: Partial<Readonly<Record<SuperMiss['reason'], string>>> = {
  UNKNOWN_PLAN: 'plan',
  AMOUNT_DIFFERS: 'paidFen',
};

export function superProblem(miss: SuperMiss): Problem {
  const numbers = Object.fromEntries(
    Object.entries(miss).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  const field = fields[miss.reason];
  return {
    status: statuses[miss.reason],
    code: miss.reason.toLowerCase(),
    detail: superMissWords(miss),
    ...(field !== undefined && { field }),
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}
