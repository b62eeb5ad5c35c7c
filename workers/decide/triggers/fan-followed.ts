/** 首次关注: a member follows the account for the first time, or a follower becomes a member. */
import { defineTrigger, ofMember } from './define.ts';

export const fanFollowed = defineTrigger({
  kind: 'fan.followed',
  label: '会员第一次关注公众号（先关注、后注册也算；取消再关注不再送）',
  gift: '关注礼',
  brings: ofMember,
  word: 'followed',
  once: 'met',
  isOfALife: true,
});
