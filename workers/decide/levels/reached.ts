/** 达到等级: who came up to a level with what was decided. Whoever comes down to one has not reached it. */
import type { DomainEvent, Member, MemberId, TriggerMet } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { met } from '../triggers/define.ts';
import { levelReached } from '../triggers/level-reached.ts';
import type { World } from '../world.ts';
import { rankOf } from './rules.ts';

/** Told after the member is put; `world` is as it was before. */
export function reachedBy(world: World, event: DomainEvent, effects: readonly Effect[]): TriggerMet[] {
  const { levels } = world.config.settings;
  if (levels.list.length === 0) return [];
  const put = new Map<MemberId, Member>();
  for (const effect of effects) if (effect.type === 'member.put') put.set(effect.member.id, effect.member);
  return [...put.values()].flatMap((member) => {
    const { id, level, deletedAt } = member;
    const before = rankOf(levels, world.members.get(id)?.level ?? null);
    if (level === null || deletedAt !== null || rankOf(levels, level) <= before) return [];
    return met(levelReached, event, member);
  });
}
