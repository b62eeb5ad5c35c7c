/** 小票上的积分抵钱: finds what was spent for a receipt when its sale is told, and says where the two differ; it corrects neither. */
import {
  defaultTimezone,
  type CouponRef,
  type MemberId,
  type PointsDifference,
  type PointSpend,
  type SaleCompleted,
  type SaleId,
} from '../../../schema/index.ts';
import { askForNamed, redeemNamed } from '../coupons/use/named.ts';
import { refsOf } from '../coupons/use/receipt.ts';
import type { Effect } from '../effects.ts';
import type { Ask } from '../needs.ts';
import { localDate } from '../plain/dates.ts';
import type { World } from '../world.ts';

const toldFenOf = ({ data }: SaleCompleted): number =>
  data.payments.reduce((sum, { method, amountFen }) => sum + (method === 'points' ? amountFen : 0), 0);

/** A receipt that names neither points nor a cart asks for nothing: what was spent for its number stands under that already. */
function askForSpent(event: SaleCompleted, ask: Pick<Ask, 'rows'>): void {
  if (toldFenOf(event) === 0 && event.data.cartId == null) return;
  for (const ref of refsOf(event)) ask.rows('pointSpends', ref);
}

/** 券和积分 that a receipt says are used for it. */
export function askToUse(event: SaleCompleted, ask: Pick<Ask, 'coupon' | 'couponsFor' | 'rows'>): void {
  askForNamed(event, ask);
  askForSpent(event, ask);
}

/** `memberId` is whose receipt it is; null where nobody is named. */
export const useOn = (world: World, event: SaleCompleted, memberId: MemberId | null): Effect[] => [
  ...redeemNamed(world, event, memberId),
  ...settleSpent(world, event, memberId),
];

/** Coupons and points that a receipt has used, when its goods come back. */
export function askForUsed(saleId: SaleId, ask: Pick<Ask, 'rows' | 'couponsFor'>): void {
  ask.couponsFor(`sale:${saleId}`);
  ask.rows('pointSpends', `sale:${saleId}`);
}

function settleSpent(world: World, event: SaleCompleted, memberId: MemberId | null): Effect[] {
  const refs = refsOf(event);
  const ref: CouponRef = `sale:${event.saleId}`;
  const spends = [...world.pointSpends.values()].filter(
    ({ usedFor, undoneAt }) => undoneAt === null && refs.includes(usedFor),
  );
  return [
    ...spends
      .filter(({ usedFor }) => usedFor !== ref)
      .map((row): Effect => ({ type: 'point-spend.put', row: { ...row, usedFor: ref } })),
    ...tell(world, event, differenceOf(world, event, { spends, memberId })),
  ];
}

type Receipt = { readonly spends: readonly PointSpend[]; readonly memberId: MemberId | null };

/** A till may keep points of its own, or book them as a discount: only where this is on, and it names them, is anything looked at. */
function differenceOf(
  world: World,
  event: SaleCompleted,
  { spends, memberId }: Receipt,
): PointsDifference | null {
  const isHistory = event.isHistory === true || world.sales.get(event.saleId)?.isHistory === true;
  const toldFen = toldFenOf(event);
  if (isHistory || !world.config.settings.pointsAsMoney.on) return null;
  const spentFen = spends.reduce((sum, { offFen }) => sum + offFen, 0);
  if (memberId !== null && spends.some((one) => one.memberId !== memberId))
    return { reason: 'NOT_THEIRS', spentFen };
  if (toldFen === 0 || toldFen === spentFen) return null;
  if (spends.length === 0) return { reason: 'NOT_SPENT', toldFen };
  return { reason: 'AMOUNT_DIFFERS', toldFen, spentFen };
}

/** The shop is told once a day, not for each. */
function tell(world: World, { namespace }: SaleCompleted, difference: PointsDifference | null): Effect[] {
  if (difference === null) return [];
  const day = localDate(world.now, defaultTimezone);
  const note = {
    id: `points-differ/${namespace}/${day}`,
    kind: 'points.differ' as const,
    sourceId: namespace,
    text: `${day} 起有小票写的积分抵的钱和这里扣的积分对不上：两边都没有改动。是哪些单、差多少，见当天的事件；请提醒收银员先扣积分再收款。`,
    at: world.now,
  };
  return [
    { type: 'points.differ', difference },
    { type: 'alert.raise', note },
  ];
}
