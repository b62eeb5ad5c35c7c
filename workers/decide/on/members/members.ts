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
import { identityKeys, memberOf, settleMember } from '../../members/identities.ts';
import { happenedAt } from '../../plain/moments.ts';
import { plainPhone } from '../../plain/phones.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const memberTold: On<MemberTold> = {
  needs: (event, ask) => ask.identify(event, event.data),
  decide: onMemberTold,
};

/** created and updated mean the same: this is the till's present record. Our own numbers do not change. */
function onMemberTold(world: World, event: MemberTold): Decision {
  const born = { storeId: null, associateId: null, since: happenedAt(event) };
  const settled = settleMember(world, event, event.data, born);
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member) return park({ code: 'IDENTITY_MISSING', field: 'data' });
  const { name, level, superUntil, birthday } = event.data;
  const phone = plainPhone(event.data.phone);
  const told: Member = {
    ...member,
    name: name ?? member.name,
    phone: phone ?? member.phone,
    level: level ?? member.level,
    superUntil: superUntil === undefined ? member.superUntil : superUntil,
    birthdayOn: birthday ?? member.birthdayOn,
  };
  const isNews = JSON.stringify(told) !== JSON.stringify(member);
  return isNews
    ? accept([{ type: 'member.put', member: told }])
    : ignore({ code: 'NOTHING_NEW', about: 'member' });
}

export const memberMerged: On<MemberMerged> = {
  needs(event, ask) {
    ask.identify(event, event.from);
    ask.identify(event, event.into);
  },
  decide: onMemberMerged,
};

function onMemberMerged(world: World, event: MemberMerged): Decision {
  const from = ownerOf(world, identityKeys(event.from, event.namespace));
  const into = ownerOf(world, identityKeys(event.into, event.namespace));
  if (!from) return ignore({ code: 'MEMBER_UNKNOWN' });
  if (!into) {
    // No member has the new identity yet: this member keeps everything and gets it as well.
    const settled = settleMember(world, event, event.into);
    return 'unsettled' in settled
      ? settled.unsettled
      : park({ code: 'IDENTITY_MISSING', field: 'data.into' });
  }
  if (from.id === into.id) return ignore({ code: 'MEMBERS_ONE_ALREADY' });
  return accept([{ type: 'member.merge', from: from.id, into: into.id, at: event.occurredAt }]);
}

export const memberDeleted: On<MemberDeleted> = {
  needs: (event, ask) => ask.identify(event, event.data),
  decide: onMemberDeleted,
  isLeaving: true,
};

/** 注销: everything personal is erased, the anonymous ledgers stay. */
function onMemberDeleted(world: World, event: MemberDeleted): Decision {
  const member = ownerOf(world, identityKeys(event.data, event.namespace));
  if (!member) return ignore({ code: 'MEMBER_UNKNOWN' });
  return accept(eraseMember(world, member, { id: event.id, at: event.occurredAt }));
}

function ownerOf(world: World, keys: readonly IdentityKey[]): Member | null {
  for (const key of keys) {
    const owner = world.identities.get(key);
    if (owner !== undefined) return memberOf(world, owner);
  }
  return null;
}
