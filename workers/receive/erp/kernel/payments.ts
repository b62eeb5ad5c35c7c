/** 支付方式 and 币种: the words that tills use for cash, WeChat and the rest, as ours; points are reckoned in yuan alone. */
import type { paymentMethods, Reason } from '../../../../schema/index.ts';
import { wordFor } from '../../mapping/values/convert.ts';

export type PaymentMethod = (typeof paymentMethods)[number];

export type PaymentAliases = Readonly<Partial<Record<PaymentMethod, readonly string[]>>>;

const common: PaymentAliases = {
  cash: ['cash', '现金', '现金支付', '人民币', 'rmb', 'cod', '货到付款'],
  wechat: ['wechat', 'weixin', 'wx', 'wxpay', 'wechatpay', '微信', '微信支付', '微信扫码'],
  alipay: ['alipay', 'ali', 'zfb', '支付宝', '支付宝支付'],
  card: ['card', 'bank', 'bankcard', 'unionpay', '银行卡', '银联', '刷卡', '云闪付', 'pos机', '信用卡'],
  stored_value: [
    'stored_value',
    'balance',
    'prepaid',
    'gift_card',
    '储值',
    '储值卡',
    '余额',
    '余额支付',
    '会员卡',
    '预付卡',
    '购物卡',
  ],
  points: ['points', 'integral', 'point', '积分', '积分抵扣', '积分支付'],
  coupon: ['coupon', 'voucher', '优惠券', '代金券', '券', '抵用券', '团购券'],
  credit: ['credit', '挂账', '赊账', '记账', '签单'],
};

/** The source's own words first, then the vendor's, then the common ones. */
export function paymentMethod(text: string | null, ...known: readonly PaymentAliases[]): PaymentMethod {
  for (const aliases of [...known, common]) {
    const word = wordFor(text, aliases);
    if (word) return word;
  }
  return 'other';
}

/** Null for yuan, and where the document does not say. */
export function foreign(currency: string | null | undefined): Reason | null {
  const isOwn = currency == null || currency.toUpperCase() === 'CNY';
  return isOwn ? null : { code: 'CURRENCY_FOREIGN', currency };
}
