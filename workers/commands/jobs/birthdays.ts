/** 生日活动: tells what campaigns wait for of everybody whose birthday it is, a page at a time, by day. */
import { defaultTimezone, EventId, type TriggerMet } from '../../../schema/index.ts';
import { celebratedOn, moveBirthdays, readBirthdays, type Celebrated } from '../../db/upkeep/birthdays.ts';
import { dayOfBirthdays, nextRun } from '../../decide/occasions/birthdays.ts';
import { addDays, atHour } from '../../decide/plain/dates.ts';
import { birthdayCame } from '../../decide/triggers/birthday-came.ts';
import { birthdayMonth } from '../../decide/triggers/birthday-month.ts';
import { occurrenceOf, type Trigger } from '../../decide/triggers/define.ts';
import { processGroup } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import type { Job, JobRound } from './define.ts';

const pagesMax = 4;
/** As with coupons for a group. */
const perReminder = { free: 3, paid: 1 } as const;

export const birthdays: Job = { name: 'birthdays', label: '生日活动', run: goOn };

async function goOn(round: JobRound, now: number): Promise<boolean> {
  const today = dayOfBirthdays(now);
  if (today === null) return false;
  for (let page = 0; page < Math.min(pagesMax, round.plan.groupsPerInvocation); page += 1) {
    const { kinds, run } = await readBirthdays(round.engine.db);
    const next = kinds.length > 0 ? nextRun(run, today) : null;
    if (next === null) return page > 0;
    const at = next.on === today ? now : endOf(next.on);
    await tellPage(round, { ...next, kinds, at }, now);
  }
  return true;
}

/** What is told late happened that day, and the promises of that day answer for it. */
const endOf = (on: string): number => atHour(addDays(on, 1), 0, defaultTimezone) - 1;

type Page = {
  readonly on: string;
  readonly after: string;
  readonly kinds: readonly string[];
  readonly at: number;
};

/** Throws where nothing of a page could be decided: the shop is told, and the next turn tries the same page again. */
async function tellPage(
  { engine, plan }: JobRound,
  { on, after, kinds, at }: Page,
  now: number,
): Promise<void> {
  const limit = plan.remindersPerTick * perReminder[plan.name];
  const people = await celebratedOn(engine.db, { on, after }, limit);
  // Whoever has it this month, and was not known on its first day, has the gift of the month on the day itself.
  const told = people.flatMap((one) =>
    [birthdayMonth, ...(one.isToday ? [birthdayCame] : [])]
      .filter(({ kind }) => kinds.includes(kind))
      .map((trigger) => ({ event: eventOf(trigger, one, { on, at }), seq: null })),
  );
  const { failed } = await processGroup(engine, told, now);
  for (const id of failed) log('error', 'birthday_failed', { id });
  if (failed.length > 1 && failed.length === told.length)
    throw new Error(`none of ${failed.length} birthdays of ${on} could be decided`);
  const last = people.length < limit ? null : (people.at(-1)?.id ?? null);
  await engine.db.batch([moveBirthdays({ on, after: last })]);
}

/** Its id is the member's day: twice is once. */
function eventOf(
  trigger: Trigger,
  { id: memberId, storeId }: Celebrated,
  { on, at }: { readonly on: string; readonly at: number },
): TriggerMet {
  const id = EventId.parse(`${trigger.word}:${on}/${memberId}`);
  return {
    type: 'trigger.met',
    id,
    namespace: '',
    occurredAt: at,
    trigger: trigger.kind,
    memberId,
    storeId,
    occurrence: occurrenceOf(trigger, { level: null }, at),
    facts: {},
    seedOf: id,
  };
}
