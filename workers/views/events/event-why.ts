/** 为什么: what became of an event, in words for the merchant. */
import type { InboxEvent } from '../../../schema/index.ts';
import { reasonWords } from '../../words/reasons.ts';
import { maskText } from '../mask.ts';

export function whyOf({ state, note, body }: InboxEvent): string {
  switch (state) {
    case 'received':
      return '已收到，正在排队处理。';
    case 'done':
      return body === '' ? '已处理。原始内容已按保留期限清空，不能再次处理。' : '已处理完成。';
    case 'ignored':
    case 'parked':
    case 'waiting':
      return note === null ? '没有留下原因。' : maskText(reasonWords(note));
    default:
      return state satisfies never;
  }
}
