/** 为什么变动: what stands behind a row of an account. Causes are keys of ours, and are told by how they begin. */
import type { SaleId } from '../../schema/index.ts';
import { triggers } from '../decide/triggers/index.ts';

const causes: readonly (readonly [RegExp, string])[] = [
  [/^points-paid:/, '积分抵钱'],
  [/^points-back:(refund|void):/, '退货，退回抵钱的积分'],
  [/^points-back:/, '撤销积分抵钱'],
  [/^takeback:/, '活动发错，已收回'],
  [/^sale:.*\/moved$/, '这单改记在别人名下'],
  [/^sale:/, '消费'],
  [/^refund:/, '退货'],
  [/^void:/, '整单作废'],
  [/^correction:/, '手工调整'],
  [/^points-over:/, '到期清零'],
  [/^spent:/, '花积分'],
  [/^check-in:/, '签到'],
  [/^exchange:/, '积分兑换'],
  [/^exchange-undone:/, '撤销积分兑换'],
  [/^draw:/, '积分抽奖'],
  [/^draw-won:/, '抽奖抽中的积分'],
  [/^recharge:/, '储值充值'],
  [/^stored:spent:/, '花储值'],
  [/^stored:refunded:/, '退回储值'],
  [/^stored:reversed:/, '充值冲正'],
  [/^stored:cashed-out:/, '储值退款'],
  [/^(stored:opened|opening):/, '从旧系统转入'],
  [/^stored:corrected:by-hand:/, '更正储值'],
  [/^stored:corrected:/, '按收银系统的余额更正'],
  [/^voucher:/, '预售券'],
  [/^package:/, '买套餐'],
  [/^package-used:/, '核销套餐'],
  [/^package-back:/, '撤销核销套餐'],
  [/^package-refund:/, '退套餐'],
  [/^voucher-over:/, '预售券过期不退'],
  [/^super-ended:/, '超级会员撤销或退款，收回开通礼'],
  [/^cart:/, '消费'],
  [/^pass:/, '转赠'],
  [/^revoke:/, '店里收回'],
  [/^forgotten:/, '注销作废'],
  [/^(merge|split):/, '会员资料合并或拆开'],
  [/^withdrawal:[^/]+\//, '提现没有成功，钱退回来了'],
  [/^withdrawal:/, '提现'],
  [/^recall:/, '退货收回提现中的红包'],
  [/^claim:/, '扫码领券'],
  [/^referral:/, '邀请好友奖励'],
  [/^commission:/, '好友消费提成'],
  ...triggers.map(({ word, gift }): readonly [RegExp, string] => [new RegExp(`^${word}:`), gift]),
];

export const causeWords = (cause: string): string =>
  causes.find(([shape]) => shape.test(cause))?.[1] ?? '活动赠送或收回';

export type CauseNames = {
  /** 单号, of receipts that are hers. */
  readonly orders: ReadonlyMap<string, string>;
  readonly campaigns: ReadonlyMap<string, string>;
};

type CauseParts = {
  /** Null where no receipt or no campaign is spoken of. */
  readonly saleId: SaleId | null;
  readonly campaignId: string | null;
  readonly outBillNo: string | null;
};

/** Ids of tills are any text: what is named here is looked up before anything is said of it. */
export function partsOf(cause: string): CauseParts {
  const [, own = cause, campaignId = null] = /^(.*)\/campaign:([^/]+)$/s.exec(cause) ?? [];
  const [, kind, id = ''] = /^(sale|void|refund):(.*)$/s.exec(own) ?? [];
  const [, outBillNo = null] = /^(?:withdrawal|recall):([^/]+)/.exec(own) ?? [];
  const plain = id.replace(/\/(moved|told)$/, '').replace(/@[^@/]*$/, '');
  const sale = kind === 'refund' ? plain.slice(0, Math.max(0, plain.lastIndexOf('/'))) : plain;
  return { saleId: kind === undefined ? null : (sale as SaleId), campaignId, outBillNo };
}

/** 活动“满388抽红包”, 消费: the campaign's own name says more than any word of ours. */
export function namedCauseWords(cause: string, { campaigns }: CauseNames): string {
  const name = campaigns.get(partsOf(cause).campaignId ?? '');
  const words = causeWords(cause);
  return name === undefined ? words : `${name}（${words}）`;
}
