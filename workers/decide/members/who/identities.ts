/** 会员识别: one person, whichever of their identities the till sent. */
import type { DomainEvent, IdentityKey, Member, MemberId, MemberRef } from '../../../../schema/index.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import type { World } from '../../world.ts';
import { isOfTill, isOpenid, isPhone, keysOfMember, keysThatCount, kindOf } from './identity-keys.ts';
import { createMember, type Born } from './new-member.ts';

/** 手机号: an old one, a new one and the family's. What comes with more is a card for everybody, and joins nobody. */
export const phonesMax = 3;

const kindsOf = (world: World, memberId: MemberId): Set<string> =>
  new Set(keysOfMember(world, memberId).map(kindOf));
const phonesOf = (world: World, memberId: MemberId): number =>
  keysOfMember(world, memberId).filter(isPhone).length;

/** Two members are one person unless their identities contradict each other. A person may have several phones, but not two cards. */
export function contradict(world: World, one: MemberId, other: MemberId): boolean {
  const phones = phonesOf(world, one) + phonesOf(world, other);
  return phones > phonesMax || isOfAnother(world, one, other);
}

/** Both have a number of which a person has one; `but` are kinds that do not matter here. */
export function isOfAnother(
  world: World,
  one: MemberId,
  other: MemberId,
  but: readonly string[] = [],
): boolean {
  const kinds = kindsOf(world, one);
  return [...kindsOf(world, other)].some(
    (kind) => kind !== 'phone' && !but.includes(kind) && kinds.has(kind),
  );
}

export type Settling = {
  readonly born?: Born;
  /** False where an event is no reason to become a member. */
  readonly makes?: boolean;
  /** It is not a system that speaks, but the office, or the person with a proof of phone and WeChat. */
  readonly isVouchedFor?: boolean;
  /** Who comes back under other numbers is no newcomer. */
  readonly isBack?: boolean;
};

export type SettledMember = { readonly member: Member | null } | { readonly unsettled: Decision };

/**
 * The member that the event names. When a member has to be made, merged or given an identity first, the answer is that
 * decision, with the event itself as its follow-up: decided again, it finds the member settled.
 */
export function settleMember(
  world: World,
  event: DomainEvent,
  ref: MemberRef | null | undefined,
  how: Settling = {},
): SettledMember {
  const { born = {}, makes = true, isBack = false, isVouchedFor = false } = how;
  const keys = keysThatCount(world, ref, event.namespace, isVouchedFor);
  if (keys.length === 0) return { member: null };

  const [strongest, ...others] = ownersOf(world, keys);
  if (strongest === undefined || isSomebodyElse(world, keys, strongest)) {
    if (!makes) return { member: null };
    const free = keys.filter((key) => !world.identities.has(key));
    return { unsettled: createMember(world, event, { ref, keys: free, born, isBack }) };
  }

  const differ = isVouchedFor ? isOfAnother : contradict;
  const same = others.find((other) => !differ(world, strongest, other));
  if (same !== undefined) {
    const [into, from] = olderFirst(world, strongest, same);
    const merge: Effect = { type: 'member.merge', from, into, at: event.occurredAt };
    // One pair at a time: the follow-up sees the first two as one member.
    return { unsettled: accept([merge], [event]) };
  }

  const fresh = freshKeys(world, keys, strongest, isVouchedFor);
  if (fresh.length > 0) {
    const effects = fresh.map((key): Effect => ({ type: 'identity.attach', key, memberId: strongest }));
    return { unsettled: accept(effects, [event]) };
  }
  return { member: memberOf(world, strongest) };
}

/** Each once, strongest identity first. */
function ownersOf(world: World, keys: readonly IdentityKey[]): MemberId[] {
  const owners = keys.flatMap((key) => world.identities.get(key) ?? []);
  return [...new Set(owners)];
}

/**
 * The till names a card that nobody has yet, and the weaker identity beside it leads to somebody with another card: the phone was
 * lent, and the card is a member of its own.
 */
export function isSomebodyElse(world: World, keys: readonly IdentityKey[], owner: MemberId): boolean {
  const kinds = kindsOf(world, owner);
  const known = keys.findIndex((key) => world.identities.get(key) === owner);
  return keys.slice(0, known).some((key) => isOfTill(key) && kinds.has(kindOf(key)));
}

/** What this member is known by from now on. */
function freshKeys(
  world: World,
  keys: readonly IdentityKey[],
  owner: MemberId,
  isVouchedFor: boolean,
): IdentityKey[] {
  const kinds = kindsOf(world, owner);
  const hasRoom = isVouchedFor || phonesOf(world, owner) < phonesMax;
  return keys.filter((key) => {
    if (world.identities.has(key)) return false;
    if (isPhone(key)) return hasRoom;
    // A card named under the customer number that it belongs to replaces one that was lost.
    return isOfTill(key) || !kinds.has(kindOf(key));
  });
}

/** What is said of them would join two members, one of whom has a WeChat: it would be let into the other's points. */
export function wouldLetIn(world: World, keys: readonly IdentityKey[]): boolean {
  const [strongest, ...others] = ownersOf(world, keys);
  if (strongest === undefined) return false;
  const same = others.filter((other) => !contradict(world, strongest, other));
  return same.length > 0 && [strongest, ...same].some((id) => keysOfMember(world, id).some(isOpenid));
}

export function memberOf(world: World, memberId: MemberId): Member {
  const member = world.members.get(memberId);
  if (!member) throw new Error(`member ${memberId} owns an identity but was not loaded`);
  return member;
}

function olderFirst(world: World, one: MemberId, other: MemberId): [MemberId, MemberId] {
  const [a, b] = [memberOf(world, one), memberOf(world, other)];
  const isFirst = a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
  return isFirst ? [a.id, b.id] : [b.id, a.id];
}
