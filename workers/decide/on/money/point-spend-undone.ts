/** 撤销积分抵钱: what of it did not come back yet goes into the lots that it was taken from. */
import type { PointSpendUndone } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { backOf, openOf, spentCause } from '../../points/given-back.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const pointSpendUndone: On<PointSpendUndone> = {
  needs({ memberId, ref }, ask) {
    ask.member(memberId);
    ask.rows('pointSpends', ref);
  },
  decide: onPointSpendUndone,
};

function onPointSpendUndone(world: World, { memberId, ref, occurredAt: at }: PointSpendUndone): Decision {
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const spend = world.pointSpends.get(ref);
  // Whose else it is, nobody who asks for her learns.
  if (spend?.memberId !== memberId) return refuse({ code: 'POINT_SPEND', miss: { reason: 'UNKNOWN_SPEND' } });
  // The goods came back before, and the points with them.
  if (spend.undoneAt !== null || openOf(spend) === 0) return ignore({ code: 'NOTHING_NEW', about: 'points' });
  const cause = spentCause(spend).replace('points-paid:', 'points-back:');
  return accept(backOf(world, spend, { points: openOf(spend), cause, at }, { undoneAt: at }));
}
