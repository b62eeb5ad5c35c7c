/** Folds what is the same for every noun: putting a row, joining two members, forgetting one. */
import type { MemberId } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import type { World } from '../world.ts';
import {
  rowsOfNoun,
  noKeys,
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

/** The row as it is from now on: for verbs that compute it. */
export function place<Name extends SliceName>(
  world: World,
  changes: Changes,
  name: Name,
  row: RowOf<Name>,
): void {
  const { slice, rows, changed } = rowsOfNoun(name, world, changes.rows);
  const key = slice.keyOf(row);
  rows.set(key, row);
  changed.add(key);
  const owner = slice.ownerOf(row);
  // Their version guards the row; whoever changed anything else of theirs meanwhile is read again.
  if (slice.guardedBy === 'owner' && owner !== null) changes.members.add(owner);
}

/** The row is gone from the world, and what this group noted of it with it. */
export function drop<Name extends SliceName>(
  world: World,
  changes: Changes,
  name: Name,
  key: KeyOf<Name>,
): void {
  const { rows, changed } = rowsOfNoun(name, world, changes.rows);
  rows.delete(key);
  changed.delete(key);
}

/** Everything of `from` becomes `into`'s. What this group noted of a joined row is forgotten with its key. */
export function mergeRows(world: World, changes: Changes, from: MemberId, into: MemberId): void {
  for (const name of sliceNames) {
    const { slice, rows, changed } = rowsOfNoun(name, world, changes.rows);
    const { merge } = slice;
    if (merge.how === 'stay') continue;
    const theirs = [...rows].filter(([, row]) => slice.ownerOf(row) === from);
    for (const [key, row] of theirs) {
      if (merge.how === 'move') {
        rows.set(key, merge.move(row, into));
        continue;
      }
      const standing = [...rows.values()].filter((one) => slice.ownerOf(one) === into);
      rows.delete(key);
      changed.delete(key);
      for (const joined of merge.join(merge.own(row, into), standing)) {
        rows.set(slice.keyOf(joined), joined);
        changed.add(slice.keyOf(joined));
      }
    }
  }
}

/** What has to be written when a member is forgotten: every noun says what of its rows stays. */
export function forgetRows(world: World, memberId: MemberId): Put[] {
  return sliceNames.flatMap((name) => {
    const { slice, rows } = rowsOfNoun(name, world, noKeys());
    const kept = [...rows.values()].flatMap((row) => {
      const left = slice.ownerOf(row) === memberId ? slice.forget(row) : null;
      return left === null ? [] : [left];
    });
    // The row is of the noun that it was asked of.
    return kept.map((row) => ({ type: `${slice.noun}.put`, row }) as Put);
  });
}

export function tellOf(put: Put): Partial<Summary> {
  const name = sliceOf(put.type);
  if (name === undefined) throw new Error(`no noun is put by ${put.type}`);
  // As above: a put's row is of the noun that its verb names.
  return (slices[name].tell as (row: unknown) => Partial<Summary>)(put.row);
}
