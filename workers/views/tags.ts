/** 标签, as the office and associates see and write them: by dictionary, and whence each of them comes. */
import { TagWord, type MemberGroup, type TagDictionary } from '../../schema/index.ts';
import type { Db } from '../db/db.ts';
import type { Refusal } from '../decide/refusals.ts';
import { allDictionaries, allGroups } from '../db/tags/definitions.ts';
import type { MemberHoldings } from '../db/members/members.ts';
import type { WornTag } from '../decide/tags/worn.ts';

export type TagShop = {
  readonly dictionaries: readonly TagDictionary[];
  readonly groups: readonly MemberGroup[];
};

/** Those in use, in the order in which they were made. */
export async function tagShop(db: Db): Promise<TagShop> {
  const [dictionaries, groups] = await Promise.all([allDictionaries(db), allGroups(db)]);
  return { dictionaries: inUse(dictionaries), groups: inUse(groups) };
}

const inUse = <Row extends { readonly slot: number; readonly definition: { readonly enabled: boolean } }>(
  rows: readonly Row[],
): Row[] => rows.filter(({ definition }) => definition.enabled).toSorted((a, b) => a.slot - b.slot);

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

/** Of a form, the field of a dictionary. */
export const fieldOfDictionary = ({ id }: TagDictionary): string => `d.${id}`;
export const othersField = 'others';
const between = /[、,，;；\n]+/;

/** What is ticked and written; a word that is no tag is said. */
export function tagsIn(
  form: URLSearchParams,
  { dictionaries }: TagShop,
): { readonly tags: readonly string[] } | { readonly fault: string } {
  const chosen = dictionaries.flatMap((one) => form.getAll(fieldOfDictionary(one)));
  const words = [...chosen, ...(form.get(othersField) ?? '').split(between)].map((word) => word.trim());
  const tags = [...new Set(words.filter((word) => word !== ''))];
  const wrong = tags.find((word) => !TagWord.safeParse(word).success);
  return wrong === undefined
    ? { tags }
    : { fault: `“${wrong.slice(0, 20)}”不能当标签：1 到 40 个字，不能有看不见的字符。` };
}

/** Those that are in none of the dictionaries. */
export function othersOf(tags: readonly string[], { dictionaries }: TagShop): string[] {
  const known = new Set(dictionaries.flatMap(({ definition }) => definition.tags));
  return tags.filter((tag) => !known.has(tag));
}

export const refusedTagWords = (refusal: Refusal): string =>
  refusal.code === 'TAGS_FULL'
    ? `手工贴的标签和分组最多 ${refusal.limit} 个：已有 ${refusal.have} 个，再加 ${refusal.more} 个就超了，请先拿掉几个。`
    : '这位会员不在了。';
