/** 收回活动: what a campaign gave for one cause is taken back as a return takes it; nothing else of the cause changes. */
import type { Grant, GrantWithdrawn, Member, Sale } from '../../../../schema/index.ts';
import { settleGrants, type SettledGrants } from '../../campaigns/settle-grants.ts';
import type { GrantContext } from '../../coupons/issue-coupon.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import { noLot } from '../../money/lots.ts';
import { recallPackets } from '../../money/recalls.ts';
import type { On } from '../define.ts';
import { withdraw } from '../../occasions/withdraw.ts';
import { known, type World } from '../../world.ts';

export const grantWithdrawn: On<GrantWithdrawn> = {
  needs({ cause, saleId, memberId }, ask) {
    ask.member(memberId);
    if (saleId === null) ask.granted(cause);
    else {
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
  const why = `takeback:${campaignId}/${cause}`;
  const settled = sale
    ? ofSale(world, sale, { member, prior, why, at: occurredAt })
    : withdraw(world, [prior], {
        member,
        why,
        seedOf: event.id,
        at: occurredAt,
        storeId: null,
        marks: event.marks,
      });
  return accept([
    // Raises the member's version: whoever spends it at this moment looks again.
    { type: 'member.put', member },
    ...settled.effects,
    ...(sale ? recallPackets(world, sale, settled, 'withdrawn') : []),
  ]);
}

type OfSale = { readonly member: Member; readonly prior: Grant; readonly why: string; readonly at: number };

/** Points of a sale go from its own lot, as with a return. */
function ofSale(world: World, sale: Sale, { member, prior, why, at }: OfSale): SettledGrants {
  const context: GrantContext = {
    cause: prior.cause,
    seedOf: sale.id,
    memberId: member.id,
    saleId: sale.id,
    storeId: sale.storeId,
    occurredAt: prior.at,
    on: sale.occurredOn,
  };
  const change = { campaignId: prior.campaignId, prior, due: undefined };
  const lot = sale.pointsLot ?? noLot;
  return settleGrants(world, context, [change], {
    cause: why,
    at,
    storeId: sale.storeId,
    base: {},
    isMoved: false,
    marks: sale.marks,
    lot,
  });
}
