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

/**
 * Once a day for each address. WeChat Pay seldom says which one it saw; then the relay's name says whose address it is, and
 * without a relay there is none that could be listed.
 */
export function unlisted(
  { ip, relay }: { readonly ip: string | null; readonly relay: string | null },
  now: number,
): Alert {
  const whose =
    relay === null ? '系统直接发出，没有固定的IP' : `中转 ${relay}${ip === null ? '' : `（${ip}）`}`;
  const remedy =
    relay === null
      ? '请照 docs/wechat-setup.md 第 12 步让转账经由中转，再把中转的IP加进去。'
      : `请把${ip ?? '中转的公网IP'}加进去，中转有IPv6地址的，IPv6也要加。`;
  return {
    id: `payout-unlisted/${ip ?? relay ?? 'worker'}/${localDate(now, defaultTimezone)}`,
    kind: 'address.unlisted',
    sourceId,
    text: `转账发不出去：调用微信支付的地址（${whose}）不在商户平台「产品中心 → 商家转账 → 接口IP」里。${remedy}加好后系统会自动继续发放，在那以前钱不会丢，也不会重复付款。`,
    at: now,
  };
}
