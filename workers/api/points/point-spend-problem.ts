/** 积分抵钱的拒绝 as the API says it: the reason in small letters, what to do in words for whoever stands at the till, and its numbers. */
import type { PointSpendMiss } from '../../../schema/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { refusalsFor } from '../call/refusals.ts';
import { pointSpendMissWords } from '../../words/misses/point-spend-misses.ts';

/** It is not there; it cannot be now; it is not what may be asked. */
const statuses: Readonly<Record<PointSpendMiss['reason'], 404 | 409 | 422>> = {
  UNKNOWN_SPEND: 404,
  POINTS_OFF: 409,
  INSUFFICIENT: 409,
  ABOVE_CEILING: 409,
  ALREADY_SPENT: 409,
  BELOW_LEAST: 422,
  NOT_IN_STEPS: 422,
};

export const pointSpendRefusals = refusalsFor(statuses, {
  404: ['unknown_member'],
  503: ['not_decided'],
});

export function pointSpendProblem(miss: PointSpendMiss): Problem {
  const { reason, ...numbers } = miss;
  return {
    status: statuses[reason],
    code: reason.toLowerCase(),
    detail: pointSpendMissWords(miss),
    ...(Object.keys(numbers).length > 0 && { numbers: { ...numbers } }),
  };
}
