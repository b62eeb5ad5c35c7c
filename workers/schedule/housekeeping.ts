/** 夜间清理: old bodies, old ids and old messages go, a page a minute, while the shop sleeps. */
import { defaultTimezone, type Source } from '../../schema/index.ts';
import { forgetAlerts } from '../db/upkeep/alerts.ts';
import type { Db } from '../db/db.ts';
import { listSources } from '../db/sources/registered-sources.ts';
import {
  emptyBodies,
  emptyMessages,
  forgetApplied,
  forgetDeparted,
  forgetKeys,
  runPasses,
  type Pass,
} from '../db/upkeep/retention.ts';
import { list } from '../db/set.ts';
import { forgetCodes } from '../db/members/sms-codes.ts';
import { upkeepOf } from '../db/sources/source-upkeep.ts';
import { dayMs, localHour } from '../decide/plain/dates.ts';
import { log } from '../platform/log.ts';

/** 240 pages a night: more than any chain receives in a day. */
const nightFromHour = 2;
const nightToHour = 6;
/** Longer than any body is kept, so that an event that can be told again is still known to be applied. */
const appliedDays = 400;
const messageDays = 180;
const keyDays = 30;
const alertDays = 400;
const sourcesMax = 100;
/** For what comes from elsewhere than a registered source, such as WeChat. */
const bodyDaysDefault = upkeepOf(null).rawBodyDays;

export async function keepHouse(db: Db, now: number): Promise<void> {
  const hour = localHour(now, defaultTimezone);
  if (hour < nightFromHour || hour >= nightToHour) return;
  const sources = await listSources(db, '', sourcesMax);
  const passes = [
    bodyPass(sources, now),
    forgetDeparted(now - dayMs),
    forgetApplied(now - appliedDays * dayMs),
    emptyMessages(now - messageDays * dayMs),
    forgetKeys(now - keyDays * dayMs),
  ];
  const small = [forgetAlerts(now - alertDays * dayMs), forgetCodes(now - dayMs)];
  const changed = await runPasses(db, passes, small, now);
  for (const [pass, rows] of changed) if (rows > 0) log('info', 'housekeeping', { pass, rows });
}

const minuteMs = 60_000;

/** Sources that keep their bodies for the same time share a pass; the passes take turns, a minute each. */
function bodyPass(sources: readonly Source[], now: number): Pass {
  const byDays = Map.groupBy(sources, ({ config }) => upkeepOf(config).rawBodyDays);
  byDays.delete(bodyDaysDefault);
  const special = [...byDays].toSorted(([one], [other]) => one - other);
  const turn = Math.floor(now / minuteMs) % (special.length + 1);
  const [days, own] = special[turn] ?? [bodyDaysDefault, null];
  const named = own ?? special.flatMap(([, same]) => same);
  return emptyBodies(
    { days, sources: list(named.map(({ id }) => id)), isNot: own === null },
    now - days * dayMs,
  );
}
