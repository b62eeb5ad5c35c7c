/** A world in which nothing has happened yet, of a shop that has set up nothing unless it is said. */
import { load } from '../../workers/db/world/load.ts';
import { needsOf } from '../../workers/decide/decide.ts';
import type { World } from '../../workers/decide/world.ts';
import { openShop, type ShopSetup } from './shop.ts';

export async function emptyWorld(setup: ShopSetup = {}): Promise<World> {
  const { db, engine, clock } = await openShop(setup);
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
