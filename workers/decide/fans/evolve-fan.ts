/** Folds what concerns followers of the account. */
import type { Changes } from '../changes.ts';
import type { Effect } from '../effects.ts';
import { windowKey } from './fans.ts';
import type { World } from '../world.ts';

type FanEffect = Extract<
  Effect,
  {
    type:
      | 'fan.put'
      | 'fan.erase'
      | 'copies.erase'
      | 'erasure.ask'
      | 'window.open'
      | 'permission.change'
      | 'scene.count'
      | 'contact.add'
      | 'message.arrive';
  }
>;

export function evolveFan(world: World, changes: Changes, effect: FanEffect): void {
  switch (effect.type) {
    case 'fan.put':
      world.fans.set(effect.fan.openid, effect.fan);
      changes.fans.add(effect.fan.openid);
      return;
    case 'fan.erase': {
      const { openid, memberId } = effect;
      world.fans.delete(openid);
      changes.fans.delete(openid);
      for (const [key, window] of world.windows) {
        if (window.openid !== openid) continue;
        world.windows.delete(key);
        changes.windows.delete(key);
      }
      changes.fansErased.set(openid, memberId);
      changes.copiesErased.add(openid);
      return;
    }
    case 'copies.erase':
      changes.copiesErased.add(effect.openid);
      return;
    case 'erasure.ask':
      changes.erasures.push(effect.erasure);
      return;
    case 'window.open': {
      const key = windowKey(effect.window);
      world.windows.set(key, effect.window);
      changes.windows.add(key);
      return;
    }
    case 'permission.change':
      changes.permissions.push(effect);
      return;
    case 'scene.count': {
      const scene = world.scenes.get(effect.sceneId);
      if (scene) {
        const scans = scene.scans + effect.scans;
        world.scenes.set(scene.id, { ...scene, scans, claims: scene.claims + effect.claims });
      }
      const counted = changes.sceneCounts.get(effect.sceneId) ?? { scans: 0, claims: 0 };
      changes.sceneCounts.set(effect.sceneId, {
        scans: counted.scans + effect.scans,
        claims: counted.claims + effect.claims,
      });
      return;
    }
    case 'contact.add':
      changes.contacts.push(effect.contact);
      return;
    case 'message.arrive':
      changes.arrivals.push(effect);
      return;
    default:
      effect satisfies never;
  }
}
