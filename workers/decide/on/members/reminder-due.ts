/** 到点提醒: looks at the present state before anyone is told; the wake-up may be old. */
import type { ReminderDue } from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { memberOf } from '../../members/identities.ts';
import { planFor, times } from '../../sales/run-outs.ts';
import type { On } from '../define.ts';
import { openidOf, pairKey, type World } from '../../world.ts';

export const reminderDue: On<ReminderDue> = {
  needs({ memberId, sku }, ask) {
    ask.member(memberId);
    ask.product(sku);
  },
  decide: onReminderDue,
};

function onReminderDue(world: World, event: ReminderDue): Decision {
  const { memberId, sku, occurredAt } = event;
  const reminder = world.reminders.get(pairKey(memberId, sku));
  if (!reminder || reminder.state !== 'pending') return ignore({ code: 'REMINDER_SETTLED' });
  const member = memberOf(world, memberId);
  const [firstLot] = reminder.lots;
  const product = world.products.get(sku);
  const scoped = {
    sku,
    categoryIds: product?.categoryPath.map(({ id }) => id) ?? [],
    brand: product?.brand ?? null,
    tags: product?.tags ?? [],
  };
  const own = world.config.plans.find(({ id }) => id === reminder.planId);
  const plan = own ?? planFor(world.config, scoped, firstLot?.boughtAt ?? occurredAt);
  const schedule = plan?.schedule(reminder.lots);
  if (!plan || !schedule || member.deletedAt !== null) {
    return accept([{ type: 'reminder.put', row: { ...reminder, state: 'cancelled' } }]);
  }
  if (!own) {
    // Its plan was switched off; the next newest one may remind later than the old one would have.
    const boughtAt = reminder.lots.at(-1)?.boughtAt ?? occurredAt;
    const moment = times(schedule.remindOn, boughtAt, timezoneOf(world.config, reminder.storeId));
    if (moment.sendAt > occurredAt) {
      const moved = { ...reminder, ...moment, planId: plan.id, endsOn: schedule.endsOn };
      return accept([{ type: 'reminder.put', row: moved }]);
    }
  }
  const effects: Effect[] = [
    {
      type: 'reminder.put',
      row: { ...reminder, planId: plan.id, endsOn: schedule.endsOn, state: 'sent' },
    },
  ];
  for (const recipient of plan.notify) {
    const isMember = recipient === 'member';
    // Without an address nothing can be sent; an associate without one is shown to the merchant instead.
    if (isMember ? openidOf(world, memberId) === null : member.associateId === null) continue;
    effects.push({
      type: 'message.queue',
      note: {
        cause: `${event.id}/${recipient}`,
        kind: isMember ? 'run-out-member' : 'run-out-associate',
        memberId,
        associateId: isMember ? null : member.associateId,
        payload: {
          memberName: member.name,
          productName: reminder.productName,
          endsOn: schedule.endsOn,
          storeId: reminder.storeId,
        },
        dueAt: occurredAt,
      },
    });
  }
  return accept(effects);
}
