/** 标签 of a member's page: by dictionary, and whence each of them comes. */
import type { MemberGroup, TagDictionary } from '../../../../schema/index.ts';
import { allDictionaries, allGroups } from '../../../commands/tags/definitions.ts';
import type { Db } from '../../../db/db.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import type { WornTag } from '../../../decide/tags/worn.ts';

export type TagShop = {
  readonly dictionaries: readonly TagDictionary[];
  readonly groups: readonly MemberGroup[];
};

/** Those in use, the oldest first. */
export async function tagShop(db: Db): Promise<TagShop> {
  const [dictionaries, groups] = await Promise.all([allDictionaries(db), allGroups(db)]);
  return { dictionaries: inUse(dictionaries), groups: inUse(groups) };
}

const inUse = <Row extends { readonly definition: { readonly enabled: boolean } }>(
  rows: readonly Row[],
): Row[] => rows.filter(({ definition }) => definition.enabled).toReversed();

export const whenceWords = ({ byHand, byRule, byPurchase }: WornTag): string =>
  [byHand && '手工', byRule && '规则', byPurchase && '买过'].filter(Boolean).join('、');

const said = (tags: readonly WornTag[]): string =>
  tags.map((one) => `${one.tag}（${whenceWords(one)}）`).join('、');

export function tagFacts(
  { wornTags, groups }: MemberHoldings,
  shop: TagShop,
): (readonly [label: string, words: string])[] {
  const known = new Set(shop.dictionaries.flatMap(({ definition }) => definition.tags));
  const named = shop.groups.filter(({ id }) => groups.includes(id));
  const lists: (readonly [string, string])[] = [
    ...shop.dictionaries.map(
      ({ definition: { name, tags } }) =>
        [name, said(wornTags.filter(({ tag }) => tags.includes(tag)))] as const,
    ),
    ['标签', said(wornTags.filter(({ tag }) => !known.has(tag)))],
    ['分组', named.map(({ definition }) => definition.name).join('、')],
  ];
  return lists.filter(([, words]) => words !== '');
}
