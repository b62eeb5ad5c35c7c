/** 新建会员: a member came to exist, from any system. */
import { defineTrigger, ofMember } from './define.ts';

export const memberCreated = defineTrigger({
  kind: 'member.created',
  label: '收银机或文件里新建会员',
  gift: '注册礼',
  brings: ofMember,
  word: 'member',
});
