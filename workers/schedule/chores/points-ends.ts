/** 积分到期: whoever has points that end soon is told, and what is over is posted, page by page; nobody waits for it. */
import type { EventId, PointsDue, PointsEnd } from '../../../schema/index.ts';
import { dropEnds, endsToLookAt } from '../../db/upkeep/points-ends.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { addDays } from '../../decide/plain/dates.ts';
import type { Outcome } from '../../decide/fold.ts';
import { wakingHours } from '../../decide/plain/quiet.ts';
import { processGroup } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import type { Round } from '../round.ts';
import type { Chore } from './define.ts';

const pagesMax = 10;

export const pointsEnds: Chore = {
  name: 'points-ends',
  label: '积分到期',
  // Before the shop opens: what is over cannot be spent, posted or not, and whoever is told of what ends is told in the morning.
  when: { everyMinutes: { free: 2, paid: 1 }, hours: { from: 6, to: wakingHours.from } },
  budget: { free: { statements: 16, cpuMs: 2 }, paid: { statements: 150, cpuMs: 3_000 } },
  run: lookAtEnds,
};

async function lookAtEnds({ engine, plan }: Round, now: number): Promise<void> {
  const { settings } = await engine.config.get();
  const { noticeDays } = settings.points;
  const today = shopDay(now);
  // The day after the last one that is told of.
  const tellTo = noticeDays === 0 ? null : addDays(today, noticeDays + 1);
  const limit = plan.remindersPerTick;
  for (let page = 0; page < Math.min(pagesMax, plan.groupsPerInvocation); page += 1) {
    const ends = await endsToLookAt(engine.db, { today, tellTo, limit });
    if (ends.length === 0) return;
    const events = new Map(ends.map((end) => toEvent(end, now)).map((event) => [event.id, event]));
    const told = [...events.values()].map((event) => ({ event, seq: null }));
    const { outcomes, failed } = await processGroup(engine, told, now);
    for (const id of failed) log('error', 'points_due_failed', { id });
    const isLeft = ({ id }: PointsDue): boolean => failed.includes(id) || isPutOff(outcomes.get(id));
    const done = ends.filter((end) => !isLeft(toEvent(end, now)));
    // Afterwards: whoever dies in between looks once more, and finds that nothing is left to do.
    await dropEnds(engine.db, done);
    // What is left would come back unchanged, so the next turn looks again.
    if (ends.length < limit || done.length === 0) return;
  }
}

/** The settings have just changed: it is still to come. */
const isPutOff = (outcome: Outcome | undefined): boolean =>
  outcome?.verdict === 'ignored' && outcome.why.code === 'REMINDER_PUT_OFF';

const toEvent = ({ memberId, lastOn }: PointsEnd, now: number): PointsDue => ({
  type: 'points.due',
  // Asked anew in another minute: what was put off is looked at once more.
  id: `points-due:${memberId}/${lastOn}@${now}` as EventId,
  namespace: '',
  occurredAt: now,
  memberId,
  lastOn,
});
