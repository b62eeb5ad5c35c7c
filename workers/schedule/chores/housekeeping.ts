/** 夜间清理: deletes old bodies, old ids and old messages at night, a page a minute. */
import { defaultTimezone, type Source } from '../../../schema/index.ts';
import { forgetAlerts } from '../../db/upkeep/alerts.ts';
import type { Db } from '../../db/db.ts';
import { listSources } from '../../db/sources/registered-sources.ts';
import {
  emptyBodies,
  emptyMessages,
  emptyUnclaimed,
  forgetApplied,
  forgetDeparted,
  forgetDigests,
  forgetKeys,
  runPasses,
  type Pass,
} from '../../db/upkeep/retention.ts';
import { list } from '../../db/set.ts';
import { forgetCouponDays } from '../../db/coupons/tallies.ts';
import { forgetGrantDrafts, forgetGrantOutcomes } from '../../db/coupons/grant-jobs.ts';
import { forgetEntries, forgetSessions } from '../../db/people/entries.ts';
import { forgetMergers } from '../../db/members/mergers.ts';
import { forgetMarks } from '../../db/referrals/marks.ts';
import { forgetCodes } from '../../db/sms/sms-codes.ts';
import { upkeepOf } from '../../db/sources/source-upkeep.ts';
import { dayMs, localDate } from '../../decide/plain/dates.ts';
import { log } from '../../platform/log.ts';
import { minuteOf } from '../turns.ts';
import type { Chore } from './define.ts';

/** Longer than any body is kept, so that an event that can be replayed is still known as applied. */
const appliedDays = 400;
/** The members' page says so, and so it does of the bodies of parked events that name nobody. */
const unclaimedDays = 180;
const messageDays = 180;
const keyDays = 30;
/** The members' page says so. */
const digestDays = 730;
const alertDays = 400;
/** Long after the last of them let nobody in any more. */
const sessionDays = 30;
/** 群发券 that nobody has confirmed. */
const draftDays = 7;
/** Who got what of a job; the sums stay. */
const outcomeDays = 180;
/** Decisions look back 14 days (`couponDaysRead`). */
const couponDayDays = 60;
const sourcesMax = 100;
/** For events without a registered source, such as WeChat's. */
const bodyDaysDefault = upkeepOf(null).rawBodyDays;

const everyMinutes = { free: 2, paid: 1 } as const;

export const housekeeping: Chore = {
  name: 'housekeeping',
  label: '夜间清理',
  // 240 pages a night, half as many on the free plan: more than any shop of that plan receives in a day.
  when: { everyMinutes, hours: { from: 2, to: 6 } },
  budget: { free: { statements: 16, cpuMs: 1 }, paid: { statements: 16, cpuMs: 10 } },
  run: ({ engine, plan }, now) =>
    keepHouse(engine.db, now, Math.floor(minuteOf(now) / everyMinutes[plan.name])),
};

async function keepHouse(db: Db, now: number, turn: number): Promise<void> {
  const sources = await listSources(db, '', sourcesMax);
  const passes = [
    bodyPass(sources, now, turn),
    emptyUnclaimed(now - unclaimedDays * dayMs),
    forgetDeparted(now - dayMs),
    forgetApplied(now - appliedDays * dayMs),
    emptyMessages(now - messageDays * dayMs),
    forgetKeys(now - keyDays * dayMs),
    forgetDigests(now - digestDays * dayMs),
  ];
  // Small tables take turns: one of them in each.
  const small = [
    forgetAlerts(now - alertDays * dayMs),
    forgetCodes(now - dayMs),
    forgetMergers(now - dayMs),
    forgetMarks(localDate(now, defaultTimezone)),
    forgetEntries(now - dayMs),
    forgetSessions(now - sessionDays * dayMs),
    forgetGrantDrafts(now - draftDays * dayMs),
    forgetGrantOutcomes(now - outcomeDays * dayMs),
    forgetCouponDays(localDate(now - couponDayDays * dayMs, defaultTimezone)),
  ];
  const changed = await runPasses(db, passes, small.slice(turn % small.length).slice(0, 1), now);
  for (const [pass, rows] of changed) if (rows > 0) log('info', 'housekeeping', { pass, rows });
}

/** Sources with the same retention share a pass; the passes take turns. */
function bodyPass(sources: readonly Source[], now: number, turn: number): Pass {
  const byDays = Map.groupBy(sources, ({ config }) => upkeepOf(config).rawBodyDays);
  byDays.delete(bodyDaysDefault);
  const special = [...byDays].toSorted(([one], [other]) => one - other);
  const [days, own] = special[turn % (special.length + 1)] ?? [bodyDaysDefault, null];
  const named = own ?? special.flatMap(([, same]) => same);
  return emptyBodies(
    { days, sources: list(named.map(({ id }) => id)), isNot: own === null },
    now - days * dayMs,
  );
}
