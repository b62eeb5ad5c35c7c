/** A world in which nothing has happened yet, of a shop that has set up nothing. */
import { load } from '../../workers/db/world/load.ts';
import { needsOf } from '../../workers/decide/decide.ts';
import type { World } from '../../workers/decide/world.ts';
import { openShop } from './shop.ts';

export async function emptyWorld(): Promise<World> {
  const { db, engine, clock } = await openShop();
  const config = await engine.config.get();
  const { world } = await load(db, {
    eventIds: [],
    seqs: [],
    needs: needsOf([]),
    isDeep: false,
    config,
    seeds: new Map(),
    now: clock.now,
  });
  return world;
}
