/**
 * 拒绝: what a refusal of WeChat Pay means for a payment. Most that waiting does not cure end it soon; these wait.
 *
 * Source: pay.weixin.qq.com/doc/v3/merchant/4012716434, 4013751010 (接口IP), 4013757784 (frequency).
 */
import type { TransferAnswer } from '../wechat/pay/transfers.ts';

/** Too often; out of money until somebody funds the account; or WeChat Pay is unwell. */
const mending: ReadonlySet<string> = new Set([
  'NOT_ENOUGH',
  'FREQUENCY_LIMITED',
  'FREQUENCY_LIMIT_EXCEED',
  'RATELIMIT_EXCEEDED',
  'SYSTEM_ERROR',
]);
const tooManyRequests = 429;

/** Somebody will list our address, and then the same call is taken. Told by its words: the code says `INVALID_REQUEST` for much else. */
export const isUnlisted = (words: string): boolean =>
  /(?<![A-Za-z])IP(?![A-Za-z]).{0,8}(不允许|不被允许|未配置|不在|没有权限|无权限)|IP\s*白名单/i.test(words);

/** True also for whatever is no refusal: then nobody has said no. */
export function isCuredByWaiting(answer: Exclude<TransferAnswer<unknown>, { ok: true }>): boolean {
  if (answer.outage !== 'refused') return true;
  return mending.has(answer.code) || answer.status === tooManyRequests || isUnlisted(answer.message);
}
