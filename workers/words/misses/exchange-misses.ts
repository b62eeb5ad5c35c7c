/** 为什么换不了: one sentence for each reason, with its numbers, for the member and for whoever stands before her. */
import type { ExchangeNot } from '../../decide/money/exchanges.ts';
import { barWords } from './coupon-misses.ts';
import { instantWords } from '../instants.ts';

export function exchangeMissWords(miss: ExchangeNot): string {
  if ('code' in miss) return `积分不够：要 ${miss.need} 分，现在能用 ${miss.have} 分。`;
  switch (miss.reason) {
    case 'UNKNOWN_ITEM':
      return '没有这个兑换品了。';
    case 'ITEM_OFF':
      return '已下架，现在不能换。';
    case 'NOT_YET':
      return `还没开始：${instantWords(miss.from)} 起可以换。`;
    case 'CLOSED':
      return `已结束：${instantWords(miss.to)} 以后不能再换。`;
    case 'PRICE_CHANGED':
      return `价格变了：现在要 ${miss.points} 分，请看清楚再换。`;
    case 'OUT_OF_STOCK':
      return `换完了：一共 ${miss.total} 份，都被换走了。`;
    case 'MEMBER_LIMIT':
      return `已经换过 ${miss.used} 份，每人最多 ${miss.cap} 份。`;
    case 'NO_COUPON':
      return barWords(miss.bar);
    case 'UNKNOWN_EXCHANGE':
      return '没有这一笔兑换。';
    case 'EXCHANGE_TOO_OLD':
      return `超过一天了：${instantWords(miss.until)} 以后不能再撤销。`;
    case 'EXCHANGE_USED':
      return `换到的券 ${instantWords(miss.at)} 已经用掉，不能撤销。`;
    case 'EXCHANGE_LOCKED':
      return '收银台正在用换到的券，请过几分钟再撤销。';
    default:
      return miss satisfies never;
  }
}
