/** 会员档案 of a group: taken apart when it is read, and put together of what the fold has made of it. */
import {
  accounts,
  type MemberCounter,
  type MemberId,
  type MemberStanding,
  type MemberTag,
  type MemberTagRule,
  type Opening,
} from '../../../schema/index.ts';
import { cashBackSubject } from '../../decide/levels/cash-back.ts';
import type { Slice } from '../../decide/slices/define.ts';
import { rowsOfNoun, type Rows, type SliceName } from '../../decide/slices/index.ts';
import { pairKey, type Head, type World } from '../../decide/world.ts';
import type { Shelves } from '../shelves/define.ts';
import {
  decodeDocument,
  encodeDocument,
  roomsOf,
  type DocumentRow,
  type MemberDocument,
} from './member-document.ts';
import { documentBytesMax, fit, isWithin } from './fit.ts';
import { shelves as ours } from '../shelves/index.ts';

type Read = { readonly id: MemberId; readonly document: string | null };

type Person = {
  readonly heads: MemberDocument['heads'];
  readonly standing: MemberStanding | undefined;
  readonly cashBack: MemberCounter | undefined;
  readonly openings: readonly Opening[];
  readonly tags: readonly MemberTag[];
  readonly tagRules: readonly MemberTagRule[];
};

/** 等级的来历 and 期初 of one member and her 返现 so far, with the heads of her accounts. */
export function personIn(id: MemberId, document: string | null): Person {
  const { heads, rows } = decodeDocument(id, document, ours);
  // Rows of the nouns, as they were written.
  const counters = (rows.get('memberCounters') ?? []) as readonly MemberCounter[];
  return {
    heads,
    standing: rows.get('standings')?.[0] as MemberStanding | undefined,
    cashBack: counters.find(({ subject }) => subject === cashBackSubject),
    openings: (rows.get('openings') ?? []) as unknown as readonly Opening[],
    tags: (rows.get('tags') ?? []) as unknown as readonly MemberTag[],
    tagRules: (rows.get('tagRules') ?? []) as unknown as readonly MemberTagRule[],
  };
}

/** What stands on the accounts of one member. */
export const headsIn = (id: MemberId, document: string | null): MemberDocument['heads'] =>
  decodeDocument(id, document, ours).heads;

/** Puts what members have with them where the world has it. */
export function openDocuments(
  read: readonly Read[],
  rows: Rows,
  heads: Map<string, Head>,
  shelves: Shelves = ours,
): void {
  for (const { id, document } of read) {
    const opened = decodeDocument(id, document, shelves);
    for (const [account, head] of opened.heads) heads.set(pairKey(id, account), head);
    for (const [name, kept] of opened.rows) {
      const { slice, rows: map } = rowsOfNoun(name, rows);
      for (const row of kept) map.set(slice.keyOf(row), row);
    }
  }
}

/**
 * Of these members everything was read, or they are new: what the world has of them is all there is. Rows stand in the order of
 * their keys, so that the same holdings make the same text however they came about.
 */
export function closeDocuments(
  world: World,
  ids: ReadonlySet<MemberId>,
  shelves: Shelves = ours,
): ReadonlyMap<MemberId, string | null> {
  return new Map(
    [...ids].map((id) => [
      id,
      textOf({ heads: headsOf(world, id), rows: rowsOf(world, id, shelves) }, world, shelves),
    ]),
  );
}

function rowsOf(world: World, id: MemberId, shelves: Shelves): MemberDocument['rows'] {
  const kept = new Map<SliceName, readonly DocumentRow[]>();
  for (const { name } of roomsOf(shelves)) {
    const { slice, rows } = rowsOfNoun(name, world);
    const own = rows.of(id);
    // Rows of the noun, as its slice holds them.
    if (own.length > 0) kept.set(name, inOrder(slice, own) as readonly DocumentRow[]);
  }
  return kept;
}

const inOrder = ({ keyOf }: Slice<unknown>, rows: readonly unknown[]): readonly unknown[] =>
  rows.length < 2
    ? rows
    : rows
        .map((row) => [keyOf(row), row] as const)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([, row]) => row);

const headsOf = (world: World, id: MemberId): MemberDocument['heads'] =>
  accounts.flatMap((account) => {
    const head = world.heads.get(pairKey(id, account));
    return head ? [[account, head] as const] : [];
  });

function textOf(document: MemberDocument, { config, now }: World, shelves: Shelves): string | null {
  const text = encodeDocument(document, shelves);
  if (text === null || isWithin(text, documentBytesMax)) return text;
  const bound = { shelves, moment: { config, now }, bytesMax: documentBytesMax };
  return encodeDocument(fit(document, text, bound), shelves);
}
