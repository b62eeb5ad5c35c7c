/** Folds one effect into the world and records which rows it changed. */
import type { Changes } from './changes.ts';
import { count, isCount } from './counters/index.ts';
import { couponFolds } from './coupons/folds.ts';
import type { Effect, Verb } from './effects.ts';
import { fanFolds } from './fans/folds.ts';
import { memberFolds } from './members/folds.ts';
import { add, isNote } from './notes/index.ts';
import { saleFolds } from './sales/folds.ts';
import { isPut, put } from './slices/fold.ts';
import type { World } from './world.ts';

export type Fold<Type extends Verb['type']> = (
  world: World,
  changes: Changes,
  verb: Extract<Verb, { type: Type }>,
) => void;

/** Every named verb; a missing one does not compile. */
const folds: { readonly [Type in Verb['type']]: Fold<Type> } = {
  ...memberFolds,
  ...saleFolds,
  ...couponFolds,
  ...fanFolds,
};

export function evolve(world: World, changes: Changes, effect: Effect): void {
  if (isPut(effect)) return put(world, changes, effect);
  if (isCount(effect)) return count(world, changes.counts, effect);
  if (isNote(effect)) return add(changes.notes, effect);
  // The fold belongs to this effect's type; TypeScript cannot follow the key into the table.
  (folds[effect.type] as (world: World, changes: Changes, verb: Verb) => void)(world, changes, effect);
}
