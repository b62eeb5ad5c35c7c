/** 关键词: a member sends the account one of the words that a campaign names. */
import { defineTrigger, ofMember } from './define.ts';

export const fanSaid = defineTrigger({
  kind: 'fan.said',
  label: '会员给公众号发一个词（哪些词在条件里写）',
  gift: '口令礼',
  brings: [...ofMember, 'said'],
  word: 'keyword',
  isNamed: true,
  asks: 'keyword',
  isAtWill: true,
});
