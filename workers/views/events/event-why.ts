/** 为什么: what became of an event, in words for the merchant. */
import type { InboxEvent } from '../../../schema/index.ts';
import { reasonWords } from '../../words/reasons.ts';
import { maskText } from '../mask.ts';

export function whyOf({ state, note, body, outcome }: InboxEvent): string {
  switch (state) {
    case 'received':
      return '已收到，正在排队处理。';
    case 'done':
      return `${body === '' ? '已处理。原始内容已按保留期限清空，不能再次处理。' : '已处理完成。'}${phoneWords(outcome)}${couponWords(outcome)}`;
    case 'ignored':
    case 'parked':
    case 'waiting':
      return note === null ? '没有留下原因。' : maskText(reasonWords(note));
    default:
      return state satisfies never;
  }
}

/** The till took something off for them, and here they still stand as they were. */
function couponWords(outcome: InboxEvent['outcome']): string {
  const unused: unknown = outcome?.['unusedCoupons'];
  return typeof unused === 'number'
    ? `小票上写了 ${unused} 个券码（couponCodes）：系统还不能核销，这些券没有变成已用。`
    : '';
}

/** A phone that cannot be read is not looked for, and the sale stands without it: somebody has to hear of it. */
function phoneWords(outcome: InboxEvent['outcome']): string {
  const fields: unknown = outcome?.['unreadPhones'];
  return Array.isArray(fields)
    ? `其中的手机号（${fields.join('、')}）不是完整的 11 位手机号，没有按它查找会员。`
    : '';
}
