/** 注册会员: a verified phone number makes a member, or finds the one that the till created. Gifts are given once in a lifetime. */
import type {
  AssociateId,
  Child,
  IdentityKey,
  Member,
  MemberJoined,
  StoreId,
} from '../../../../schema/index.ts';
import { claim } from '../../coupons/claims.ts';
import { accept, ignore, refuse, type Decision, type Effect } from '../../effects.ts';
import { openidKey } from '../../fans/fans.ts';
import { settleMember } from '../../members/identities.ts';
import { seedCause } from '../../plain/causes.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const memberJoined: On<MemberJoined> = {
  needs(event, ask) {
    const { openid, associateId } = event;
    ask.identify(event, event);
    if (openid !== null) ask.fan(event, openid);
    if (associateId !== null) ask.associate(associateId);
    for (const digest of event.digests) ask.rows('joinedDigests', digest);
  },
  decide: onMemberJoined,
};

function onMemberJoined(world: World, event: MemberJoined): Decision {
  const { openid, unionid, phone, name } = event;
  const fan = openid === null ? null : (world.fans.get(openid) ?? null);
  const born = {
    storeId: (event.storeId as StoreId | null) ?? fan?.storeId ?? null,
    // 一对一专属: the code that was scanned first decides the associate, whatever link is opened later.
    associateId: fan?.associateId ?? (event.associateId as AssociateId | null),
    children: event.children.length > 0 ? event.children : null,
  };
  // The phone number belongs to a member with another WeChat account: its present holder does not get that member's points.
  // Checked before members are merged: a stranger's unionid must not be attached.
  if (answersToAnother(world, phone, openid)) return refuse({ code: 'PHONE_TAKEN' });
  const settled = settleMember(world, event, { phone, openid, unionid, name }, born);
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member) return ignore({ code: 'MEMBER_UNNAMED' });
  const isOwn = (key: IdentityKey): boolean => world.identities.get(key) === member.id;
  if (!isOwn(phoneKey(phone)) || (openid !== null && !isOwn(openidKey(openid))))
    return refuse({ code: 'PHONE_TAKEN' });

  const told: Member = {
    ...member,
    name: name ?? member.name,
    phone,
    children: withChildren(member.children, event.children),
    birthdayOn: event.birthdayOn ?? member.birthdayOn,
    source: member.source ?? event.source ?? fan?.source ?? null,
    associateId: member.associateId ?? born.associateId,
    storeId: member.storeId ?? born.storeId,
    joinedAt: member.joinedAt ?? event.occurredAt,
  };
  const effects: Effect[] = [{ type: 'member.put', member: told }];
  const scene = fan?.claimScene ? world.scenes.get(fan.claimScene) : undefined;
  if (fan && scene) {
    effects.push(...claim(world, event, scene, told, 0).effects);
    effects.push({ type: 'fan.put', row: { ...fan, claimScene: null } });
  }
  const fresh = event.digests.filter((digest) => !world.joinedDigests.has(digest));
  for (const key of fresh) effects.push({ type: 'joined-digest.put', row: { key, at: event.occurredAt } });
  // Whoever left and came back under another number has lived before.
  const hasCollected = member.joinedAt !== null || fresh.length < event.digests.length;
  if (hasCollected) return accept(effects);
  return accept(effects, [
    {
      type: 'member.registered',
      id: event.id,
      namespace: event.namespace,
      occurredAt: event.occurredAt,
      memberId: member.id,
      storeId: told.storeId,
      trigger: 'member.joined',
      seedOf: seedCause(event),
    },
  ]);
}

const phoneKey = (phone: string): IdentityKey => `phone:${phone}` as IdentityKey;

function answersToAnother(world: World, phone: string, openid: string | null): boolean {
  const owner = world.identities.get(phoneKey(phone));
  if (owner === undefined || openid === null) return false;
  const openids = [...(world.keysOf.get(owner) ?? [])].filter((key) => key.startsWith('openid:'));
  return openids.length > 0 && !openids.includes(openidKey(openid));
}

/** A new list replaces the old one; an empty list leaves it. */
const withChildren = (known: readonly Child[] | null, told: readonly Child[]): readonly Child[] | null =>
  told.length > 0 ? told : known;
