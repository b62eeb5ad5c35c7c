/** 券的说法: from how much on, on what and where a coupon works, as members, tills and the office read it. */
import type { Coupon, CouponTemplateDefinition } from '../../../schema/index.ts';
import { couponKindOf } from '../../decide/coupons/kinds/index.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';

type Where = Pick<CouponTemplateDefinition, 'minSpendFen' | 'scope' | 'stores'>;

/** With what its face leaves out. */
export function termsOf(definition: CouponTemplateDefinition): string {
  const more = couponKindOf(definition).more(definition);
  return [more, conditionOf(definition)].filter((part) => part !== '').join('，');
}

/** On what a coupon works, and from how much on; which goods and shops are named where it is used. */
export function conditionOf({ minSpendFen, scope, stores }: Where): string {
  const least = minSpendFen === 0 ? '' : `满 ${yuanFigure(minSpendFen)} 元可用`;
  if (scope.include.length > 0) return `限指定商品${least && `，${least}`}${inShops(stores)}`;
  const most = scope.exclude.length > 0 ? '部分商品除外' : '';
  return `${[least, most].filter((part) => part !== '').join('，') || '无门槛'}${inShops(stores)}`;
}

function inShops(stores: Where['stores']): string {
  if (stores === null) return '';
  return stores === 'claiming' ? '，限领券的门店' : '，限指定门店';
}

/** Why a coupon is gone that nobody has used. */
export const revokedWords = ({ flag }: Pick<Coupon, 'flag'>): string =>
  revoked[flag ?? 'earned-by-returned-sale'];

const revoked: Readonly<Record<NonNullable<Coupon['flag']>, string>> = {
  'earned-by-returned-sale': '得到它的那笔消费退货了',
  'campaign-withdrawn': '送它的活动发错了',
  'paid-back': '买它的钱已经退了',
  'by-hand': '店里收回了',
};
