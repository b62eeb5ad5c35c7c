/**
 * 开通、续费超级会员: once for each number, from the later of now and her end. It is no sale and earns no points; what it gives,
 * campaigns say.
 */
import type { SuperMembership, SuperMembershipBought, SuperMiss } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { newStore } from '../../sales/new-store.ts';
import { numberIn } from '../../super/end.ts';
import { farthest, spanOf } from '../../super/spans.ts';
import { met } from '../../triggers/define.ts';
import { superMembershipBought as trigger } from '../../triggers/super-membership-bought.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const superMembershipBought: On<SuperMembershipBought> = {
  needs({ memberId, membershipId }, ask) {
    ask.member(memberId);
    ask.rows('superMemberships', membershipId);
  },
  decide: onSuperMembershipBought,
};

function onSuperMembershipBought(world: World, event: SuperMembershipBought): Decision {
  const { membershipId, memberId, storeId, occurredAt } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const known = world.superMemberships.get(membershipId);
  if (known) return askedAgain(known, event);
  const sold = soldOf(world, event, member.superUntil);
  if ('reason' in sold) return refuse({ code: 'SUPER', miss: sold });
  const put = { ...member, superUntil: sold.untilAt };
  const happened = { occurrence: membershipId, facts: { plan: sold.plan }, storeId };
  return accept(
    [
      ...newStore(world, { id: storeId }),
      { type: 'member.put', member: put },
      { type: 'super-membership.put', row: sold },
    ],
    met(trigger, event, put, { ...happened, occurredAt }),
  );
}

function soldOf(
  { config, now }: World,
  { membershipId, memberId, storeId, plan: name, paidFen, occurredAt }: SuperMembershipBought,
  superUntil: number | null,
): SuperMembership | SuperMiss {
  const plan = config.settings.superMembership.plans.find((one) => one.name === name);
  if (!plan) return { reason: 'UNKNOWN_PLAN' };
  const { priceFen, refund, refundWithinDays } = plan;
  if (paidFen !== null && paidFen !== priceFen)
    return { reason: 'AMOUNT_DIFFERS', toldFen: paidFen, dueFen: priceFen };
  const span = spanOf(plan, superUntil, occurredAt, timezoneOf(config, storeId));
  const most = farthest(now);
  if (span.untilAt > most) return { reason: 'TOO_FAR', until: span.untilAt, most };
  return {
    id: membershipId,
    memberId,
    storeId,
    plan: name,
    paidFen: priceFen,
    refund,
    refundWithinDays,
    soldAt: occurredAt,
    ...span,
    beforeAt: superUntil,
    endedAt: null,
    endedAs: null,
    backFen: 0,
  };
}

/** What it costs may be another by now; what was sold is what it was then. */
function askedAgain(known: SuperMembership, event: SuperMembershipBought): Decision {
  const { memberId, plan, storeId } = event;
  const isSame = known.memberId === memberId && known.plan === plan && known.storeId === storeId;
  return isSame
    ? ignore({ code: 'SUPER_KNOWN', number: numberIn(known.id) })
    : refuse({ code: 'SUPER', miss: { reason: 'NUMBER_TAKEN' } });
}
