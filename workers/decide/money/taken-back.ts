/** 收回: what of a grant comes back when its campaign is taken back, and what was spent, used or sent before and stays. */
import type { Account, Coupon, Grant, TakenBack } from '../../../schema/index.ts';
import { coupons, heldCoupons } from '../awards/coupons.ts';
import type { PostingAward, Settling } from '../awards/define.ts';
import { postable, postedTo } from '../awards/index.ts';
import { payoutAccount, underWayFenOf } from './recalls.ts';

export const takebackId = (campaignId: string, cause: string): string => `takeback:${campaignId}:${cause}`;

/** `shorts`: by kind, what should have come back and did not. */
export function takenBackOf(
  { world, context, at }: Settling,
  { campaignId, cause, awards: held }: Grant,
  shorts: ReadonlyMap<PostingAward, number> | undefined,
): TakenBack {
  const of = (account: Account): { readonly back: number; readonly kept: number } => {
    let [had, kept] = [0, 0];
    for (const award of postedTo(account)) {
      had += postable(held[award.kind]);
      kept += shorts?.get(award) ?? 0;
    }
    return { back: had - kept, kept };
  };
  const numberOf = (state: Coupon['state']): number =>
    heldCoupons(held[coupons.kind]).filter(([id]) => {
      const coupon = world.coupons.get(id);
      return coupon?.memberId === context.memberId && coupon.state === state;
    }).length;
  const [points, wallet] = [of('points'), of(payoutAccount)];
  const underWayFen = Math.min(wallet.kept, underWayFenOf(world, context.saleId, campaignId));
  return {
    id: takebackId(campaignId, cause),
    campaignId,
    memberId: context.memberId,
    cause,
    at,
    points: points.back,
    pointsKept: points.kept,
    growth: of('growth').back,
    coupons: numberOf('issued'),
    couponsKept: numberOf('used'),
    walletFen: wallet.back,
    walletKeptFen: wallet.kept - underWayFen,
    underWayFen,
    toldAt: null,
  };
}
