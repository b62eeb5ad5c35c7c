/** 套餐怎么样了: good until when, used up, over or paid back; and what is left of it in one line. */
import type { Package } from '../../../schema/index.ts';
import { leftOf, packageStandingOf } from '../../decide/packages/held.ts';
import { yuanText } from '../../decide/plain/yuan.ts';
import { instantWords } from '../instants.ts';

const dayEnd = ' 00:00';
/** A midnight is the end of the day before it. */
const untilWords = (until: number): string => {
  const words = instantWords(until);
  return words.endsWith(dayEnd) ? instantWords(until - 1).slice(0, -dayEnd.length) : words;
};

export const validWords = ({ validUntil }: Pick<Package, 'validUntil'>): string =>
  validUntil === null ? '长期' : `到 ${untilWords(validUntil)}`;

export function packageStandingWords(held: Package, now: number): string {
  const { validUntil, refundedAt, refundedFen } = held;
  const standing = packageStandingOf(held, now);
  switch (standing) {
    case 'refunded':
      return `${instantWords(refundedAt ?? 0)} 已退款 ${yuanText(refundedFen ?? 0)}`;
    case 'used-up':
      return '用完了';
    case 'expired':
      return `有效期到 ${untilWords(validUntil ?? 0)}，已过期；没用完的可以到店里退`;
    case 'open':
      return validUntil === null ? '长期有效' : `有效期到 ${untilWords(validUntil)}`;
    default:
      return standing satisfies never;
  }
}

/** 洗澡 7/10、抚触 2/2 */
export const leftWords = ({ items }: Pick<Package, 'items'>): string =>
  items.map((item) => `${item.name} ${leftOf(item)}/${item.count}`).join('、');
