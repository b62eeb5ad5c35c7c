/** 拆开合并: what a merger joined goes back to each as it was; what came since stays with the one who stayed. */
import type { Account, Member, Merger } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import type { Effect } from '../effects.ts';
import { partLots, pointsIn } from '../money/lot-list.ts';
import { isOver, noLot, shopDay } from '../money/lots.ts';
import { attach, placeLots, postTo } from '../money/post.ts';
import { isSame } from '../plain/same.ts';
import { splitRows } from '../slices/fold.ts';
import { headOf, known, type World } from '../world.ts';

/** The account from which more has been spent since than is left to give back; null where there is none. */
export function shortOf(
  world: World,
  { intoId, parted }: Pick<Merger, 'intoId' | 'parted'>,
): { readonly account: Account; readonly have: number; readonly need: number } | null {
  for (const [account, need] of balancesNow(world, parted)) {
    const have = headOf(world, intoId, account).balance;
    if (need > 0 && have < need) return { account, have, need };
  }
  return null;
}

/** What is to go back: not what has ended since, for it is gone from the survivor as it would be from the other. */
function balancesNow(world: World, { balances, lots }: Merger['parted']): Merger['parted']['balances'] {
  const today = shopDay(world.now);
  const over = pointsIn(lots.from.filter((lot) => isOver(lot, today)));
  return balances.map(([account, balance]) => [account, account === 'points' ? balance - over : balance]);
}

/** Apply moves the rows back that were not loaded. */
export function split(
  world: World,
  changes: Changes,
  { from, into, at }: Extract<Effect, { type: 'member.split' }>,
): void {
  const { parted } = known(world.mergers.get(from), from);
  const survivor = known(world.members.get(into), into);
  world.members.set(into, partedOf(survivor, parted));
  world.members.set(from, parted.from);
  changes.members.add(from).add(into);
  changes.splits.push({ from, into });

  for (const key of parted.keys) {
    if (world.identities.get(key) !== into) continue;
    world.keysOf.get(into)?.delete(key);
    attach(world, changes, key, from);
  }
  const cause = `split:${from}/${into}`;
  const { lots } = headOf(world, into, 'points');
  for (const [account, balance] of balancesNow(world, parted)) {
    if (balance === 0) continue;
    // What comes back to an account is no income of it.
    const back = { account, cause, at, overdraft: balance < 0, isReversal: true, lot: noLot };
    postTo(world, changes, { ...back, memberId: into, delta: -balance });
    postTo(world, changes, { ...back, memberId: from, delta: balance });
  }
  placeLots(world, changes, into, partLots(lots, parted.lots));
  placeLots(world, changes, from, parted.lots.from);
  splitRows(world, changes, into, parted.rows);
  world.mergers.delete(from);
}

/** What is still as the merger left it becomes what it was; what was told since stays. */
function partedOf(now: Member, { from, into, joined }: Merger['parted']): Member {
  const fields = Object.entries(into).map(([name, before]) => {
    const field = name as keyof Member;
    return [name, isSame(now[field], joined[field]) ? before : now[field]];
  });
  // Every field of a member has its own value.
  const told = Object.fromEntries(fields) as Member;
  return {
    ...told,
    orders: now.orders - from.orders,
    spentFen: now.spentFen - from.spentFen,
    version: now.version,
  };
}
