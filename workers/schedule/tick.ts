/** 定时: the one cron trigger. Turns due rows into events; `now` is the trigger's own time, never the clock's. */
import { defaultTimezone, type EventId, type ReminderDue } from '../../schema/index.ts';
import { flagOverdue, lookForDue, type DueReminder } from '../db/upkeep/due.ts';
import { erasePage } from '../db/upkeep/erasures.ts';
import { hourMs, localHour } from '../decide/plain/dates.ts';
import { log } from '../platform/log.ts';
import { processGroup } from '../engine/process.ts';
import { payOut, sendDue, type Workshop } from '../work.ts';
import { keepHouse } from './housekeeping.ts';
import { sendMass, type MassSending } from './mass/mass.ts';
import { pollDue, type PollDeps } from './poll/poll.ts';
import { compareAgain } from './reconcile.ts';
import { renewCodes, type Renewal } from './scenes.ts';
import { noticeSilence } from './silence.ts';

/** Reminders go out by day: whatever became due outside these hours waits for the morning. */
const dayFromHour = 9;
const dayToHour = 21;
/** A doorbell rings within a second; an event that has lain for a minute has lost its ring. */
const inboxBehindMs = 60_000;
const saleOverdueMs = 72 * hourMs;
const pagesMax = 10;

/** Without `poll`, nothing is asked of systems that do not push; without the other two, nothing of WeChat but messages. */
export type Round = Workshop & {
  readonly poll?: PollDeps;
  readonly mass?: MassSending;
  readonly renewal?: Renewal;
};

export async function tick(round: Round, now: number): Promise<void> {
  const { engine, doorbell, plan, poll, mass, renewal } = round;
  const hour = localHour(now, defaultTimezone);
  const isDay = hour >= dayFromHour && hour < dayToHour;
  const limit = plan.remindersPerTick;
  let page = 0;
  let due = await lookForDue(engine.db, { now, limit, olderThanMs: inboxBehindMs });
  while (isDay && due.reminders.length > 0 && page < Math.min(pagesMax, plan.groupsPerInvocation)) {
    const told = due.reminders.map((reminder) => ({ event: toEvent(reminder, now), seq: null }));
    const { failed } = await processGroup(engine, told, now);
    for (const id of failed) log('error', 'reminder_failed', { id });
    page += 1;
    // A page that fails as a whole would come back unchanged; the next tick tries it again.
    if (due.reminders.length < limit || failed.length === told.length) break;
    due = await lookForDue(engine.db, { now, limit, olderThanMs: inboxBehindMs });
  }
  const overdue = await flagOverdue(engine.db, now - saleOverdueMs);
  if (overdue > 0) log('warn', 'sale_overdue', { events: overdue });
  // What is under way is looked after even where nothing new goes out any more.
  if (page === 0 || plan.groupsPerInvocation > 1) await payOut(round, now);
  await sendDue(round, now);
  if (due.isInboxBehind) doorbell.ring();
  await noticeSilence(engine.db, now);
  await compareAgain(engine.db, now);
  await erasePage(engine.db, now);
  await keepHouse(engine.db, now);
  if (mass) await sendMass(mass, now);
  if (renewal) await renewCodes(renewal, now);
  // Last: other systems may take their time, and everything of ours is done.
  if (poll) await pollDue(poll);
}

/**
 * The tick is part of the id: a reminder that was called off and taken up again for the same moment is told anew, and does not
 * stay in the work list for ever. That it goes out once is seen to by its own state, which the batch guards.
 */
function toEvent({ memberId, planId, subject, kind, sendAt }: DueReminder, now: number): ReminderDue {
  const id = `reminder:${memberId}/${planId}/${subject}/${sendAt}@${now}` as EventId;
  return { type: 'reminder.due', id, namespace: '', occurredAt: now, memberId, planId, subject, kind };
}
