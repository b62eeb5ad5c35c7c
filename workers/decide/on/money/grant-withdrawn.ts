/** 收回活动: what a campaign gave for one cause is taken back as a return takes it; nothing else of the cause changes. */
import type { GrantWithdrawn, Marks, MemberId, Sale, StoreId } from '../../../../schema/index.ts';
import { settleGrants } from '../../campaigns/settle-grants.ts';
import type { GrantContext } from '../../coupons/issue-coupon.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import { noLot } from '../../money/lots.ts';
import { recallPackets } from '../../money/recalls.ts';
import type { On } from '../define.ts';
import { headOf, known, type World } from '../../world.ts';

export const grantWithdrawn: On<GrantWithdrawn> = {
  needs({ cause, saleId, memberId, couponIds }, ask) {
    ask.member(memberId);
    if (saleId === null) {
      ask.granted(cause);
      for (const id of couponIds) ask.coupon(id);
    } else {
      ask.sale(saleId);
      ask.deep();
    }
  },
  decide: onGrantWithdrawn,
};

/** Under another name the member may have been made one with somebody: then who has it now is asked for again. */
function onGrantWithdrawn(world: World, event: GrantWithdrawn): Decision {
  const { campaignId, cause, saleId, occurredAt } = event;
  const prior = world.grants.get(cause)?.find((grant) => grant.campaignId === campaignId);
  // A return that came first has taken it.
  if (!prior || prior.times === 0) return ignore({ code: 'NOTHING_NEW', about: 'grant' });
  const sale = saleId === null ? null : known(world.sales.get(saleId), saleId);
  const member = memberOf(world, sale?.memberId ?? event.memberId);
  if (member.mergedInto !== null) throw new Error(`member ${member.id} was merged meanwhile`);
  const context: GrantContext = {
    cause,
    seedOf: saleId ?? event.id,
    memberId: member.id,
    saleId,
    storeId: sale?.storeId ?? ('' as StoreId),
    occurredAt: prior.at,
    on: sale?.occurredOn ?? prior.grantedOn,
  };
  const settled = settleGrants(world, context, [{ campaignId, prior, due: undefined }], {
    cause: `takeback:${campaignId}/${cause}`,
    at: occurredAt,
    storeId: sale?.storeId ?? null,
    base: {},
    isMoved: false,
    marks: marksOf(world, event, { sale, memberId: member.id }),
    // Points of a sale go from its own lot, as with a return.
    ...(sale && { lot: sale.pointsLot ?? noLot }),
  });
  return accept([
    // Raises the member's version: whoever spends it at this moment looks again.
    { type: 'member.put', member },
    ...settled.effects,
    ...(sale ? recallPackets(world, sale, settled, 'withdrawn') : []),
  ]);
}

/** Where nobody can say any more what came after it, all that is there may be what was given. */
function marksOf(
  world: World,
  { marks }: GrantWithdrawn,
  { sale, memberId }: { readonly sale: Sale | null; readonly memberId: MemberId },
): Marks {
  if (sale) return sale.marks;
  const creditedOf = (account: 'points' | 'wallet'): number =>
    marks[account] ?? headOf(world, memberId, account).credited;
  return { points: creditedOf('points'), wallet: creditedOf('wallet') };
}
