/** 导购回复: sent through the account while WeChat's window is open; outside it, the refusal names the other ways. */
import type { AssociateWrote } from '../../../../schema/index.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import { associateOf, memberOfFan, windowOf } from '../../fans/fans.ts';
import { say } from '../../fans/say.ts';
import type { On } from '../define.ts';
import { openidOf, type World } from '../../world.ts';

export const associateWrote: On<AssociateWrote> = {
  needs(event, ask) {
    const { openid, memberId, associateId } = event;
    if (openid !== null) ask.fan(event, openid);
    if (memberId !== null) ask.member(memberId);
    if (associateId !== null) ask.associate(associateId);
  },
  decide: onAssociateWrote,
};

function onAssociateWrote(world: World, event: AssociateWrote): Decision {
  const { associateId, text } = event;
  const given = event.memberId === null ? null : (world.members.get(event.memberId) ?? null);
  const openid = event.openid ?? (given && openidOf(world, given.id));
  const member = given ?? (openid === null ? null : memberOfFan(world, openid));
  const fan = openid === null ? null : (world.fans.get(openid) ?? null);
  const bound = associateOf(world, member, fan);
  if (associateId !== null && bound?.id !== associateId) return refuse({ code: 'NOT_YOURS' });
  const byPhone = member?.phone ? (['sms', 'phone'] as const) : [];
  if (openid === null) {
    return byPhone.length === 0
      ? refuse({ code: 'NOT_REACHABLE' })
      : refuse({ code: 'WINDOW_CLOSED', alternatives: byPhone });
  }
  if (windowOf(world, openid) === null) return refuse({ code: 'WINDOW_CLOSED', alternatives: byPhone });
  return accept(say({ event, openid, memberId: member?.id ?? null, associateId, text }));
}
