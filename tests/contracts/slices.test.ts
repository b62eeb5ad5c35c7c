/** 名目: what every noun of the world promises, old and new: its shelf, its guard, joining two members, forgetting one. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../schema/index.ts';
import { primaryKeyOf } from '../../workers/db/set.ts';
import type { InDocument, InTable } from '../../workers/db/shelves/define.ts';
import { shelves } from '../../workers/db/shelves/index.ts';
import { keep, type Slice } from '../../workers/decide/slices/define.ts';
import { sliceNames, slices } from '../../workers/decide/slices/index.ts';
import { forgotten } from '../support/registry.ts';

const nouns = sliceNames.map((name) => ({
  name,
  // A loop over the registry knows no row by its type.
  slice: slices[name] as unknown as Slice<unknown>,
  ...placesOf(shelves[name].kept as unknown as Place),
}));

type Place = InTable | InDocument;

/** The one of the two that it has. */
function placesOf(kept: Place): { readonly table: InTable | null; readonly document: InDocument | null } {
  return kept.in === 'table' ? { table: kept, document: null } : { table: null, document: kept };
}

test('every file of the folder is a noun of the registry', async () => {
  expect(
    await forgotten('workers/decide/slices', Object.values(slices), ['fold.ts', 'owned-rows.ts']),
  ).toEqual([]);
});

test('no two nouns answer to one verb, and no two share a table or a field', () => {
  expect(new Set(nouns.map(({ slice }) => slice.noun)).size).toBe(nouns.length);
  const places = nouns.map(({ table, document }) => document?.field ?? (table && getTableName(table.table)));
  expect(new Set([...places, 'v', 'heads']).size).toBe(nouns.length + 2);
});

describe.each(nouns)('$name', ({ slice, table, document }) => {
  test('has a place of its own for every value in the member’s document, and is guarded by the member there', () => {
    if (!document) return;
    const places = Object.values(document.places).toSorted((a, b) => a - b);
    expect(places).toEqual(places.map((_, place) => place));
    expect([slice.guardedBy, slice.merge.how]).toEqual(['owner', 'join']);
  });

  test('is read with every member if two members may have a row in common: what was not read would be lost', () => {
    if (slice.merge.how === 'join') expect(table?.read.by ?? 'member').toBe('member');
  });

  test('stays as it is when a member is forgotten, unless all of their rows are read', () => {
    if (table && table.read.by !== 'member') expect(slice.forget).toBe(keep);
  });

  test('has a column for the member where it moves or joins with one', () => {
    if (!table) return;
    const columns = Object.keys(getTableColumns(table.table));
    expect(columns.includes('memberId')).toBe(slice.merge.how !== 'stay');
  });

  test('counts its own changes where that is its guard, under a key of one column', () => {
    const columns = table ? Object.keys(getTableColumns(table.table)) : [];
    expect(columns.includes('rev')).toBe(slice.guardedBy === 'rev');
    if (table && slice.guardedBy === 'rev')
      expect(table.keyColumn ?? primaryKeyOf(table.table)).toMatch(/^\w+$/);
  });

  test('of a member who becomes another, is the other’s afterwards', () => {
    const [from, into] = ['m_from', 'm_into'] as MemberId[] as [MemberId, MemberId];
    const row = {
      memberId: from,
      subject: 's',
      tag: 't',
      used: 1,
      days: { '2026-11-22': 1 },
      forgottenTo: null,
      support: 1,
      dayTotals: [],
      tops: [],
      kind: 'run-out',
      planId: 'p',
      state: 'pending',
    };
    const { merge } = slice;
    if (merge.how === 'stay') return;
    if (merge.how === 'move') {
      expect(slice.ownerOf(merge.move(row, into))).toBe(into);
      expect(slice.keyOf(merge.move(row, into))).toBe(slice.keyOf(row));
      return;
    }
    const moved = merge.own(row, into);
    expect(slice.keyOf(moved)).not.toBe(slice.keyOf(row));
    expect(merge.join(moved, [])).toEqual([moved]);
    expect(merge.join(moved, [moved]).map(slice.ownerOf)).toEqual([into]);
  });
});
