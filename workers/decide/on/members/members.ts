/** 会员资料: created, updated, merged and deleted as the till tells it. */
import type {
  IdentityKey,
  Member,
  MemberDeleted,
  MemberMerged,
  MemberTold,
} from '../../../../schema/index.ts';
import { accept, ignore, park, type Decision } from '../../effects.ts';
import { eraseMember } from '../../members/erase.ts';
import { identityKeys, memberOf, plainPhone, settleMember } from '../../members/identities.ts';
import type { World } from '../../world.ts';

/** created and updated say the same: this is what the till knows now. Our numbers stay ours. */
export function onMemberTold(world: World, event: MemberTold): Decision {
  const settled = settleMember(world, event, event.data);
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member)
    return park('data names no usable identity: give externalId, cardNo, unionid, openid or a full phone');
  const { name, level, superUntil } = event.data;
  const phone = plainPhone(event.data.phone);
  const told: Member = {
    ...member,
    name: name ?? member.name,
    phone: phone ?? member.phone,
    level: level ?? member.level,
    superUntil: superUntil === undefined ? member.superUntil : superUntil,
  };
  const isNews = JSON.stringify(told) !== JSON.stringify(member);
  return isNews ? accept([{ type: 'member.put', member: told }]) : ignore('nothing new about this member');
}

export function onMemberMerged(world: World, event: MemberMerged): Decision {
  const from = ownerOf(world, identityKeys(event.from, event.namespace));
  const into = ownerOf(world, identityKeys(event.into, event.namespace));
  if (!from) return ignore('data.from names no member we know');
  if (!into) {
    // Only the new number is news: the member keeps everything and answers to both.
    const settled = settleMember(world, event, event.into);
    return 'unsettled' in settled
      ? settled.unsettled
      : park('data.into names no usable identity: give externalId, cardNo, unionid, openid or a full phone');
  }
  if (from.id === into.id) return ignore('both are already one member');
  return accept([{ type: 'member.merge', from: from.id, into: into.id, at: event.occurredAt }]);
}

/** 注销: everything personal goes, the anonymous ledgers stay. */
export function onMemberDeleted(world: World, event: MemberDeleted): Decision {
  const member = ownerOf(world, identityKeys(event.data, event.namespace));
  if (!member) return ignore('no member has this identity');
  const effects = eraseMember(world, member, { id: event.id, at: event.occurredAt });
  for (const reminder of world.reminders.values()) {
    if (reminder.memberId !== member.id || reminder.state !== 'pending') continue;
    effects.push({ type: 'reminder.put', row: { ...reminder, state: 'cancelled' } });
  }
  return accept(effects);
}

function ownerOf(world: World, keys: readonly IdentityKey[]): Member | null {
  for (const key of keys) {
    const owner = world.identities.get(key);
    if (owner !== undefined) return memberOf(world, owner);
  }
  return null;
}
