/** 发送消息: a text in the merchant's own words. */
import * as z from 'zod';
import { defineReward } from './define.ts';

export const message = defineReward({
  kind: 'message',
  label: '发送消息',
  params: z.strictObject({ kind: z.literal('message'), text: z.string().trim().min(1).max(600) }),
  example: { kind: 'message', text: '谢谢光临，周末有宝宝游泳体验，欢迎带宝宝来玩。' },
  award: ({ text }) => ({ messages: [text] }),
});
