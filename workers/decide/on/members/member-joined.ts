/** 注册会员: a verified phone number makes a member, or finds the one that the till created. Gifts are given once in a lifetime. */
import type {
  AssociateId,
  Child,
  Fan,
  IdentityKey,
  Member,
  MemberJoined,
  StoreId,
} from '../../../../schema/index.ts';
import { claim } from '../../coupons/claims.ts';
import { accept, ignore, refuse, type Decision, type Effect } from '../../effects.ts';
import { keepingUses } from '../../members/children.ts';
import { openidKey, phoneKey } from '../../members/who/identity-keys.ts';
import { standIn } from '../../members/stand-in.ts';
import { settleMember } from '../../members/who/identities.ts';
import type { Born } from '../../members/who/new-member.ts';
import { provenAgainst } from '../../members/who/prove.ts';
import { leavePhone, masked, recorded } from '../../members/rebind.ts';
import { bind } from '../../referral/bind.ts';
import { countOf } from '../../occasions/give.ts';
import { shopDay } from '../../money/lots.ts';
import { met } from '../../triggers/define.ts';
import { fanFollowed } from '../../triggers/fan-followed.ts';
import { triggers } from '../../triggers/index.ts';
import { memberBound } from '../../triggers/member-bound.ts';
import { memberJoined as joined } from '../../triggers/member-joined.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const memberJoined: On<MemberJoined> = {
  needs(event, ask) {
    const { openid, associateId } = event;
    ask.identify(event, event);
    if (openid !== null) ask.fan(event, openid);
    if (associateId !== null) ask.associate(associateId);
    if (event.invitedBy) ask.member(event.invitedBy.inviterId);
    for (const digest of event.digests) ask.rows('joinedDigests', digest);
    if (event.followDigest !== undefined) ask.rows('joinedDigests', event.followDigest);
  },
  decide: onMemberJoined,
};

function onMemberJoined(world: World, event: MemberJoined): Decision {
  const { openid, unionid, phone, name } = event;
  const fan = openid === null ? null : (world.fans.get(openid) ?? null);
  const born = bornOf(world, event, fan);
  // Checked before members are merged: a stranger's unionid must not be attached.
  const proven = provenAgainst(world, event);
  if ('refusal' in proven) return refuse(proven.refusal);
  if (proven.effects.length > 0) return accept(proven.effects, [event]);

  const fresh = event.digests.filter((digest) => !world.joinedDigests.has(digest));
  // Whoever left and came back under another number has lived before.
  const isBack = fresh.length < event.digests.length;
  const ref = { phone, openid, unionid, name };
  const settled = settleMember(world, event, ref, { born, isVouchedFor: true, isBack });
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member) return ignore({ code: 'MEMBER_UNNAMED' });
  const isOwn = (key: IdentityKey): boolean => world.identities.get(key) === member.id;
  if (!isOwn(phoneKey(phone)) || (openid !== null && !isOwn(openidKey(openid))))
    return refuse({ code: 'PHONE_TAKEN' });

  const told = toldOf(event, member, born, fan);
  const effects: Effect[] = [{ type: 'member.put', member: told }, ...newPhone(world, event, member)];
  const scene = fan?.claimScene ? world.scenes.get(fan.claimScene) : undefined;
  if (fan && scene) {
    effects.push(...claim(world, event, scene, told, 0).effects);
    effects.push({ type: 'fan.put', row: { ...fan, claimScene: null } });
  }
  for (const key of fresh) effects.push({ type: 'joined-digest.put', row: { key, at: event.occurredAt } });
  effects.push(...bind(world, event, { member, isBack }));
  const isNew = member.joinedAt === null;
  if (isNew && isBack) effects.push(...hadBefore(event, member));
  const isBound = told.associateId !== null && (isNew || member.associateId !== told.associateId);
  return accept(effects, [
    ...(isNew && !isBack ? met(joined, event, told) : []),
    ...(isBound ? met(memberBound, event, told) : []),
    // Only who follows is a fan.
    ...(fan ? met(fanFollowed, event, told, digestOf(event)) : []),
  ]);
}

/** Whoever was a member in an earlier life had what is given once in a life. */
const hadBefore = ({ occurredAt }: MemberJoined, { id: memberId }: Member): Effect[] =>
  triggers
    .filter(({ isOfALife }) => isOfALife)
    .map((trigger) => countOf(trigger, { memberId, occurrence: '' }, shopDay(occurredAt)));

const digestOf = ({ followDigest: digest }: MemberJoined) => (digest === undefined ? {} : { digest });

function bornOf(world: World, event: MemberJoined, fan: Fan | null): Born {
  return {
    storeId: (event.storeId as StoreId | null) ?? fan?.storeId ?? null,
    // 一对一专属: the code that was scanned first decides the associate, whatever link is opened later.
    associateId: standIn(world, fan?.associateId ?? (event.associateId as AssociateId | null)),
    children: event.children.length > 0 ? event.children : null,
    birthdayOn: event.birthdayOn,
  };
}

const toldOf = (event: MemberJoined, member: Member, born: Born, fan: Fan | null): Member => ({
  ...member,
  name: event.name ?? member.name,
  phone: event.phone,
  children: withChildren(member.children, event.children),
  birthdayOn: event.birthdayOn ?? member.birthdayOn,
  // The first code decides here too.
  source: member.source ?? fan?.source ?? event.source,
  associateId: member.associateId ?? born.associateId ?? null,
  storeId: member.storeId ?? born.storeId ?? null,
  joinedAt: member.joinedAt ?? event.occurredAt,
});

/** A member who proves another phone has changed it. */
function newPhone(world: World, event: MemberJoined, member: Member): Effect[] {
  if (member.joinedAt === null || member.phone === null || member.phone === event.phone) return [];
  const text = `会员用短信验证码把手机号从 ${masked(member.phone)} 换成 ${masked(event.phone)}。`;
  return [...leavePhone(world, member), recorded(event, member, 'wechat', text)];
}

/** A new list replaces the old one; an empty list leaves it. */
const withChildren = (known: readonly Child[] | null, told: readonly Child[]): readonly Child[] | null =>
  told.length > 0 ? keepingUses(known, told) : known;
