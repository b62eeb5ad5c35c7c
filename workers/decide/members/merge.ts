/** 合并会员: two members turn out to be one person, and the survivor gets everything that both had. */
import { accounts, type Account, type Member } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import type { Effect } from '../effects.ts';
import { joinLots } from '../money/lot-list.ts';
import { noLot } from '../money/lots.ts';
import { attach, placeLots, postOver, postTo } from '../money/post.ts';
import { noStanding } from '../levels/standing.ts';
import { mergeRows } from '../slices/fold.ts';
import { isHigher } from '../slices/standings.ts';
import { headOf, known, type World } from '../world.ts';
import { childrenWith } from './children.ts';

/** Moves every row that the world holds from `from` to `into`; apply moves the rows that were not loaded. */
export function merge(
  world: World,
  changes: Changes,
  { from, into, at }: Extract<Effect, { type: 'member.merge' }>,
): void {
  const loser = known(world.members.get(from), from);
  const survivor = known(world.members.get(into), into);
  const isTouched =
    changes.members.has(from) || [...changes.sales].some((id) => world.sales.get(id)?.memberId === from);
  const joined = { ...joinedOf(survivor, loser), level: levelOfBoth(world, survivor, loser) };
  const keys = [...(world.keysOf.get(from) ?? [])];
  world.members.set(into, joined);
  // Nothing personal stays with the one who is no more: a deletion would not find it there.
  const emptied = {
    name: null,
    phone: null,
    children: null,
    birthdayOn: null,
    source: null,
    associateId: null,
    sellerId: null,
  };
  world.members.set(from, { ...loser, ...emptied, orders: 0, spentFen: 0, mergedInto: into });
  changes.members.add(from).add(into);

  for (const key of keys) attach(world, changes, key, into);
  world.keysOf.delete(from);
  // What is over is over for each of them, and not for both.
  for (const id of [from, into]) postOver(world, changes, id);
  const lots = { from: headOf(world, from, 'points').lots, into: headOf(world, into, 'points').lots };
  const balances: [Account, number][] = [];
  for (const account of accounts) {
    const { balance } = headOf(world, from, account);
    if (balance === 0) continue;
    balances.push([account, balance]);
    const cause = `merge:${from}/${into}`;
    const overdraft = balance < 0;
    const both = { account, cause, at, overdraft, lot: noLot };
    postTo(world, changes, { ...both, memberId: from, delta: -balance });
    postTo(world, changes, { ...both, memberId: into, delta: balance });
  }
  const joinedLots = placeLots(world, changes, into, joinLots(lots.into, lots.from));
  placeLots(world, changes, from, []);
  moveNamed(world, from, into);
  const rows = mergeRows(world, changes, from, into);
  const parted = {
    from: loser,
    into: survivor,
    joined,
    keys,
    balances,
    lots: { ...lots, joined: joinedLots },
    rows,
  };
  changes.merges.push({ from, into, parted: isTouched ? null : parted });
}

/** What names them besides as its owner. */
function moveNamed(world: World, from: Member['id'], into: Member['id']): void {
  for (const sale of world.sales.values()) {
    if (sale.memberId === from) world.sales.set(sale.id, { ...sale, memberId: into });
  }
  for (const coupon of world.coupons.values()) {
    if (coupon.passedBy === from) world.coupons.set(coupon.id, { ...coupon, passedBy: into });
  }
  for (const row of world.referrals.values()) {
    if (row.inviteeId === from) world.referrals.set(row.id, { ...row, inviteeId: into });
  }
}

const joinedOf = (survivor: Member, loser: Member): Member => ({
  ...survivor,
  name: survivor.name ?? loser.name,
  phone: phoneOf(survivor, loser),
  superUntil: later(survivor.superUntil, loser.superUntil),
  associateId: survivor.associateId ?? loser.associateId,
  sellerId: survivor.sellerId ?? loser.sellerId,
  storeId: survivor.storeId ?? loser.storeId,
  orders: survivor.orders + loser.orders,
  spentFen: survivor.spentFen + loser.spentFen,
  createdAt: Math.min(survivor.createdAt, loser.createdAt),
  joinedAt: earlier(survivor.joinedAt, loser.joinedAt),
  source: survivor.source ?? loser.source,
  children: childrenWith(survivor.children, loser.children ?? []),
  birthdayOn: survivor.birthdayOn ?? loser.birthdayOn,
  firstAt: earlier(survivor.firstAt, loser.firstAt),
  lastAt: later(survivor.lastAt, loser.lastAt),
});

/** With the standing that the two are going to have. */
function levelOfBoth({ standings, config }: World, survivor: Member, loser: Member): string | null {
  const of = (member: Member) => standings.get(member.id) ?? noStanding(member, config.settings.levels);
  const isTheirs = survivor.level === null || isHigher(of(loser), of(survivor));
  return isTheirs ? (loser.level ?? survivor.level) : survivor.level;
}

/** A phone that a code proved outlives one that a till told. */
function phoneOf(survivor: Member, loser: Member): string | null {
  const isProven = loser.joinedAt !== null && survivor.joinedAt === null;
  return isProven ? (loser.phone ?? survivor.phone) : (survivor.phone ?? loser.phone);
}

const later = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);
const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
