/** 绑定导购: a member was given to an associate, by a scan or by hand, whoever they are given to later. */
import { defineTrigger, ofMember } from './define.ts';

export const memberBound = defineTrigger({
  kind: 'member.bound',
  label: '会员绑定导购：扫她的码，或店里指定（换导购不再送）',
  gift: '绑定导购礼',
  brings: ofMember,
  word: 'bound',
  once: 'given',
  isOfALife: true,
});
