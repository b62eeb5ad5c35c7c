/** 到点提醒: looks at the present state before a message is queued; the wake-up may be old. */
import type { Reminder, ReminderDue } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import type { CompiledPlan, Schedule } from '../../members/reminder-plan.ts';
import { passOn, planFor, plansOf, times } from '../../members/reminders.ts';
import { byKind } from '../../plain/registry.ts';
import type { ReminderKind } from '../../reminders/define.ts';
import { reminderKinds } from '../../reminders/index.ts';
import type { On } from '../define.ts';
import { openidOf, reminderKey, type World } from '../../world.ts';

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
  if (reminder.sendAt > occurredAt) return ignore({ code: 'REMINDER_PUT_OFF' });
  const kind = byKind(kinds, reminder.kind);
  const isGone = memberOf(world, event.memberId).deletedAt !== null;
  const reminding = isGone ? null : remindingOf(world, kind, reminder);
  if (!reminding) return accept([{ type: 'reminder.put', row: { ...reminder, state: 'cancelled' } }]);

  const { plan, schedule } = reminding;
  const timezone = timezoneOf(world.config, reminder.storeId);
  const row: Reminder = { ...reminder, planId: plan.id, basis: schedule.basis };
  if (plan.id !== reminder.planId) {
    // Its plan was switched off, and the plan that takes over may remind later.
    const moment = times(schedule.remindOn, reminder.dueAt, timezone);
    if (moment.sendAt > occurredAt) return accept(passOn(reminder, { ...row, ...moment }));
  }
  const told: Reminder = schedule.next
    ? { ...row, basis: schedule.next.basis, ...times(schedule.next.remindOn, occurredAt, timezone) }
    : { ...row, state: 'sent' };
  return accept([...passOn(reminder, told), ...tell(world, event, { kind, plan, row })]);
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
  const effects: Effect[] = [];
  for (const recipient of plan.notify) {
    const isMember = recipient === 'member';
    // Until somebody is chosen, whoever served them is asked to see to it.
    const associateId = member.associateId ?? member.sellerId;
    // Without an openid nothing can be sent to the member; an associate without an address gets a message that is parked and
    // shown to the merchant.
    if (isMember ? openidOf(world, member.id) === null : associateId === null) continue;
    effects.push({
      type: 'message.queue',
      note: {
        cause: `${event.id}/${recipient}`,
        kind: `${kind.kind}-${recipient}`,
        memberId: member.id,
        associateId: isMember ? null : associateId,
        payload: {
          memberName: member.name,
          storeId: row.storeId,
          ...kind.facts(row.subject, row.basis),
        },
        dueAt: event.occurredAt,
      },
    });
  }
  return effects;
}
