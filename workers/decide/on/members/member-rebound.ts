/** 门店换绑: the office gives a member another WeChat, phone or associate, and says why. */
import type { IdentityKey, Member, MemberRebound } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision, type Effect } from '../../effects.ts';
import { byHand, noStanding } from '../../levels/standing.ts';
import { memberOf } from '../../members/who/identities.ts';
import { isOpenid, keysOfMember, openidKey, phoneKey } from '../../members/who/identity-keys.ts';
import { leavePhone, leaveWechat, masked, recorded } from '../../members/rebind.ts';
import { shopDay } from '../../money/lots.ts';
import { isSame } from '../../plain/same.ts';
import type { Refusal } from '../../refusals.ts';
import { met } from '../../triggers/define.ts';
import { memberBound } from '../../triggers/member-bound.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const memberRebound: On<MemberRebound> = {
  needs(event, ask) {
    const { openid, phone, associateId } = event;
    ask.member(event.memberId);
    ask.identify(event, { openid, phone });
    if (associateId != null) ask.associate(associateId);
    for (const digest of event.digests) ask.rows('joinedDigests', digest);
  },
  decide: onMemberRebound,
};

function onMemberRebound(world: World, event: MemberRebound): Decision {
  const member = memberOf(world, event.memberId);
  if (member.deletedAt !== null || member.mergedInto !== null) return ignore({ code: 'MEMBER_UNKNOWN' });
  const refusal = takenFrom(world, event);
  if (refusal) return refuse(refusal);
  const changes = [newWechat, newPhone, newAssociate, newLevel].flatMap(
    (change) => change(world, event, member) ?? [],
  );
  if (changes.length === 0) return ignore({ code: 'NOTHING_NEW', about: 'member' });
  const says = `${event.by}：${changes.map(({ says }) => says).join('，')}。原因：${event.reason}`;
  const isBound = event.associateId != null && event.associateId !== member.associateId;
  return accept(
    [
      ...changes.flatMap(({ effects }) => effects),
      recorded(event, member, 'office', says),
      ...onceInALife(world, event, member),
    ],
    isBound ? met(memberBound, event, member) : [],
  );
}

/** Who answers to it already has to let go of it first: two people are not made one by hand. */
function takenFrom(world: World, { memberId, openid, phone }: MemberRebound): Refusal | null {
  const isTaken = (key: IdentityKey): boolean => {
    const owner = world.identities.get(key);
    return owner !== undefined && owner !== memberId;
  };
  if (openid != null && isTaken(openidKey(openid))) return { code: 'WECHAT_TAKEN' };
  return phone != null && isTaken(phoneKey(phone)) ? { code: 'PHONE_TAKEN' } : null;
}

type Change = { readonly effects: readonly Effect[]; readonly says: string };

/** Null leaves the member without a WeChat. */
function newWechat(world: World, event: MemberRebound, member: Member): Change | null {
  const { openid } = event;
  if (openid === undefined) return null;
  const known = keysOfMember(world, member.id).filter(isOpenid);
  const wanted = openid === null ? [] : [openidKey(openid)];
  if (known.length === wanted.length && wanted.every((key) => known.includes(key))) return null;
  const attached = wanted.map((key): Effect => ({ type: 'identity.attach', key, memberId: member.id }));
  return {
    effects: [...leaveWechat(world, member, event), ...attached],
    says: openid === null ? '解绑了微信' : '换绑了微信',
  };
}

function newPhone(world: World, { phone }: MemberRebound, member: Member): Change | null {
  if (phone === undefined || phone === member.phone) return null;
  const key = phone === null ? null : phoneKey(phone);
  const effects: Effect[] = [
    { type: 'member.put', member: { ...member, phone } },
    ...leavePhone(world, member),
  ];
  if (key !== null && !world.identities.has(key))
    effects.push({ type: 'identity.attach', key, memberId: member.id });
  return { effects, says: `手机号从 ${masked(member.phone)} 换成 ${masked(phone)}` };
}

function newAssociate(world: World, { associateId }: MemberRebound, member: Member): Change | null {
  if (associateId === undefined || associateId === member.associateId) return null;
  const name = associateId === null ? '无' : (world.associates.get(associateId)?.name ?? associateId);
  return {
    effects: [{ type: 'member.put', member: { ...member, associateId } }],
    says: `专属导购换成 ${name}`,
  };
}

/** 手工定级: at once, whatever the purchases say. Null leaves it to the next purchase. */
function newLevel(world: World, { level, occurredAt }: MemberRebound, member: Member): Change | null {
  if (level === undefined) return null;
  const { levels } = world.config.settings;
  const known = world.standings.get(member.id) ?? noStanding(member, levels);
  const row = byHand(levels, known, member, { ...level, on: shopDay(occurredAt) });
  if (
    level.name === member.level &&
    isSame({ ...row, sinceOn: known.sinceOn, seenFen: known.seenFen }, known)
  )
    return null;
  const until = level.lastOn === null ? '' : `，到 ${level.lastOn}`;
  return {
    effects: [
      { type: 'member.put', member: { ...member, level: level.name } },
      { type: 'standing.put', row },
    ],
    says: `等级从 ${member.level ?? '无'} 换成 ${level.name ?? '无'}${until}`,
  };
}

/** 一人一次: whoever collected is known by the new numbers too. */
function onceInALife(world: World, { digests, occurredAt }: MemberRebound, member: Member): Effect[] {
  if (member.joinedAt === null) return [];
  return digests
    .filter((key) => !world.joinedDigests.has(key))
    .map((key): Effect => ({ type: 'joined-digest.put', row: { key, at: occurredAt } }));
}
