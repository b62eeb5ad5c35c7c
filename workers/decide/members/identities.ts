/** 会员识别: one person, whichever of their identities the till sent. */
import {
  identityKinds,
  type DomainEvent,
  type IdentityKey,
  type IdentityKind,
  type Member,
  type MemberId,
  type MemberRef,
} from '../../../schema/index.ts';
import { accept, type Decision, type Effect } from '../effects.ts';
import { plainPhone } from '../plain/phones.ts';
import { drawCode } from '../plain/random.ts';
import { seedCause } from '../plain/causes.ts';
import { seedOf, type World } from '../world.ts';

/** What a till sends for "nobody": 银豹 says customerUid 0. */
const nobody = new Set(['', '0', '-1', 'null', 'none']);

/** Strongest first. The till's own number is unique only within its namespace. */
export function identityKeys(ref: MemberRef | null | undefined, namespace: string): IdentityKey[] {
  if (!ref) return [];
  const values: Record<IdentityKind, string | null> = {
    ext: ref.externalId ? `${namespace}:${ref.externalId}` : null,
    card: ref.cardNo ? `${namespace}:${ref.cardNo}` : null,
    unionid: ref.unionid ?? null,
    openid: ref.openid ?? null,
    phone: plainPhone(ref.phone),
  };
  if (nobody.has(ref.externalId ?? '')) values.ext = null;
  if (nobody.has(ref.cardNo ?? '')) values.card = null;
  const keys: IdentityKey[] = [];
  for (const kind of identityKinds) {
    const value = values[kind];
    // The kind is one of ours and the value is not empty, so this is an identity key.
    if (value) keys.push(`${kind}:${value}` as IdentityKey);
  }
  return keys;
}

/** `phone` or `ext:pos`: two till numbers contradict each other only within one namespace. */
function kindOf(key: IdentityKey): string {
  const [kind = '', namespace = ''] = key.split(':', 2);
  return kind === 'ext' || kind === 'card' ? `${kind}:${namespace}` : kind;
}

const kindsOf = (world: World, memberId: MemberId): Set<string> =>
  new Set([...(world.keysOf.get(memberId) ?? [])].map(kindOf));

/**
 * Two members are one person unless their identities contradict each other. A person may have two phones, but not two cards.
 */
export function contradict(world: World, one: MemberId, other: MemberId): boolean {
  const kinds = kindsOf(world, one);
  return [...kindsOf(world, other)].some((kind) => kind !== 'phone' && kinds.has(kind));
}

/** What a new member is made with, besides identities. */
type Born = Pick<Member, 'storeId' | 'associateId'> & {
  readonly children?: Member['children'];
  /** Since when they have been a member somewhere; without it, since the event. */
  readonly since?: number;
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
  born: Born = { storeId: null, associateId: null },
): SettledMember {
  const keys = identityKeys(ref, event.namespace);
  if (keys.length === 0) return { member: null };

  const owners: MemberId[] = [];
  for (const key of keys) {
    const owner = world.identities.get(key);
    if (owner !== undefined && !owners.includes(owner)) owners.push(owner);
  }
  const [strongest, ...others] = owners;
  if (strongest === undefined) return { unsettled: createMember(world, event, ref, keys, born) };

  const same = others.filter((other) => !contradict(world, strongest, other));
  if (same.length > 0) {
    const effects = same.map((other): Effect => {
      const [into, from] = olderFirst(world, strongest, other);
      return { type: 'member.merge', from, into, at: event.occurredAt };
    });
    // One pair at a time: the follow-up sees the first two as one member.
    return { unsettled: accept(effects.slice(0, 1), [event]) };
  }

  const kinds = kindsOf(world, strongest);
  const fresh = keys.filter(
    (key) => !world.identities.has(key) && (kindOf(key) === 'phone' || !kinds.has(kindOf(key))),
  );
  if (fresh.length > 0) {
    const effects = fresh.map((key): Effect => ({ type: 'identity.attach', key, memberId: strongest }));
    return { unsettled: accept(effects, [event]) };
  }
  return { member: memberOf(world, strongest) };
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

const memberCodeLength = 16;

function createMember(
  world: World,
  event: DomainEvent,
  ref: MemberRef | null | undefined,
  keys: readonly IdentityKey[],
  born: Born,
): Decision {
  // The prefix keeps member ids apart from other ids. A sale that is corrected to another new member has the same seed, so the
  // event id is part of the draw.
  const code = drawCode(seedOf(world, seedCause(event)), `member/${event.id}`, memberCodeLength);
  const id = `m_${code}` as MemberId;
  const since = born.since ?? event.occurredAt;
  const member: Member = {
    id,
    name: ref?.name ?? null,
    phone: plainPhone(ref?.phone),
    level: null,
    superUntil: null,
    associateId: born.associateId,
    storeId: born.storeId,
    orders: 0,
    spentFen: 0,
    firstAt: null,
    lastAt: null,
    createdAt: since,
    joinedAt: null,
    source: null,
    children: born.children ?? null,
    birthdayOn: null,
    mergedInto: null,
    deletedAt: null,
    version: 1,
  };
  const effects: Effect[] = [{ type: 'member.put', member }];
  for (const key of keys) effects.push({ type: 'identity.attach', key, memberId: id });
  // Whoever is read from a file was a customer before Huike knew them.
  if (event.isFromFile || event.isHistory) return accept(effects, [event]);
  const registered: DomainEvent = {
    type: 'member.registered',
    id: event.id,
    namespace: event.namespace,
    occurredAt: since,
    memberId: id,
    storeId: born.storeId,
    trigger: 'member.created',
    seedOf: seedCause(event),
  };
  return accept(effects, [registered, event]);
}
