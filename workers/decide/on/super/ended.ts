/** 撤销、退超级会员: it ends there and then, with what was given for it and the coupons that were to end with it. */
import type { Coupon, MemberId, SuperMembership, SuperMembershipEnded } from '../../../../schema/index.ts';
import { heldCoupons } from '../../awards/coupons.ts';
import { timezoneOf } from '../../config.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import { withdraw } from '../../occasions/withdraw.ts';
import { backFor, isStanding, numberIn } from '../../super/end.ts';
import { endsEarly } from '../../super/ends-early.ts';
import { untilWithout } from '../../super/spans.ts';
import { causeOf } from '../../triggers/define.ts';
import { superMembershipBought as trigger } from '../../triggers/super-membership-bought.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const superMembershipEnded: On<SuperMembershipEnded> = {
  needs(event, ask) {
    ask.member(event.memberId);
    ask.rows('superMemberships', event.membershipId);
    ask.granted(giftCause(event));
  },
  decide: onSuperMembershipEnded,
};

/** What was given for it stands under its number. */
const giftCause = ({ membershipId }: Pick<SuperMembershipEnded, 'membershipId'>): string =>
  causeOf(trigger, { memberId: '' as MemberId, occurrence: membershipId });

function onSuperMembershipEnded(world: World, event: SuperMembershipEnded): Decision {
  const { membershipId, occurredAt: at, as } = event;
  const row = world.superMemberships.get(membershipId);
  if (!row || row.memberId !== event.memberId)
    return refuse({ code: 'SUPER', miss: { reason: 'UNKNOWN_MEMBERSHIP' } });
  if (row.endedAs === as) return ignore({ code: 'SUPER_KNOWN', number: numberIn(row.id) });
  const all = world.superMemberships.of(row.memberId);
  const timezone = timezoneOf(world.config, row.storeId);
  const dueFen = backFor(row, { as, at, timezone, all, gifts: giftsOf(world, event) });
  if (typeof dueFen !== 'number') return refuse({ code: 'SUPER', miss: dueFen });
  const toldFen = event.backFen ?? dueFen;
  if (toldFen !== dueFen)
    return refuse({ code: 'SUPER', miss: { reason: 'AMOUNT_DIFFERS', toldFen, dueFen } });
  return accept(ended(world, event, row, dueFen, all));
}

function ended(
  world: World,
  event: SuperMembershipEnded,
  row: SuperMembership,
  backFen: number,
  all: readonly SuperMembership[],
) {
  const { occurredAt: at, as } = event;
  const { memberId, storeId, id } = row;
  const member = memberOf(world, memberId);
  const others = all.filter((one) => one.id !== id && isStanding(one));
  const asked = { superUntil: member.superUntil, others, at, isUndone: as === 'undone' };
  const after = { ...member, superUntil: untilWithout(row, asked) };
  const held = (world.grants.get(giftCause(event)) ?? []).filter(({ times }) => times > 0);
  const why = `super-ended:${id}`;
  const gifts = withdraw(world, held, { member: after, why, seedOf: event.id, at, storeId, marks: {} });
  return [
    { type: 'member.put', member: after } as const,
    { type: 'super-membership.put', row: { ...row, endedAt: at, endedAs: as, backFen } } as const,
    ...gifts.effects,
    ...endsEarly(world.config, member, after, at),
  ];
}

const giftsOf = (world: World, event: SuperMembershipEnded): Coupon[] =>
  (world.grants.get(giftCause(event)) ?? []).flatMap(({ awards }) =>
    heldCoupons(awards['coupons']).flatMap(([id]) => world.coupons.get(id) ?? []),
  );
