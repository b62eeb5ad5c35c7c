/** 红包: money in the member's wallet (账户红包). */
import { definePosted } from './define.ts';
import { yuanText } from '../plain/yuan.ts';

export const redPacket = definePosted({
  kind: 'redPacketFen',
  account: 'wallet',
  costFen: (due) => due,
  words: (given) => `红包${yuanText(given)}`,
});
