/** 到点提醒: looks at the present state before a message is queued; the wake-up may be old. */
import type { Reminder, ReminderDue } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import { recipientsOf, untold } from '../../members/reminder-recipients.ts';
import type { CompiledPlan, Schedule } from '../../members/reminder-plan.ts';
import { passOn, planFor, plansOf, times } from '../../members/reminders.ts';
import { localDate } from '../../plain/dates.ts';
import { byKind } from '../../plain/registry.ts';
import type { ReminderKind } from '../../reminders/define.ts';
import { reminderKinds } from '../../reminders/index.ts';
import type { On } from '../define.ts';
import { reminderKey, type World } from '../../world.ts';

export const reminderDue: On<ReminderDue> = {
  needs({ memberId, kind, subject }, ask) {
    ask.member(memberId);
    for (const sku of byKind(reminderKinds, kind).skusOf(subject)) ask.product(sku);
  },
  decide: (world, event) => onReminderDue(world, event),
};

export function onReminderDue(
  world: World,
  event: ReminderDue,
  kinds: readonly ReminderKind[] = reminderKinds,
): Decision {
  const { occurredAt } = event;
  const reminder = world.reminders.get(reminderKey(event));
  if (!reminder || reminder.state !== 'pending') return ignore({ code: 'REMINDER_SETTLED' });
  const kind = byKind(kinds, reminder.kind);
  const isEarly = reminder.sendAt > occurredAt;
  if (isEarly && !isLeftTo(world, kind, reminder)) return ignore({ code: 'REMINDER_PUT_OFF' });
  const isGone = memberOf(world, event.memberId).deletedAt !== null;
  const reminding = isGone ? null : remindingOf(world, kind, reminder);
  if (!reminding) return accept([{ type: 'reminder.put', row: { ...reminder, state: 'cancelled' } }]);

  const { plan, schedule } = reminding;
  const timezone = timezoneOf(world.config, reminder.storeId);
  const row: Reminder = { ...reminder, planId: plan.id, basis: schedule.basis };
  if (plan.id !== reminder.planId) {
    // Its plan was switched off, and the plan that takes over reminds on a day of its own.
    const moment = times(schedule.remindOn, Math.min(reminder.dueAt, occurredAt), timezone);
    const isOver = schedule.lastOn !== undefined && localDate(moment.sendAt, timezone) > schedule.lastOn;
    if (isOver) return accept(passOn(reminder, { ...row, ...moment, state: 'cancelled' }));
    if (moment.sendAt > occurredAt) return accept(passOn(reminder, { ...row, ...moment }));
  }
  const told = tell(world, event, { kind, plan, row });
  const after: Reminder = schedule.next
    ? { ...row, basis: schedule.next.basis, ...times(schedule.next.remindOn, occurredAt, timezone) }
    : { ...row, state: told.length > 0 ? 'sent' : 'cancelled' };
  const effects = [...passOn(reminder, after), ...told];
  // Of a plan for members only it is an ordinary thing that some cannot be reached.
  if (told.length === 0 && plan.notify.includes('associate'))
    effects.push({ type: 'alert.raise', note: untold(occurredAt) });
  return accept(effects);
}

/** 停用的方案: another plan takes over what it had planned, on the other's day. Where none does, its own day is waited for. */
function isLeftTo(world: World, kind: ReminderKind, reminder: Reminder): boolean {
  const isOn = plansOf(world, kind).some(({ id }) => id === reminder.planId);
  return !isOn && remindingOf(world, kind, reminder) !== null;
}

/** The reminder's own plan; when that is off and any plan of the kind may remind, the newest one that covers the matter. */
function remindingOf(
  world: World,
  kind: ReminderKind,
  reminder: Reminder,
): { readonly plan: CompiledPlan; readonly schedule: Schedule } | null {
  const matter = kind.isStill(world, reminder);
  if (!matter) return null;
  const plans = plansOf(world, kind);
  const own = plans.find(({ id }) => id === reminder.planId);
  const plan = own ?? (kind.isNewestOnly ? planFor(plans, matter) : undefined);
  const schedule = plan?.schedule(matter);
  return plan && schedule ? { plan, schedule } : null;
}

type DueReminder = { readonly kind: ReminderKind; readonly plan: CompiledPlan; readonly row: Reminder };

function tell(world: World, event: ReminderDue, { kind, plan, row }: DueReminder): Effect[] {
  const member = memberOf(world, row.memberId);
  const { storeId } = row;
  return recipientsOf(world, plan, { kind: kind.kind, member, storeId }).map(
    ({ as, associateId, openid }) => ({
      type: 'message.queue',
      note: {
        cause: `${event.id}/${as}`,
        kind: `${kind.kind}-${as}`,
        memberId: member.id,
        associateId,
        ...(openid !== null && { openid }),
        payload: { memberName: member.name, storeId, ...kind.facts(row.subject, row.basis) },
        dueAt: event.occurredAt,
      },
    }),
  );
}
