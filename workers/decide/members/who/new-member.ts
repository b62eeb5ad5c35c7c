/** 新会员: somebody whom no identity of the event leads to anybody known. */
import type { DomainEvent, Fan, IdentityKey, Member, MemberId, MemberRef } from '../../../../schema/index.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import { seedCause } from '../../plain/causes.ts';
import { plainPhone } from '../../plain/phones.ts';
import { drawCode } from '../../plain/random.ts';
import { met } from '../../triggers/define.ts';
import { memberCreated } from '../../triggers/member-created.ts';
import { seedOf, type World } from '../../world.ts';
import { standIn } from '../stand-in.ts';
import { isOpenid, phoneKey, valueOf } from './identity-keys.ts';

/** What a new member is made with, besides identities: all that gifts for newcomers may ask after. */
export type Born = Partial<
  Pick<Member, 'storeId' | 'associateId' | 'sellerId' | 'children' | 'level' | 'superUntil' | 'birthdayOn'>
> & {
  /** Since when they have been a member somewhere; without it, since the event. */
  readonly since?: number;
};

const memberCodeLength = 16;

type Newcomer = {
  readonly ref: MemberRef | null | undefined;
  readonly keys: readonly IdentityKey[];
  readonly born: Born;
  /** Was a member before, under other numbers: nothing is given to newcomers a second time. */
  readonly isBack: boolean;
};

export function createMember(world: World, event: DomainEvent, newcomer: Newcomer): Decision {
  const { ref, keys, born, isBack } = newcomer;
  // The prefix keeps member ids apart from other ids. A sale that is corrected to another new member has the same seed, so the
  // event id is part of the draw.
  const code = drawCode(seedOf(world, seedCause(event)), `member/${event.id}`, memberCodeLength);
  const id = `m_${code}` as MemberId;
  const phone = plainPhone(ref?.phone);
  const since = born.since ?? event.occurredAt;
  const fan = fanAmong(world, keys);
  const member: Member = {
    id,
    name: ref?.name ?? null,
    // A number that somebody else answers to is not this person's.
    phone: phone !== null && keys.includes(phoneKey(phone)) ? phone : null,
    level: born.level ?? null,
    superUntil: born.superUntil ?? null,
    associateId: born.associateId ?? standIn(world, fan?.associateId ?? null),
    sellerId: born.sellerId ?? null,
    storeId: born.storeId ?? fan?.storeId ?? null,
    orders: 0,
    spentFen: 0,
    firstAt: null,
    lastAt: null,
    salesInHour: 0,
    createdAt: since,
    joinedAt: null,
    source: null,
    children: born.children ?? null,
    birthdayOn: born.birthdayOn ?? null,
    mergedInto: null,
    deletedAt: null,
    version: 1,
  };
  const effects: Effect[] = [{ type: 'member.put', member }];
  for (const key of keys) effects.push({ type: 'identity.attach', key, memberId: id });
  // Whoever is read from a file was a customer before Huike knew them.
  const created = isBack ? [] : met(memberCreated, event, member, { occurredAt: since });
  return accept(effects, [...created, event]);
}

/** 关注者: a follower who is first told of by a till keeps whose code they scanned. */
function fanAmong({ fans }: World, keys: readonly IdentityKey[]): Fan | null {
  const key = keys.find(isOpenid);
  return key === undefined ? null : (fans.get(valueOf(key)) ?? null);
}
