/** 提醒用语: what the shop is told of transfers that a person has to look at. */
import { defaultTimezone, type Alert, type Transfer } from '../../schema/index.ts';
import { localDate } from '../decide/plain/dates.ts';
import { yuanText } from '../decide/plain/yuan.ts';

const sourceId = 'wechat-pay';
export const stuck = ({ outBillNo, amountFen }: Transfer, now: number): Alert => ({
  id: `transfer-stuck/${outBillNo}`,
  kind: 'transfer.stuck',
  sourceId,
  text: `转账单 ${outBillNo}（${yuanText(amountFen)}）三天仍没有结果，请到微信支付商户平台核对。在有明确结果之前，这笔钱不会退回会员账户，也不会重复付款。`,
  at: now,
});

/** Once a day. */
export const unfunded = (now: number): Alert => ({
  id: `payout-unfunded/${localDate(now, defaultTimezone)}`,
  kind: 'payout.unfunded',
  sourceId,
  text: '微信支付商户号的运营账户余额不足，会员的提现和红包发不出去。请充值，充值后系统会自动继续发放；24小时仍不足的会退回会员账户。',
  at: now,
});
