/** 签到: once a day of the shop, with the points of that day. */
import type { MemberCheckedIn } from '../../../../schema/index.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import { checkInCause, checkInPoints, hasCheckedIn, streakWith } from '../../money/check-in.ts';
import { shopDay } from '../../money/lots.ts';
import { met } from '../../triggers/define.ts';
import { memberCheckedIn as checkedIn } from '../../triggers/member-checked-in.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const memberCheckedIn: On<MemberCheckedIn> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onMemberCheckedIn,
};

function onMemberCheckedIn(world: World, event: MemberCheckedIn): Decision {
  const { memberId, occurredAt } = event;
  const { checkIn } = world.config.settings;
  if (!checkIn.on) return refuse({ code: 'CHECK_IN_OFF' });
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const today = shopDay(occurredAt);
  const last = world.checkIns.get(memberId) ?? null;
  if (hasCheckedIn(last, today)) return refuse({ code: 'CHECKED_IN', streakDays: last.streakDays });
  const streakDays = streakWith(last, today);
  return accept(
    [
      // Raises the member's version: of two at once the second finds the day taken.
      { type: 'member.put', member },
      { type: 'check-in.put', row: { memberId, lastOn: today, streakDays } },
      {
        type: 'ledger.post',
        memberId,
        account: 'points',
        delta: checkInPoints(checkIn, streakDays),
        cause: checkInCause(today),
        at: occurredAt,
        overdraft: false,
      },
    ],
    met(checkedIn, event, member, { facts: { streakDays } }),
  );
}
