/** 抽奖抽中: a member drew a prize for her points. */
import { defineTrigger, ofMember } from './define.ts';

export const prizeWon = defineTrigger({
  kind: 'lottery.drawn',
  label: '会员积分抽奖抽中（没抽中不算）',
  gift: '中奖礼',
  brings: ofMember,
  word: 'won',
  isNamed: true,
  isAtWill: true,
});
