/** 积分到期: told of a day on which points of a member end: before it she is told, after it what is over is posted. */
import { defaultTimezone, type PointsDue } from '../../../../schema/index.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { endingIn, heldPoints } from '../../money/held.ts';
import { overOf, shopDay } from '../../money/lots.ts';
import { addDays } from '../../plain/dates.ts';
import { whenAwake } from '../../plain/quiet.ts';
import type { On } from '../define.ts';
import { lastHeadOf, openidOf, type World } from '../../world.ts';

export const pointsDue: On<PointsDue> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onPointsDue,
};

function onPointsDue(world: World, event: PointsDue): Decision {
  const member = world.members.get(event.memberId);
  const isGone = !member || member.mergedInto !== null || member.deletedAt !== null;
  if (isGone) return ignore({ code: 'REMINDER_SETTLED' });
  const head = lastHeadOf(world, member.id, 'points');
  const today = shopDay(world.now);
  const isUntold =
    event.lastOn >= today && head.lots.some((lot) => lot.lastOn === event.lastOn && !lot.isTold);
  const told = isUntold ? tell(world, event) : [];
  if (overOf(head, today) === null && told.length === 0)
    return ignore({ code: isUntold ? 'REMINDER_PUT_OFF' : 'REMINDER_SETTLED' });
  // Whatever is decided about a member, what is over is posted with it (fold.ts).
  return accept([{ type: 'member.put', member }, ...told]);
}

/** Once for a day: also where there is nobody to tell, or nothing left to tell of, it is done with. */
function tell(world: World, { memberId, lastOn }: PointsDue): Effect[] {
  const { noticeDays } = world.config.settings.points;
  if (noticeDays === 0 || lastOn > addDays(shopDay(world.now), noticeDays)) return [];
  const done: Effect = { type: 'lot.tell', memberId, lastOn };
  const head = lastHeadOf(world, memberId, 'points');
  const ending = endingIn(heldPoints(head, world.now)).find((one) => one.lastOn === lastOn);
  if (!ending || openidOf(world, memberId) === null) return [done];
  const note = {
    cause: `points-ending:${memberId}/${lastOn}`,
    kind: 'points-ending',
    memberId,
    associateId: null,
    payload: ending,
    dueAt: whenAwake(world.now, defaultTimezone),
  };
  return [done, { type: 'message.queue', note }];
}
