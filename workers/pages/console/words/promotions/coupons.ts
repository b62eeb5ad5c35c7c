/** 券的经历的说法: what happened to a coupon, because of what, and by whom. */
import type { CouponMove } from '../../../../../schema/index.ts';

export const moveNames: Readonly<Record<CouponMove['act'], string>> = {
  granted: '手工发给会员',
  locked: '收银台占用',
  released: '收银台放开',
  used: '核销',
  settled: '小票已上传',
  'given-back': '退回给会员',
  revoked: '收回',
  refunded: '退款',
  offered: '会员发出转赠链接',
  withdrawn: '会员收回转赠链接',
  passed: '朋友收下',
};

const causes: readonly (readonly [RegExp, string])[] = [
  [/^sale:/, '销售单'],
  [/^refund:/, '退货'],
  [/^void:/, '整单作废'],
  [/^cart:partner\//, '合作商家'],
  [/^cart:/, '收银台结账'],
  [/^grant:/, '手工发券'],
  [/^revoke:/, '手工收回'],
  [/^pass:/, '转赠'],
];

/** By how a cause begins; what else gives coupons and takes them back is a campaign. */
export const causeOfMove = (cause: string): string =>
  causes.find(([shape]) => shape.test(cause))?.[1] ?? '活动赠送或收回';

export const findWords = {
  lead: '顾客说券用不了，就在这里查。输券码，看这张券能不能用、为什么、用在了哪一单；没有券码，就输她的手机号或尾号。小写、空格都没关系，把 0 打成 O 也认得。',
  label: '券码、手机号或手机尾号',
  none: '没有找到。请核对券码；没有券码，就输顾客的手机号。也可能属于别的门店。',
} as const;
