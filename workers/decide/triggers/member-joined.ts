/** 注册会员: a person registered, new or known, once in a lifetime. */
import { defineTrigger, ofMember } from './define.ts';

export const memberJoined = defineTrigger({
  kind: 'member.joined',
  label: '会员用手机号注册（一生一次）',
  gift: '注册礼',
  brings: ofMember,
  word: 'joined',
  isWelcome: true,
});
