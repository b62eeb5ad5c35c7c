/** 花积分 at a counter: what ends first is spent first, and no more than there is. */
import type { PointsSpent } from '../../../../schema/index.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import { spendPoints } from '../../money/spend.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const pointsSpent: On<PointsSpent> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onPointsSpent,
};

function onPointsSpent(world: World, { id, memberId, points, occurredAt }: PointsSpent): Decision {
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const spent = spendPoints(world, { memberId, points, cause: `spent:${id}`, at: occurredAt });
  if ('refusal' in spent) return refuse(spent.refusal);
  // Raises the member's version: of two that spend at once the second looks at what the first has left.
  return accept([{ type: 'member.put', member }, ...spent.effects]);
}
