/** 会员资料: created, updated, merged and deleted as the till tells it. */
import {
  defaultTimezone,
  memberFileFields,
  type IdentityKey,
  type Member,
  type MemberDeleted,
  type MemberMerged,
  type MemberTold,
} from '../../../../schema/index.ts';
import { accept, ignore, park, refuse, type Decision, type Effect } from '../../effects.ts';
import { childrenIn, childrenWith, keepingUses } from '../../members/children.ts';
import { eraseMember } from '../../members/erase.ts';
import { localDate } from '../../plain/dates.ts';
import { happenedAt } from '../../plain/moments.ts';
import { isRuled, rankOf } from '../../levels/rules.ts';
import { memberOf, settleMember, wouldLetIn } from '../../members/who/identities.ts';
import { identityKeys, keysThatCount, phoneKey } from '../../members/who/identity-keys.ts';
import { plainPhone } from '../../plain/phones.ts';
import type { Refusal } from '../../refusals.ts';
import { endsEarly } from '../../super/ends-early.ts';
import { met } from '../../triggers/define.ts';
import { memberBound } from '../../triggers/member-bound.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';
import { movingIn, openingMiss } from './moving-in.ts';

export const memberTold: On<MemberTold> = {
  needs(event, ask) {
    ask.identify(event, event.data);
    if (event.movedIn?.associateId !== undefined) ask.associate(event.movedIn.associateId);
  },
  decide: onMemberTold,
};

/** created and updated mean the same: this is the present record. Our own numbers do not change. */
function onMemberTold(world: World, event: MemberTold): Decision {
  const refusal = event.by === 'till' ? beyondTill(world, event) : null;
  if (refusal) return refuse(refusal);
  const miss = openingMiss(world, event, keysThatCount(world, event.data, event.namespace));
  if (miss) return park(miss);
  const isVouchedFor = event.by === 'office';
  const told = toldOf(world, event);
  const children = childrenIn(event.data.children, localDate(world.now, defaultTimezone));
  // Gifts for newcomers ask after what is told of them, so it is there before they are decided.
  const settled = settleMember(world, event, event.data, {
    born: { children: childrenWith(null, children), ...told, since: happenedAt(event) },
    isVouchedFor,
  });
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member) return unnamed(event);
  const put: Member = {
    ...member,
    children: childrenWith(member.children, children),
    ...told,
    ...(told.children && { children: keepingUses(member.children, told.children) }),
    superUntil: endAfter(member, told, event),
    name: event.data.name ?? member.name,
    phone: phoneAfter(world, member, event),
  };
  const moving = event.isFromFile
    ? movingIn(world, event, registered(put, event))
    : { member: put, effects: [] };
  const filed = filedOf(moving.member, event);
  const isNews =
    moving.effects.length + filed.length > 0 || JSON.stringify(moving.member) !== JSON.stringify(member);
  return isNews
    ? accept(
        [
          { type: 'member.put', member: moving.member },
          ...moving.effects,
          ...endsEarly(world.config, member, moving.member, world.now),
          ...filed,
        ],
        isBound(member, put) ? met(memberBound, event, put) : [],
      )
    : ignore({ code: 'NOTHING_NEW', about: 'member' });
}

function filedOf({ id: memberId }: Member, { data }: MemberTold): Effect[] {
  const told = Object.fromEntries(
    memberFileFields.flatMap((field) => (data[field] == null ? [] : [[field, data[field]]])),
  );
  return Object.keys(told).length === 0 ? [] : [{ type: 'member-file.tell', note: { memberId, told } }];
}

/** A file of the system before takes nothing away from what was sold here. */
function endAfter(member: Member, { superUntil }: Told, { isFromFile }: MemberTold): number | null {
  if (superUntil === undefined) return member.superUntil;
  return isFromFile ? Math.max(superUntil ?? 0, member.superUntil ?? 0) || null : superUntil;
}

/** A file knows since when somebody the till has just told of has been a member. */
const registered = (member: Member, event: MemberTold): Member => ({
  ...member,
  createdAt: Math.min(member.createdAt, happenedAt(event)),
});

/** By hand; a till that names somebody else than before is refused. */
const isBound = (before: Member, { associateId }: Member): boolean =>
  associateId !== null && associateId !== before.associateId;

/** A record of the number that stands for nobody is no mistake that anybody has to look at. */
const unnamed = ({ data, namespace }: MemberTold): Decision =>
  identityKeys(data, namespace).length > 0
    ? ignore({ code: 'MEMBER_UNNAMED' })
    : park({ code: 'IDENTITY_MISSING', field: 'data' });

type Told = Partial<Pick<Member, 'level' | 'superUntil' | 'birthdayOn' | 'children' | 'associateId'>>;

function toldOf(world: World, { data, by, children, associateId, isFromFile }: MemberTold): Told {
  const { birthday } = data;
  // The till of a shop tells through its source; who stands at it does not make anybody a better customer.
  const { level: toldLevel, superUntil } = by === 'till' ? {} : data;
  // 等级规则 are Huike's own: a till is not heard about levels. A file and the office say what was before.
  const { levels } = world.config.settings;
  const isOfRules = isRuled(levels) && rankOf(levels, toldLevel ?? null) >= 0;
  // Of a file such a level stands until its end: `movingIn`.
  const isHeard = isFromFile === true ? !isOfRules : by === 'office' || !isRuled(levels);
  const level = isHeard ? toldLevel : null;
  return {
    ...(level != null && { level }),
    ...(superUntil !== undefined && { superUntil }),
    ...(birthday != null && { birthdayOn: birthday }),
    ...(children !== undefined && { children }),
    ...(associateId !== undefined && { associateId }),
  };
}

/** A till may say who somebody is. It may not let somebody's WeChat into another's points, nor take a member from their associate. */
function beyondTill(world: World, { data, namespace, associateId }: MemberTold): Refusal | null {
  const keys = keysThatCount(world, data, namespace);
  if (wouldLetIn(world, keys)) return { code: 'WOULD_LET_IN' };
  const owner = associateId === undefined ? null : ownerOf(world, keys);
  const hasAnother = owner !== null && owner.associateId !== null && owner.associateId !== associateId;
  return hasAnother ? { code: 'NOT_YOURS' } : null;
}

/** 手机号 opens the member's page, so only a number of their own counts; and one that a code proved is not changed by hearsay. */
function phoneAfter(world: World, member: Member, { data, by }: MemberTold): string | null {
  const phone = plainPhone(data.phone);
  if (phone === null || world.identities.get(phoneKey(phone)) !== member.id) return member.phone;
  const isProven = member.joinedAt !== null && member.phone !== null;
  return isProven && by !== 'office' ? member.phone : phone;
}

export const memberMerged: On<MemberMerged> = {
  needs(event, ask) {
    ask.identify(event, event.from);
    ask.identify(event, event.into);
  },
  decide: onMemberMerged,
};

function onMemberMerged(world: World, event: MemberMerged): Decision {
  const from = ownerOf(world, keysThatCount(world, event.from, event.namespace));
  const keys = keysThatCount(world, event.into, event.namespace);
  const into = ownerOf(world, keys);
  if (!from) return ignore({ code: 'MEMBER_UNKNOWN' });
  if (keys.length === 0) return park({ code: 'IDENTITY_MISSING', field: 'data.into' });
  if (!into) {
    // Nobody has the new identity yet: this member keeps everything and gets it as well. A merger makes no newcomer.
    return accept(keys.map((key): Effect => ({ type: 'identity.attach', key, memberId: from.id })));
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
  const member = ownerOf(world, keysThatCount(world, event.data, event.namespace));
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
