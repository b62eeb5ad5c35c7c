/** 套餐的拒绝 as the API says it: the reason in small letters, what to do in words for whoever stands at the till, and its numbers. */
import type { PackageMiss } from '../../../schema/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { refusalsFor } from '../call/refusals.ts';
import { packageMissWords } from '../../words/misses/package-misses.ts';

/** It is not there; it cannot be now; it is not what may be asked. */
const statuses: Readonly<Record<PackageMiss['reason'], 404 | 409 | 422>> = {
  NOT_FOR_SALE: 404,
  UNKNOWN_PACKAGE: 404,
  UNKNOWN_USE: 404,
  NUMBER_TAKEN: 409,
  NOTHING_LEFT: 409,
  PACKAGE_EXPIRED: 409,
  ALREADY_REFUNDED: 409,
  ALL_USED: 409,
  UNDO_CLOSED: 409,
  AMOUNT_DIFFERS: 422,
  UNKNOWN_ITEM: 422,
};
const fields: Readonly<Record<PackageMiss['reason'], string>> = {
  NOT_FOR_SALE: 'templateId',
  UNKNOWN_PACKAGE: 'code',
  UNKNOWN_USE: 'redeemNo',
  NUMBER_TAKEN: 'packageNo',
  NOTHING_LEFT: 'count',
  PACKAGE_EXPIRED: 'code',
  ALREADY_REFUNDED: 'code',
  ALL_USED: 'code',
  UNDO_CLOSED: 'redeemNo',
  AMOUNT_DIFFERS: 'paidFen',
  UNKNOWN_ITEM: 'item',
};

export const packageRefusals = refusalsFor(statuses, { 503: ['not_decided'] });

export function packageProblem(miss: PackageMiss, field = fields[miss.reason]): Problem {
  const numbers = Object.fromEntries(
    Object.entries(miss).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    status: statuses[miss.reason],
    code: miss.reason.toLowerCase(),
    detail: packageMissWords(miss),
    field,
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}
