/** 达到等级: what campaigns give to a member who reached a level; once for each level in their life with the shop. */
import type { DomainEvent, LevelReached, Member, MemberId, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { rankOf } from '../../levels/rules.ts';
import { memberOf } from '../../members/who/identities.ts';
import { seedCause } from '../../plain/causes.ts';
import { localDate } from '../../plain/dates.ts';
import { pairKey, type World } from '../../world.ts';
import type { On } from '../define.ts';
import { triggered } from './member-registered.ts';

export const levelReached: On<LevelReached> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onLevelReached,
};

/** Counted with the member, so that two who turn out to be one person had it. */
const subjectOf = (level: string): string => `level:${level}`;

function onLevelReached(world: World, event: LevelReached): Decision {
  const { memberId, level, occurredAt, storeId } = event;
  const subject = subjectOf(level);
  if (memberOf(world, memberId).deletedAt !== null) return ignore({ code: 'MEMBER_UNKNOWN' });
  if ((world.memberCounters.get(pairKey(memberId, subject))?.used ?? 0) > 0)
    return ignore({ code: 'NOTHING_NEW', about: 'member' });
  const cause = `level:${memberId}/${level}`;
  const { effects } = triggered(world, event, { trigger: 'level.reached', cause });
  if (effects.length === 0) return accept([]);
  const on = localDate(occurredAt, timezoneOf(world.config, (storeId ?? '') as StoreId));
  return accept([...effects, { type: 'member.count', memberId, subject, times: 1, on }]);
}

/** Told after the member is put. Whoever comes down to a level has not reached it, and history gives nothing. */
export function reachedBy(world: World, event: DomainEvent, effects: readonly Effect[]): LevelReached[] {
  const { levels } = world.config.settings;
  if (levels.list.length === 0 || event.isHistory || event.isFromFile) return [];
  const put = new Map<MemberId, Member>();
  for (const effect of effects) if (effect.type === 'member.put') put.set(effect.member.id, effect.member);
  return [...put.values()].flatMap((member) => {
    const { id, level, storeId, deletedAt } = member;
    const before = rankOf(levels, world.members.get(id)?.level ?? null);
    if (level === null || deletedAt !== null || rankOf(levels, level) <= before) return [];
    const { id: eventId, namespace, occurredAt } = event;
    return [
      {
        type: 'level.reached',
        id: eventId,
        namespace,
        occurredAt,
        memberId: id,
        storeId,
        level,
        seedOf: seedCause(event),
      } as const,
    ];
  });
}
