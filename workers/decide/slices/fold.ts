/** Folds what is the same for every noun: putting a row, joining two members, forgetting one. */
import type { JoinedRows, MemberId } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import type { World } from '../world.ts';
import {
  changesOfNoun,
  rowsOfNoun,
  sliceNames,
  sliceOf,
  slices,
  type KeyOf,
  type Put,
  type RowOf,
  type SliceName,
} from './index.ts';
import type { Summary } from './define.ts';

export const isPut = (effect: { readonly type: string }): effect is Put => sliceOf(effect.type) !== undefined;

export function put(world: World, changes: Changes, { type, row }: Put): void {
  const name = sliceOf(type);
  if (name === undefined) throw new Error(`no noun is put by ${type}`);
  place(world, changes, name, row);
}

/** Stores the row that a named verb has computed. */
export function place<Name extends SliceName>(
  world: World,
  changes: Changes,
  name: Name,
  row: RowOf<Name>,
): void {
  const { slice, rows, changed } = changesOfNoun(name, world, changes.rows);
  const key = slice.keyOf(row);
  rows.set(key, row);
  changed.add(key);
  const owner = slice.ownerOf(row);
  // The member's version guards the row: if anything of the member changed meanwhile, the group is loaded again.
  if (slice.guardedBy === 'owner' && owner !== null) changes.members.add(owner);
}

/** Removes the row from the world, and its key from the changes. */
export function drop<Name extends SliceName>(
  world: World,
  changes: Changes,
  name: Name,
  key: KeyOf<Name>,
): void {
  const { rows, changed } = changesOfNoun(name, world, changes.rows);
  rows.delete(key);
  changed.delete(key);
}

/** Moves every row of `from` to `into`, and says what the joining changed. The key of a joined row is removed from the changes. */
export function mergeRows(world: World, changes: Changes, from: MemberId, into: MemberId): JoinedRows[] {
  return sliceNames.flatMap((name) => {
    const { slice, rows, changed } = changesOfNoun(name, world, changes.rows);
    const { merge } = slice;
    if (merge.how === 'stay') return [];
    const theirs = rows.of(from);
    const before = new Map(rows.of(into).map((row) => [slice.keyOf(row), row]));
    const touched = new Set<string>();
    for (const row of theirs) {
      const key = slice.keyOf(row);
      if (merge.how === 'move') {
        rows.set(key, merge.move(row, into));
        continue;
      }
      const standing = rows.of(into);
      rows.delete(key);
      changed.delete(key);
      for (const joined of merge.join(merge.own(row, into), standing)) {
        rows.set(slice.keyOf(joined), joined);
        changed.add(slice.keyOf(joined));
        touched.add(slice.keyOf(joined));
      }
    }
    if (merge.how === 'move' || theirs.length === 0) return [];
    const joined = [...touched].map((key) => ({ before: before.get(key) ?? null, after: rows.get(key) }));
    return [{ noun: name, from: theirs, into: joined }];
  });
}

/** Gives each of two members back what was theirs alone. Tables are cleared of both before, so every row of theirs is put anew. */
export function splitRows(
  world: World,
  changes: Changes,
  into: MemberId,
  parted: readonly JoinedRows[],
): void {
  for (const { noun, from, into: joined } of parted) {
    const { slice, rows, changed } = changesOfNoun(noun as SliceName, world, changes.rows);
    const { merge } = slice;
    if (merge.how !== 'join') continue;
    for (const { before, after } of joined) {
      const key = slice.keyOf(after);
      const now = rows.get(key);
      const left = now === undefined ? null : merge.part(now, { before, after });
      if (left === null) rows.delete(key);
      else rows.set(key, left);
    }
    for (const row of from) rows.set(slice.keyOf(row), row);
    const owners = new Set([into, ...from.flatMap((row) => slice.ownerOf(row) ?? [])]);
    for (const owner of owners) for (const key of rows.keysOf(owner)) changed.add(key);
  }
}

/** The rows to put when a member is forgotten: every noun says what stays of its rows. */
export function forgetRows(world: World, memberId: MemberId): Put[] {
  return sliceNames.flatMap((name) => {
    const { slice, rows } = rowsOfNoun(name, world);
    const kept = rows.of(memberId).flatMap((row) => slice.forget(row) ?? []);
    // The row belongs to the slice that answered.
    return kept.map((row) => ({ type: `${slice.noun}.put`, row }) as Put);
  });
}

export function tellOf(put: Put): Partial<Summary> {
  const name = sliceOf(put.type);
  if (name === undefined) throw new Error(`no noun is put by ${put.type}`);
  // The row of a put belongs to the noun that its verb names.
  return (slices[name].tell as (row: unknown) => Partial<Summary>)(put.row);
}
