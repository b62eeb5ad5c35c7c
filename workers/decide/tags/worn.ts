/** 标签: what of a member's tags she wears, and which of them are groups. */
import type { GroupId, MemberId, MemberTag, MemberTagRule } from '../../../schema/index.ts';

export const isWorn = ({ support, manual, off }: Omit<MemberTag, 'memberId' | 'tag'>): boolean =>
  manual || (support > 0 && !off);

export const noTag = (memberId: MemberId, tag: string): MemberTag => ({
  memberId,
  tag,
  support: 0,
  manual: false,
});

/** No word that a person or a till writes begins so. */
const groupMark = '\u001f';

/** 分组: to be in it is to wear its tag, so that it is moved, joined and forgotten as tags are. */
export const tagOfGroup = (id: string): string => `${groupMark}${id}`;

export const groupOf = (tag: string): GroupId | null =>
  tag.startsWith(groupMark) ? (tag.slice(groupMark.length) as GroupId) : null;

/** Whence it comes; more than one may vouch for it. */
export type WornTag = {
  readonly tag: string;
  readonly byHand: boolean;
  readonly byRule: boolean;
  readonly byPurchase: boolean;
};

/** Without groups, by the words. */
export function wornOf(tags: readonly MemberTag[], rules: readonly MemberTagRule[]): WornTag[] {
  return tags
    .filter((row) => isWorn(row) && groupOf(row.tag) === null)
    .map(({ tag, support, manual }) => {
      const ruled = rules.reduce((sum, row) => sum + (row.tag === tag ? row.met : 0), 0);
      return { tag, byHand: manual, byRule: ruled > 0, byPurchase: support > ruled };
    })
    .toSorted(({ tag: one }, { tag: other }) => (one < other ? -1 : 1));
}

export const groupsOf = (tags: readonly MemberTag[]): GroupId[] =>
  tags.filter(isWorn).flatMap(({ tag }) => groupOf(tag) ?? []);
