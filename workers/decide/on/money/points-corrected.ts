/** 手工调整积分: the office adds or takes points, with a reason; never below zero. */
import type { PointsCorrected } from '../../../../schema/index.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import type { On } from '../define.ts';
import { headOf, type World } from '../../world.ts';

export const pointsCorrected: On<PointsCorrected> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onPointsCorrected,
};

function onPointsCorrected(world: World, event: PointsCorrected): Decision {
  const member = world.members.get(event.memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const { balance } = headOf(world, member.id, 'points');
  if (balance + event.delta < 0) return refuse({ code: 'POINTS_SHORT', have: balance, need: -event.delta });
  return accept([
    // Raises the member's version: of two corrections at once the second looks at what the first has left.
    { type: 'member.put', member },
    {
      type: 'ledger.post',
      memberId: member.id,
      account: 'points',
      delta: event.delta,
      cause: `correction:${event.id}`,
      at: event.occurredAt,
      overdraft: false,
    },
  ]);
}
