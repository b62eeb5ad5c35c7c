/** 退回抵钱的积分: what of a spend comes back, by undoing it or with the goods, once whichever comes first. */
import type { LotPoints, PointSpend, Sale, SaleLine, StoreId } from '../../../schema/index.ts';
import { noChanges } from '../changes.ts';
import type { Effect } from '../effects.ts';
import { postTo } from '../money/post.ts';
import { giveBackPoints } from '../money/spend.ts';
import { keptFenOf } from '../sales/remaining.ts';
import type { World } from '../world.ts';

export const openOf = ({ points, backPoints }: PointSpend): number => points - backPoints;

export const spentCause = ({ id, turn }: Pick<PointSpend, 'id' | 'turn'>): string =>
  `points-paid:${id}${turn > 1 ? `@${turn}` : ''}`;

type Back = {
  readonly points: number;
  readonly cause: string;
  readonly at: number;
  /** Where the goods came back; where they were paid, unless said. */
  readonly storeId?: StoreId;
};

/** `row` is what else becomes of it. Of somebody who was forgotten nothing moves any more. */
export function backOf(
  world: World,
  spend: PointSpend,
  { points, cause, at, storeId = spend.storeId }: Back,
  row: Partial<PointSpend> = {},
): Effect[] {
  const member = world.members.get(spend.memberId);
  if (!member || member.deletedAt !== null) return [];
  const taken = lastOf(spend, points);
  return [
    { type: 'member.put', member },
    ...giveBackPoints(world, { memberId: member.id, taken, cause, at, storeId }),
    { type: 'point-spend.put', row: { ...spend, backPoints: spend.backPoints + points, ...row } },
  ];
}

/** As if so many fewer had been spent: what was taken last comes back first. */
function lastOf({ taken, backPoints }: PointSpend, points: number): LotPoints[] {
  let isBack = backPoints;
  let open = points;
  const back: LotPoints[] = [];
  for (const lot of taken.toReversed()) {
    const there = Math.max(0, lot.points - isBack);
    isBack -= lot.points - there;
    const amount = Math.min(open, there);
    open -= amount;
    if (amount > 0) back.push({ ...lot, points: amount });
  }
  return back;
}

type Return = {
  readonly sale: Sale;
  /** What is left of it. */
  readonly left: readonly SaleLine[];
  readonly cause: string;
  readonly at: number;
  readonly storeId: StoreId;
};

/** 退货, 作废: with all goods all points, with a part of what was paid the same part of them, rounded down until the last comes back. */
export function giveBackSpent(world: World, { sale, left, cause, at, storeId }: Return): Effect[] {
  const spends = [...world.pointSpends.values()].filter(({ usedFor }) => usedFor === `sale:${sale.id}`);
  const sold = world.lines.get(sale.id) ?? [];
  return spends.flatMap((spend) => {
    const points = Math.max(0, dueOf(spend, { sold, left }) - spend.backPoints);
    return points === 0 ? [] : backOf(world, spend, { points, cause: `points-back:${cause}`, at, storeId });
  });
}

type Goods = { readonly sold: readonly SaleLine[]; readonly left: readonly SaleLine[] };

function dueOf({ points }: PointSpend, { sold, left }: Goods): number {
  const [soldFen, keptFen] = [keptFenOf(sold), keptFenOf(left)];
  if (!left.some(hasGoods) || (soldFen > 0 && keptFen === 0)) return points;
  const backFen = Math.max(0, soldFen - keptFen);
  return soldFen === 0 ? 0 : Number((BigInt(points) * BigInt(backFen)) / BigInt(soldFen));
}

/** A gift that stays behind holds nobody's points. */
const hasGoods = ({ kind, quantityMilli }: SaleLine): boolean =>
  kind !== 'exchange_in' && kind !== 'gift' && quantityMilli > 0;

/** What else follows from the same event finds these points on the account: a return takes from them what its goods had earned. */
export function afterBack(world: World, effects: readonly Effect[]): World {
  if (effects.length === 0) return world;
  const after: World = { ...world, heads: new Map(world.heads) };
  for (const effect of effects) if (effect.type === 'ledger.post') postTo(after, noChanges(), effect);
  return after;
}
