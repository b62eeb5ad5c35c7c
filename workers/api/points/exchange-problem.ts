/** 兑换的拒绝 as the API says it: the reason in small letters, what to do in words for the member, and its numbers. */
import type { ExchangeMiss, ExchangeNot } from '../../decide/money/exchanges.ts';
import type { Problem } from '../../platform/problem.ts';
import { refusalsFor } from '../call/refusals.ts';
import { exchangeMissWords } from '../../words/misses/exchange-misses.ts';

const statuses: Readonly<Record<ExchangeMiss['reason'], 404 | 409>> = {
  UNKNOWN_ITEM: 404,
  UNKNOWN_EXCHANGE: 404,
  ITEM_OFF: 409,
  NOT_YET: 409,
  CLOSED: 409,
  PRICE_CHANGED: 409,
  OUT_OF_STOCK: 409,
  MEMBER_LIMIT: 409,
  NO_COUPON: 409,
  EXCHANGE_TOO_OLD: 409,
  EXCHANGE_USED: 409,
  EXCHANGE_LOCKED: 409,
};

export const exchangeRefusals = refusalsFor(statuses, { 404: ['unknown_member'], 503: ['not_decided'] });

export function exchangeProblem(miss: ExchangeNot): Problem {
  const numbers = Object.fromEntries(
    Object.entries(miss).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    status: 'code' in miss ? 409 : statuses[miss.reason],
    code: 'code' in miss ? 'insufficient' : miss.reason.toLowerCase(),
    detail: exchangeMissWords(miss),
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}
