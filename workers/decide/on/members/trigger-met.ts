/** 触发: something happened to a member, and campaigns give what they promised for it. */
import type { TriggerMet } from '../../../../schema/index.ts';
import { coupons } from '../../awards/coupons.ts';
import { awards } from '../../awards/index.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import { give, hasHad, type Given } from '../../occasions/give.ts';
import { triggerOf } from '../../triggers/index.ts';
import type { On } from '../define.ts';
import { headOf, openidOf, type World } from '../../world.ts';

export const triggerMet: On<TriggerMet> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onTriggerMet,
};

function onTriggerMet(world: World, event: TriggerMet): Decision {
  const { memberId } = event;
  const trigger = triggerOf(event.trigger);
  if (memberOf(world, memberId).deletedAt !== null) return ignore({ code: 'MEMBER_UNKNOWN' });
  if (hasHad(world, trigger, event)) return ignore({ code: 'NOTHING_NEW', about: 'member' });
  const { effects, given } = give(world, event);
  if (!trigger.isWelcome || openidOf(world, memberId) === null) return accept(effects);
  return accept([...effects, welcome(event, brought(world, event, given))]);
}

/** Whoever came to exist with this event had nothing before: all that they hold by now was brought by registering. */
function brought(world: World, { memberId, occurredAt }: TriggerMet, given: Given['given']): Given['given'] {
  if (memberOf(world, memberId).createdAt !== occurredAt) return given;
  const all: Record<string, number> = { ...given };
  const add = (kind: string, amount: number): void => {
    if (amount > 0) all[kind] = (all[kind] ?? 0) + amount;
  };
  for (const { kind, account } of awards)
    if (account !== null) add(kind, headOf(world, memberId, account).balance);
  add(coupons.kind, world.coupons.of(memberId).length);
  return all;
}

/** 注册成功: tells the member once what registering brought. */
const welcome = ({ id, memberId, occurredAt }: TriggerMet, earned: Given['given']): Effect => ({
  type: 'message.queue',
  note: {
    cause: `${id}/joined`,
    kind: 'joined',
    memberId,
    associateId: null,
    payload: { earned },
    dueAt: occurredAt,
  },
});
