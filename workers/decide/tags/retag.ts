/** 手工贴标签: what somebody puts on and takes off. */
import { handTagsMax, type MemberId, type MemberTag, type Tagging } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { Refusal } from '../refusals.ts';
import { pairKey, type World } from '../world.ts';
import { isWorn, noTag } from './worn.ts';

type Retagged = { readonly effects: readonly Effect[] } | { readonly refusal: Refusal };

/**
 * 单选: putting on one takes the others of its dictionary off, and of several that are put on at once the last one stays. What is
 * taken off while purchases or rules vouch for it stays off until a rule newly matches, or they did not and do again.
 */
export function retag(world: World, memberId: MemberId, { put, off, from }: Tagging): Retagged {
  const { rivals } = world.config.tags;
  const rowOf = (tag: string): MemberTag => world.tags.get(pairKey(memberId, tag)) ?? noTag(memberId, tag);
  if (from !== null && !isWorn(rowOf(from))) return { effects: [] };
  const wanted = new Map<string, boolean>(off.map((tag) => [tag, false]));
  for (const tag of put) {
    for (const rival of rivals.get(tag) ?? []) wanted.set(rival, false);
    wanted.set(tag, true);
  }
  const changed = [...wanted].flatMap(([tag, isOn]): MemberTag[] => {
    const row = rowOf(tag);
    if (isWorn(row) === isOn) return [];
    return [{ ...row, manual: isOn, off: !isOn && row.support > 0 ? true : null }];
  });
  const added = changed.filter(({ manual }) => manual).length;
  const have = world.tags
    .of(memberId)
    .filter((row) => row.manual && !changed.some(({ tag, manual }) => tag === row.tag && !manual)).length;
  if (added > 0 && have + added > handTagsMax)
    return { refusal: { code: 'TAGS_FULL', have, more: added, limit: handTagsMax } };
  return { effects: changed.map((row): Effect => ({ type: 'tag.put', row })) };
}
