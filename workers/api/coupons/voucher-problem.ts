/** 预售券的拒绝 as the API says it: the reason in small letters, what to do in words for whoever stands at the till, and its numbers. */
import type { VoucherMiss } from '../../../schema/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { refusalsFor } from '../call/refusals.ts';
import { voucherMissWords } from '../../words/misses/voucher-misses.ts';

/** It is not there; it cannot be now; it is not what was asked. */
const statuses: Readonly<Record<VoucherMiss['reason'], 404 | 409 | 422>> = {
  NOT_FOR_SALE: 404,
  UNKNOWN_SALE: 404,
  SALE_CLOSED: 409,
  NONE_LEFT: 409,
  NUMBER_TAKEN: 409,
  ALREADY_USED: 409,
  LOCKED_BY_OTHER: 409,
  REVOKED: 409,
  KEPT: 409,
  AMOUNT_DIFFERS: 422,
  NOT_OF_SALE: 422,
};
const fields: Partial<Record<VoucherMiss['reason'], string>> = {
  NOT_FOR_SALE: 'templateId',
  NOT_OF_SALE: 'codes',
};

export const voucherRefusals = refusalsFor(statuses, { 503: ['not_decided'] });

export function voucherProblem(miss: VoucherMiss): Problem {
  const numbers = Object.fromEntries(
    Object.entries(miss).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    status: statuses[miss.reason],
    code: miss.reason.toLowerCase(),
    detail: voucherMissWords(miss),
    field: fields[miss.reason] ?? 'saleNo',
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}
