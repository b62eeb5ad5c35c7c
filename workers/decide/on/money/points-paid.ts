/** 积分抵钱: a part of a receipt is paid with points, once for each receipt; every limit is looked at once more here. */
import type { PointSpend, PointsPaid } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { heldPoints } from '../../money/held.ts';
import { spendPoints } from '../../money/spend.ts';
import { offFenOf, spendMiss } from '../../points/as-money.ts';
import { spentCause } from '../../points/given-back.ts';
import type { On } from '../define.ts';
import { headOf, type World } from '../../world.ts';

export const pointsPaid: On<PointsPaid> = {
  needs({ memberId, ref }, ask) {
    ask.member(memberId);
    ask.rows('pointSpends', ref);
  },
  decide: onPointsPaid,
};

function onPointsPaid(world: World, event: PointsPaid): Decision {
  const { memberId, ref, storeId, points, payableFen, by, occurredAt: at } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const known = world.pointSpends.get(ref);
  if (known?.undoneAt === null)
    return isSame(known, event)
      ? ignore({ code: 'NOTHING_NEW', about: 'points' })
      : refuse({
          code: 'POINT_SPEND',
          miss: { reason: 'ALREADY_SPENT', points: known.points, offFen: known.offFen },
        });
  const rules = world.config.settings.pointsAsMoney;
  const { spendable } = heldPoints(headOf(world, memberId, 'points'), world.now);
  const miss = spendMiss(rules, spendable, { points, payableFen });
  if (miss) return refuse({ code: 'POINT_SPEND', miss });
  const turn = (known?.turn ?? 0) + 1;
  const cause = spentCause({ id: ref, turn });
  const spent = spendPoints(world, { memberId, points, cause, at, storeId });
  if ('refusal' in spent) return refuse(spent.refusal);
  const row: PointSpend = {
    id: ref,
    memberId,
    storeId,
    usedFor: known?.usedFor ?? ref,
    points,
    payableFen,
    offFen: offFenOf(rules, points),
    taken: spent.taken,
    backPoints: 0,
    turn,
    at,
    by,
    undoneAt: null,
  };
  return accept([
    // Raises the member's version: of two that spend at once the second looks at what the first has left.
    { type: 'member.put', member },
    ...spent.effects,
    { type: 'point-spend.put', row },
  ]);
}

const isSame = (known: PointSpend, { memberId, storeId, points, payableFen }: PointsPaid): boolean =>
  known.memberId === memberId &&
  known.storeId === storeId &&
  known.points === points &&
  known.payableFen === payableFen;
