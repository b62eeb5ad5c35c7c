/** 换绑: a member gets another WeChat or another phone, on a proof or by the office; what opened their page before opens it no more. */
import type { DomainEvent, IdentityKey, Member } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { isOpenid, keysOfMember, phoneKey, valueOf } from './who/identity-keys.ts';
import type { World } from '../world.ts';

const drop = (key: IdentityKey): Effect => ({ type: 'identity.drop', key });

const toldOldWechat =
  '您的会员账户已经换绑到另一个微信，这个微信不能再打开会员中心。如果不是您本人办理的，请尽快联系门店。';

/** 原微信: it loses the member at once, for a page asks whose an openid is every time, and is told so. */
export function leaveWechat(world: World, member: Member, { id, occurredAt }: DomainEvent): Effect[] {
  const keys = keysOfMember(world, member.id);
  const openids = keys.filter(isOpenid).map(valueOf);
  return [
    ...keys.filter((key) => isOpenid(key) || key.startsWith('unionid:')).map(drop),
    ...openids.map((openid, place): Effect => ({
      type: 'message.queue',
      note: {
        cause: `${id}/rebound/${place}`,
        kind: 'reply',
        memberId: null,
        associateId: null,
        openid,
        payload: { text: toldOldWechat },
        dueAt: occurredAt,
      },
    })),
  ];
}

/** 原手机号: it may have a new owner tomorrow, who must not be taken for this member. */
export function leavePhone(world: World, { id, phone }: Member): Effect[] {
  const key = phone === null ? null : phoneKey(phone);
  return key !== null && world.identities.get(key) === id ? [drop(key)] : [];
}

/** 换绑记录: who did it and why, among what was said of the member. */
export const recorded = (
  { id, occurredAt }: DomainEvent,
  member: Member,
  channel: 'wechat' | 'office',
  text: string,
): Effect => ({
  type: 'contact.add',
  note: {
    thread: member.id,
    memberId: member.id,
    associateId: null,
    direction: 'note',
    channel,
    kind: 'rebound',
    text,
    cause: `${id}/${channel}`,
    at: occurredAt,
    readAt: null,
  },
});

export const masked = (phone: string | null): string =>
  phone === null ? '无' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
