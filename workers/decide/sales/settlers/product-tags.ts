/** 商品标签: a sale supports the tags of what the customer kept; a tag without a supporting purchase is removed. */
import type { Effect } from '../../effects.ts';
import { tagsOf } from '../remaining.ts';
import type { Settler } from './define.ts';

export const productTags: Settler = (_, { member, before, after }) => {
  const had = tagsOf(before.lines);
  const has = tagsOf(after.lines);
  const effects: Effect[] = [];
  for (const tag of has) {
    if (!had.has(tag)) effects.push({ type: 'tag.support', memberId: member.id, tag, by: 1 });
  }
  for (const tag of had) {
    if (!has.has(tag)) effects.push({ type: 'tag.support', memberId: member.id, tag, by: -1 });
  }
  return effects;
};
