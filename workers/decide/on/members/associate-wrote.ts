/** 导购回复: sent through the account while WeChat's window is open; outside it, the refusal names the other ways. */
import type { AssociateWrote, Contact } from '../../../../schema/index.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import { associateOf, memberOfFan, windowOf } from '../../fans/fans.ts';
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
  const { associateId, text, occurredAt } = event;
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
  const cause = `${event.id}/chat`;
  const contact: Omit<Contact, 'seq'> = {
    thread: openid,
    memberId: member?.id ?? null,
    associateId,
    direction: 'out',
    channel: 'wechat',
    kind: 'text',
    text,
    cause,
    at: occurredAt,
    readAt: null,
  };
  return accept([
    { type: 'contact.add', note: contact },
    {
      type: 'message.queue',
      note: {
        cause,
        kind: 'chat',
        memberId: member?.id ?? null,
        associateId: null,
        openid,
        payload: { text },
        dueAt: occurredAt,
      },
    },
  ]);
}
