/** 红包: money in the member's wallet (账户红包). */
import { definePosted } from './define.ts';

export const redPacket = definePosted({
  kind: 'redPacketFen',
  account: 'wallet',
  costFen: (due) => due,
  words: (given) => `红包${(given / 100).toFixed(2)}元`,
});
