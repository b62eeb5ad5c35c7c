/** 到期提醒: reminders whose time has come become events, page by page. */
import type { Due, EventId, ReminderDue } from '../../../schema/index.ts';
import { dropDue, dueReminders } from '../../db/upkeep/due.ts';
import { wakingHours } from '../../decide/plain/quiet.ts';
import { processGroup } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import type { Round } from '../round.ts';
import type { Chore } from './define.ts';

const pagesMax = 10;

export const reminders: Chore = {
  name: 'reminders',
  label: '到期提醒',
  // By day: a reminder due outside these hours waits for the morning. On the free plan sending one page takes more than six
  // minutes.
  when: { everyMinutes: { free: 2, paid: 1 }, hours: wakingHours },
  budget: { free: { statements: 18, cpuMs: 2 }, paid: { statements: 200, cpuMs: 3_000 } },
  run: remind,
};

async function remind({ engine, plan }: Round, now: number): Promise<void> {
  const limit = plan.remindersPerTick;
  for (let page = 0; page < Math.min(pagesMax, plan.groupsPerInvocation); page += 1) {
    const due = await dueReminders(engine.db, now, limit);
    if (due.length === 0) return;
    // One that was set to the same moment twice stands there twice.
    const events = new Map(due.map((one) => toEvent(one, now)).map((event) => [event.id, event]));
    const told = [...events.values()].map((event) => ({ event, seq: null }));
    const { failed } = await processGroup(engine, told, now);
    // Afterwards: whoever dies in between is woken once more, and finds that nothing is left to do.
    await dropDue(engine.db, due);
    for (const id of failed) log('error', 'reminder_failed', { id });
    // A page that failed as a whole would come back unchanged, so the next turn retries it.
    if (due.length < limit || failed.length === told.length) return;
  }
}

/**
 * The minute is part of the event id, so that a reminder that was cancelled and set again for the same moment gets a new event
 * instead of staying due for ever. The reminder's state, which the batch guards, keeps it from being sent twice.
 */
function toEvent({ sendAt, memberId, planId, subject, kind }: Due, now: number): ReminderDue {
  const id = `reminder:${memberId}/${planId}/${subject}/${sendAt}@${now}` as EventId;
  return { type: 'reminder.due', id, namespace: '', occurredAt: now, memberId, planId, subject, kind };
}
