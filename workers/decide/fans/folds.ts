/** Folds the effects that concern a fan. */
import type { Changes } from '../changes.ts';
import type { Verb } from '../effects.ts';
import { drop, place } from '../slices/fold.ts';
import type { World } from '../world.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const fanFolds = {
  'fan.erase': (world: World, changes: Changes, { openid, memberId }: Of<'fan.erase'>): void => {
    drop(world, changes, 'fans', openid);
    for (const [key, window] of world.windows) {
      if (window.openid === openid) drop(world, changes, 'windows', key);
    }
    changes.fansErased.set(openid, memberId);
    changes.copiesErased.add(openid);
  },
  'copies.erase': (_: World, changes: Changes, { openid }: Of<'copies.erase'>): void => {
    changes.copiesErased.add(openid);
  },
  'window.open': (world: World, changes: Changes, { window }: Of<'window.open'>): void =>
    place(world, changes, 'windows', window),
};
