/** 绑定导购: what campaigns give to a member who got an associate, once in their life with the shop, whoever they are given to later. */
import type { DomainEvent, Member, MemberBound, StoreId } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import { seedCause } from '../../plain/causes.ts';
import { localDate } from '../../plain/dates.ts';
import { pairKey, type World } from '../../world.ts';
import type { On } from '../define.ts';
import { triggered } from './member-registered.ts';

export const memberBound: On<MemberBound> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onMemberBound,
};

/** Counted with the member, so that two who turn out to be one person had it. */
const subject = 'bound';

function onMemberBound(world: World, event: MemberBound): Decision {
  const { memberId } = event;
  if (memberOf(world, memberId).deletedAt !== null) return ignore({ code: 'MEMBER_UNKNOWN' });
  if ((world.memberCounters.get(pairKey(memberId, subject))?.used ?? 0) > 0)
    return ignore({ code: 'NOTHING_NEW', about: 'member' });
  const { effects } = triggered(world, event, { trigger: 'member.bound', cause: `bound:${memberId}` });
  return accept(effects.length > 0 ? [...effects, onceBound(world, event)] : []);
}

/** Told after the member is put: they belong to somebody now. */
export const boundOf = (event: DomainEvent, { id, storeId }: Member): MemberBound => ({
  type: 'member.bound',
  id: event.id,
  namespace: event.namespace,
  occurredAt: event.occurredAt,
  memberId: id,
  storeId,
  seedOf: seedCause(event),
});

/** Nothing more is given for it: it was, or they were a member in an earlier life. */
export const onceBound = (
  world: World,
  { memberId, storeId, occurredAt }: Pick<MemberBound, 'memberId' | 'storeId' | 'occurredAt'>,
): Effect => ({
  type: 'member.count',
  memberId,
  subject,
  times: 1,
  on: localDate(occurredAt, timezoneOf(world.config, (storeId ?? '') as StoreId)),
});
