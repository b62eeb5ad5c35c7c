/** 达到等级: a member came up to a level; once for each level in their life with the shop. */
import { defineTrigger, ofMember } from './define.ts';

export const levelReached = defineTrigger({
  kind: 'level.reached',
  label: '会员升到一个等级（每个等级一生一次；哪个等级在条件里选）',
  gift: '升级礼',
  brings: ofMember,
  word: 'level',
  which: ({ member: { level } }) => level ?? '',
  once: 'given',
  tried: {
    asks: 'level',
    as: (member, { level }) => (typeof level === 'string' ? { ...member, level } : member),
  },
});
