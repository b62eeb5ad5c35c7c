/** 套餐为什么不能卖、不能核销、不能退: one sentence for each reason, as the cashier and the office read it. */
import type { PackageMiss } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';
import { instantWords } from '../instants.ts';

export function packageMissWords(miss: PackageMiss): string {
  switch (miss.reason) {
    case 'NOT_FOR_SALE':
      return '没有这种套餐，或者现在不卖：请核对套餐模板。';
    case 'AMOUNT_DIFFERS':
      return `金额不对：应该是 ${yuanText(miss.dueFen)}，报来的是 ${yuanText(miss.toldFen)}。`;
    case 'NUMBER_TAKEN':
      return '这个单号已经用过，内容不一样，或者已经撤销：请换一个单号。';
    case 'UNKNOWN_PACKAGE':
      return '没有找到这张套餐：请核对套餐码或套餐单号。';
    case 'UNKNOWN_ITEM':
      return `这张套餐里没有“${miss.item}”：里面有${miss.items.map((item) => `“${item}”`).join('、')}。`;
    case 'NOTHING_LEFT':
      return `“${miss.item}”不够：还剩 ${miss.have} 次，这次要用 ${miss.need} 次。`;
    case 'PACKAGE_EXPIRED':
      return `这张套餐 ${instantWords(miss.validUntil)} 过期，不能再用；没用完的可以退。`;
    case 'ALREADY_REFUNDED':
      return `这张套餐 ${instantWords(miss.at)} 已经退款 ${yuanText(miss.refundedFen)}。`;
    case 'ALL_USED':
      return `这张套餐的 ${miss.count} 次都用完了，没有可以退的。`;
    case 'UNKNOWN_USE':
      return '没有找到这次核销：请核对核销单号和项目，或者它已经撤销。';
    case 'UNDO_CLOSED':
      return `超过一天了，${instantWords(miss.until)} 以前才能自己撤销：请让店长或总部在会员页上撤销。`;
    default:
      return miss satisfies never;
  }
}
