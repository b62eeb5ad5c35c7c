/** 预售券为什么不能卖、不能退: one sentence for each reason, as the cashier and the office read it. */
import type { VoucherMiss } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';
import { instantWords } from '../instants.ts';

export function voucherMissWords(miss: VoucherMiss): string {
  switch (miss.reason) {
    case 'NOT_FOR_SALE':
      return '没有这种预售券：请核对券模板，只有“预售券”才能卖。';
    case 'SALE_CLOSED':
      return `现在不卖这种券：${instantWords(miss.from)} 起、${instantWords(miss.to)} 前才卖。`;
    case 'NONE_LEFT':
      return miss.left > 0 ? `只能再卖 ${miss.left} 张。` : '这种券卖完了，或者这位会员已经买满了。';
    case 'AMOUNT_DIFFERS':
      return `金额不对：应该是 ${yuanText(miss.dueFen)}，报来的是 ${yuanText(miss.toldFen)}。`;
    case 'NUMBER_TAKEN':
      return '这个小票号已经卖过别的券，或者卖给了别的会员：请换一个小票号。';
    case 'UNKNOWN_SALE':
      return '没有这个小票号卖出的券：请核对小票号。';
    case 'NOT_OF_SALE':
      return `券码 ${miss.coupon} 不是这张小票卖出的。`;
    case 'ALREADY_USED':
      return `这张券 ${instantWords(miss.at)} 已经用掉，预付的钱不退。`;
    case 'LOCKED_BY_OTHER':
      return `收银台正在用这张券，${instantWords(miss.until)} 以后自动放开，到时再退。`;
    case 'REVOKED':
      return '这张券已经收回，没有钱可以退。';
    case 'KEPT':
      return `这张券 ${instantWords(miss.to)} 过期，按规定过期不退。`;
    default:
      return miss satisfies never;
  }
}
