/** 转账用语: what a member and a shop read about a payment, written here and nowhere else. */
import type { TransferState } from '../../schema/index.ts';
import { yuanText } from '../decide/plain/yuan.ts';
import type { WithdrawalRefusal } from './withdrawal-refusals.ts';

export const transferStateWords: Readonly<Record<TransferState, string>> = {
  asked: '已申请，正在提交给微信支付',
  sent: '微信支付处理中',
  waiting: '等待会员确认收款',
  cancelling: '正在撤回',
  paid: '已转入微信零钱',
  failed: '转账没有成功，钱已退回账户',
  cancelled: '已撤回，钱已退回账户',
  expired: '超过24小时没有确认收款，钱已退回账户',
};

/** The same to the member whose money it is. */
export const ownTransferWords = (state: TransferState): string =>
  state === 'waiting' ? '等您确认收款' : transferStateWords[state];

/** Source: pay.weixin.qq.com/doc/v3/merchant/4012716437, fail_reason. */
const failWords: ReadonlyMap<string, string> = new Map([
  ['OVERDUE_CLOSE', '超过24小时没有确认收款'],
  ['ACCOUNT_FROZEN', '收款人的微信支付账户被冻结'],
  ['ACCOUNT_NOT_EXIST', '收款人还没有开通微信支付'],
  ['PAYEE_ACCOUNT_ABNORMAL', '收款人的微信支付账户异常'],
  ['REAL_NAME_CHECK_FAIL', '收款人没有在微信支付实名认证'],
  ['NAME_NOT_CORRECT', '收款人姓名不符'],
  ['ID_CARD_NOT_CORRECT', '收款人身份信息不符'],
  ['OPENID_INVALID', '收款人的微信账号与公众号不匹配'],
  ['TRANSFER_QUOTA_EXCEED', '超过收款人单笔收款额度'],
  ['DAY_RECEIVED_QUOTA_EXCEED', '超过收款人当天收款额度'],
  ['DAY_RECEIVED_COUNT_EXCEED', '超过收款人当天收款次数'],
  ['MONTH_RECEIVED_QUOTA_EXCEED', '超过收款人当月收款额度'],
  ['PRODUCT_AUTH_CHECK_FAIL', '商户号没有开通商家转账'],
  ['TRANSFER_RISK', '微信支付认为这笔转账有风险'],
  ['NOT_ENOUGH', '商户号余额不足'],
]);

/** Null when there is nothing to explain. */
export const failReasonWords = (reason: string | null): string | null =>
  reason === null ? null : (failWords.get(reason) ?? `微信支付返回：${reason}`);

export function withdrawalRefusalWords(refusal: WithdrawalRefusal): string {
  switch (refusal.code) {
    case 'PAYOUT_OFF':
      return '暂时不能提现，账户里的钱可以在店里消费时使用';
    case 'NOT_REACHABLE':
      return '请先关注公众号并绑定会员，才能提现到微信零钱';
    case 'BELOW_MIN':
      return `每次至少提现${yuanText(refusal.minFen)}`;
    case 'ABOVE_MAX':
      return `每次最多提现${yuanText(refusal.maxFen)}`;
    case 'INSUFFICIENT':
      return `账户里只有${yuanText(refusal.balanceFen)}`;
    case 'DAY_LIMIT':
      return refusal.whose === 'shop'
        ? '本店今天的提现额度已经用完，请明天再来'
        : `每天最多提现${yuanText(refusal.limitFen)}，今天还可以提现${yuanText(Math.max(0, refusal.limitFen - refusal.usedFen))}`;
    default:
      return refusal satisfies never;
  }
}
