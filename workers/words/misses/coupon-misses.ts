/** 券为什么不能用: one sentence for each reason, as the cashier, the member and the office read it. */
import type { CouponMiss } from '../../decide/coupons/use/may-use.ts';
import type { Bar } from '../../decide/coupons/bar.ts';
import { revokedWords } from '../holdings/coupon-words.ts';
import { yuanText } from '../../decide/plain/yuan.ts';
import { instantWords } from '../instants.ts';

export function couponMissWords(miss: CouponMiss): string {
  switch (miss.reason) {
    case 'UNKNOWN_CODE':
      return '没有这张券：请核对券码，或重新扫码。';
    case 'WRONG_MERCHANT':
      return '这张券不在这里用：异业券请到合作商家使用，本店的券请在本店收银台使用。';
    case 'REVOKED':
      return `这张券已经收回：${revokedWords(miss)}。`;
    case 'ALREADY_USED':
      return `这张券已经在 ${instantWords(miss.at)} 用掉了。`;
    case 'LOCKED_BY_OTHER':
      return `这张券正被另一张单占用，${instantWords(miss.until)} 以后自动放开；请先在那边取消，或稍后再试。`;
    case 'ON_ITS_WAY':
      return `这张券正在转给朋友，${instantWords(miss.until)} 以前不能用；要自己用，请先在券的页面收回。`;
    case 'NOT_THEIRS':
      return '这张券是另一位会员的：请换成本人的券，或不填会员。';
    case 'EARNED_BY_IT':
      return '这张券是这张单自己送的，要到下一次消费才能用。';
    case 'NOT_YET_VALID':
      return `这张券还没到可以用的时候：${instantWords(miss.from)} 起可用。`;
    case 'EXPIRED':
      return `这张券已经过期：${instantWords(miss.to)} 为止。`;
    case 'WRONG_STORE':
      return `这张券不能在这家门店用，可用门店：${miss.stores.join('、')}。`;
    case 'HISTORY':
      return '历史单据不核销券。';
    case 'EXCLUDED_ITEM':
      return '这张单上没有这张券可以用的商品。';
    case 'BELOW_MIN':
      return `可用商品的金额不够：现在 ${yuanText(miss.have)}，要满 ${yuanText(miss.need)}。`;
    case 'NOTHING_LEFT':
      return '可用的商品已经被别的券减完了，这张券用上去也不会再减。';
    case 'DOES_NOT_STACK':
      return `这张券不能和 ${miss.with} 一起用，一张单选一张。`;
    case 'PER_SALE_LIMIT':
      return `这种券一张单最多用 ${miss.need} 张。`;
    case 'SALE_KEPT':
      return '这张单已经上传，不能撤销核销：请退货或作废这张单，券会按规则退回。';
    case 'TOO_LATE':
      return `核销已经超过半小时（${instantWords(miss.at)}），不能撤销：请退货或作废这张单。`;
    case 'CART_NEEDED':
      return '这张券减多少要看商品和金额：请传 lines，或至少传 payableFen。';
    default:
      return miss satisfies never;
  }
}

/** Why no coupon is given now; null where the template itself is no more. */
export function barWords(bar: Bar | null): string {
  switch (bar?.limit) {
    case undefined:
    case 'gone':
      return '没有这种券。';
    case 'over':
      return `这种券到 ${instantWords(bar.validTo)} 为止，现在发出去已经过期了。`;
    case 'notSuper':
      return bar.superUntil > 0
        ? `这种券跟超级会员一起到期，这位会员的超级会员到 ${instantWords(bar.superUntil)} 为止：续费以后再发。`
        : '这种券只给超级会员，这位会员还不是：开通以后再发。';
    case 'stock':
      return `这种券发完了：一共 ${bar.cap} 张，已发 ${bar.used} 张。`;
    case 'perMember':
      return `这位会员领满了：每人最多 ${bar.cap} 张，已领 ${bar.used} 张。`;
    case 'perMemberPerDay':
      return `这位会员今天领满了：每人每天最多 ${bar.cap} 张，今天已领 ${bar.used} 张。`;
    case 'perDay':
      return `今天发完了：每天一共 ${bar.cap} 张，今天已发 ${bar.used} 张。`;
    default:
      return bar satisfies never;
  }
}
