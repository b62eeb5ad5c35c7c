/** 期初转入: what a file says a member had in the system before. Posted once; it gives and wakes nothing, and takes nothing back. */
import type {
  AssociateId,
  IdentityKey,
  LotKey,
  Member,
  MemberId,
  MemberTold,
  MovedIn,
  OpenedAccount,
  Opening,
  Reason,
  StoredMoveId,
} from '../../../../schema/index.ts';
import type { Effect } from '../../effects.ts';
import { isRuled, rankOf } from '../../levels/rules.ts';
import { byHand, noStanding } from '../../levels/standing.ts';
import { standIn } from '../../members/stand-in.ts';
import { countOf } from '../../occasions/give.ts';
import { memberBound } from '../../triggers/member-bound.ts';
import { isHigher } from '../../slices/standings.ts';
import { movedRow, postParts, storedCause } from '../../stored/moves.ts';
import { noTag } from '../../tags/worn.ts';
import { pairKey, type World } from '../../world.ts';
import { lotFor, shopDay } from '../../money/lots.ts';

/** Told 0 says that there is none. */
export const toldOf = ({ points, principalFen, bonusFen }: MovedIn): [OpenedAccount, number][] => {
  const told = { points, principal: principalFen, bonus: bonusFen };
  return (Object.entries(told) as [OpenedAccount, number | undefined][]).flatMap(([account, amount]) =>
    amount === undefined ? [] : [[account, amount]],
  );
};

/** What was brought already, where it is not what is told; of two members who are one, either may be told again. */
export function differing(
  known: readonly Opening[],
  movedIn: MovedIn,
): { readonly account: OpenedAccount; readonly told: number; readonly known: number } | null {
  for (const [account, told] of toldOf(movedIn)) {
    const own = known.filter((row) => row.account === account);
    const [first] = own;
    if (first && !own.some(({ amount }) => amount === told)) return { account, told, known: first.amount };
  }
  return null;
}

/** A second, other amount is for a person to look at; it is looked for before anything is decided. */
export function openingMiss(
  world: World,
  { movedIn }: MemberTold,
  keys: readonly IdentityKey[],
): Reason | null {
  const owners = new Set(keys.flatMap((key) => world.identities.get(key) ?? []));
  const rows = [...owners].flatMap((owner) => world.openings.of(owner));
  const differs = movedIn === undefined ? null : differing(rows, movedIn);
  return differs && { code: 'OPENING_DIFFERS', ...differs };
}

export type MovingIn = { readonly member: Member; readonly effects: readonly Effect[] };

export function movingIn(world: World, event: MemberTold, member: Member): MovingIn {
  const { movedIn = {} } = event;
  const levelled = levelFor(world, event, member);
  const owned = ownerFor(world, movedIn, levelled.member);
  return {
    member: owned.member,
    effects: [
      ...posted(world, event, member),
      ...levelled.effects,
      ...owned.effects,
      ...tagged(world, member.id, movedIn.tags ?? []),
    ],
  };
}

function posted(world: World, { id, movedIn = {} }: MemberTold, { id: memberId, storeId }: Member): Effect[] {
  const on = shopDay(world.now);
  const known = openingsOf(world, memberId);
  const fresh = toldOf(movedIn).filter(
    ([account, amount]) => amount > 0 && !known.some((row) => row.account === account),
  );
  const of = (account: OpenedAccount): number => fresh.find(([one]) => one === account)?.[1] ?? 0;
  const effects = fresh.map(([account, amount]): Effect => ({
    type: 'opening.put',
    row: { memberId, account, amount, firstId: memberId, on },
  }));
  const posting = { memberId, at: world.now, storeId, overdraft: false };
  if (of('points') > 0)
    effects.push({
      ...posting,
      type: 'ledger.post',
      account: 'points',
      delta: of('points'),
      cause: `opening:${id}`,
      lot: openingLot(world, movedIn),
    });
  const parts = { principalFen: of('principal'), bonusFen: of('bonus') };
  if (parts.principalFen + parts.bonusFen > 0) {
    const moveId = `opened:${id}` as StoredMoveId;
    effects.push(
      movedRow({ id: moveId, memberId, storeId, act: 'opened', occurredAt: world.now, ...parts }),
      ...postParts({ ...posting, cause: storedCause(moveId) }, parts),
    );
  }
  return effects;
}

const openingsOf = (world: World, memberId: MemberId): readonly Opening[] => world.openings.of(memberId);

/** 积分批次: they end when the file says, or else by the shop's rule. They wait for nothing. */
function openingLot({ config, now }: World, { pointsLastOn, pointsFromOn }: MovedIn): LotKey {
  if (pointsLastOn !== undefined) return { lastOn: pointsLastOn, releaseOn: null };
  return lotFor(config.settings.points, pointsFromOn ?? shopDay(now), false);
}

/** 转入的等级 stands as one that was given by hand. Whoever has come further since keeps what she has. */
function levelFor(world: World, { data, movedIn }: MemberTold, member: Member): MovingIn {
  const { levels } = world.config.settings;
  const today = shopDay(world.now);
  const none = { member, effects: [] };
  const name = data.level ?? null;
  const rank = rankOf(levels, name);
  const told = movedIn?.levelLastOn;
  if (!isRuled(levels) || name === null || rank < 0 || (told !== undefined && told < today)) return none;
  const known = world.standings.get(member.id) ?? noStanding(member, levels);
  const row = byHand(levels, known, member, { name, lastOn: told, on: today });
  // By its name: the shop may have put a level between since.
  if (!isHigher(row, { ...known, rank: rankOf(levels, member.level) })) return none;
  const opened = {
    memberId: member.id,
    account: 'level',
    firstId: member.id,
    amount: rank,
    on: today,
  } as const;
  return {
    member: { ...member, level: name },
    effects: [
      { type: 'standing.put', row },
      { type: 'opening.put', row: opened },
    ],
  };
}

/** Who has served her since stays; to come with somebody is no reason for a gift, nor to find another later. */
function ownerFor(world: World, { associateId: told }: MovedIn, member: Member): MovingIn {
  // The import found her by this id; here only the type changes.
  const found = told === undefined ? undefined : world.associates.get(told as AssociateId);
  const associateId = standIn(world, found?.id ?? null);
  if (associateId === null || member.associateId !== null) return { member, effects: [] };
  const isCounted = (world.memberCounters.get(pairKey(member.id, memberBound.word))?.used ?? 0) > 0;
  const bound = countOf(memberBound, { memberId: member.id, occurrence: '' }, shopDay(world.now));
  return { member: { ...member, associateId }, effects: isCounted ? [] : [bound] };
}

function tagged(world: World, memberId: MemberId, tags: readonly string[]): Effect[] {
  return [...new Set(tags)].flatMap((tag): Effect[] => {
    const row = world.tags.get(pairKey(memberId, tag)) ?? noTag(memberId, tag);
    return row.manual || row.off ? [] : [{ type: 'tag.put', row: { ...row, manual: true } }];
  });
}
