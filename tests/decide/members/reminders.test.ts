/** 提醒: which plan reminds of what, and that nobody is reminded twice. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { EventId, Member, MemberId, PlanId, Reminder } from '../../../schema/index.ts';
import { load } from '../../../workers/db/world/load.ts';
import { remindersAfter, remindersOfPut, times } from '../../../workers/decide/members/reminders.ts';
import { needsOf } from '../../../workers/decide/decide.ts';
import { onReminderDue } from '../../../workers/decide/on/members/reminder-due.ts';
import { addMonths, localDate } from '../../../workers/decide/plain/dates.ts';
import { defineReminder, planFields } from '../../../workers/decide/reminders/define.ts';
import { reminderKey, type World } from '../../../workers/decide/world.ts';
import { at } from '../../support/builders.ts';
import { mother } from '../../support/reminding.ts';
import { openShop } from '../../support/shop.ts';

test.each<[string, string, string, string]>([
  ['in time', '2026-11-16 10:00', '2026-11-17 09:00', '2026-11-17 09:00'],
  ['at nine that very day', '2026-11-17 09:00', '2026-11-17 09:00', '2026-11-17 09:00'],
  ['in the afternoon', '2026-11-17 15:00', '2026-11-17 15:00', '2026-11-18 09:00'],
  ['the next day before nine', '2026-11-18 08:59', '2026-11-18 08:59', '2026-11-18 09:00'],
])('a reminder for 11-17 that is worked out %s (%s) is due %s and sent %s', (_, now, dueAt, sendAt) => {
  expect(times('2026-11-17', at(now), 'Asia/Shanghai')).toEqual({ dueAt: at(dueAt), sendAt: at(sendAt) });
});

/** 入会周年, a kind that has nothing to do with goods: it comes round every year, and every plan tells it. */
const fields = z.strictObject({ ...planFields, kind: z.literal('anniversary') });
const anniversary = defineReminder<z.infer<typeof fields>, { dayOn: string }, null>({
  kind: 'anniversary',
  label: '入会周年',
  params: fields,
  example: fields.parse({ name: '入会周年', kind: 'anniversary' }),
  follows: ['member.put'],
  isNewestOnly: false,
  skusOf: () => [],
  from: ({ member: { joinedAt, storeId }, at: since, on }, standing) => {
    if (joinedAt === null || standing.length > 0) return [];
    let dayOn = localDate(joinedAt, 'Asia/Shanghai');
    while (dayOn < on) dayOn = addMonths(dayOn, 12);
    return [{ subject: 'joined', storeId, basis: { dayOn }, about: null, since, isNews: false }];
  },
  isStill: ({ members, now }, { memberId, subject, storeId, basis }) =>
    members.get(memberId)?.joinedAt == null
      ? null
      : { subject, storeId, basis, about: null, since: now, isNews: false },
  covers: () => true,
  schedule: (_, { basis: { dayOn } }) => {
    const nextOn = addMonths(dayOn, 12);
    return { remindOn: dayOn, basis: { dayOn }, next: { remindOn: nextOn, basis: { dayOn: nextOn } } };
  },
  facts: (_, { dayOn }) => ({ dayOn }),
  lastOn: ({ dayOn = '' }) => dayOn,
  slots: ({ dayOn = '' }) => ({ day: dayOn }),
  words: {
    member: { tip: '感谢一路相伴', text: ({ day }) => `${day}是您的入会周年。` },
    associate: { tip: '请问候', text: ({ member, day }) => `${day}是${member}的入会周年。` },
  },
});
const kinds = [anniversary];

/** A world that knows one mother, under these plans. */
async function worldWith(ids: readonly string[], now: string, given: Partial<Member> = {}): Promise<World> {
  const shop = await openShop({ now });
  const { world } = await load(shop.db, {
    eventIds: [],
    seqs: [],
    needs: needsOf([]),
    isDeep: false,
    config: {
      ...(await shop.engine.config.get()),
      plans: ids.map((id) => anniversary.compile({ id: id as PlanId }, anniversary.example)),
    },
    seeds: new Map(),
    now: shop.clock.now,
  });
  const member = mother({ associateId: 'g7' as NonNullable<Member['associateId']>, ...given });
  world.members.set(member.id, member);
  return world;
}

const put = (world: World) =>
  remindersOfPut(world, [{ type: 'member.put', member: mother() }], kinds).flatMap((effect) =>
    effect.type === 'reminder.put' ? [effect.row] : [],
  );

const dueNow = ({ memberId, planId, subject, kind }: Reminder, now: number) =>
  ({
    type: 'reminder.due',
    id: 'due' as EventId,
    namespace: '',
    occurredAt: now,
    memberId,
    planId,
    subject,
    kind,
  }) as const;

describe('what is told of a member', () => {
  test('leads to a reminder under each plan of a kind that follows it, once', async () => {
    const world = await worldWith(['P1', 'P2'], '2027-03-01 10:00');
    const planned = put(world);
    expect(planned.map(({ planId, subject, sendAt, state }) => [planId, subject, sendAt, state])).toEqual([
      ['P1', 'joined', at('2027-11-01 09:00'), 'pending'],
      ['P2', 'joined', at('2027-11-01 09:00'), 'pending'],
    ]);
    for (const row of planned) world.reminders.set(reminderKey(row), row);
    expect(put(world)).toEqual([]);
  });

  test.each<[string, readonly string[], Partial<Member>]>([
    ['without such a plan', [], {}],
    ['of one who has left', ['P1'], { deletedAt: 1 }],
    ['of one who is another now', ['P1'], { mergedInto: 'm2' as MemberId }],
    ['of one who never joined', ['P1'], { joinedAt: null }],
  ])('leads to nothing %s', async (_, ids, given) => {
    expect(put(await worldWith(ids, '2027-03-01 10:00', given))).toEqual([]);
  });

  test('is not asked about when a sale is what happened', async () => {
    const world = await worldWith(['P1'], '2027-03-01 10:00');
    const sold = { type: 'sale.settled', member: mother(), at: world.now } as const;
    // Nothing looks at the sale: the kind does not follow sales.
    expect(remindersAfter(world, sold as never, kinds)).toEqual([]);
  });
});

describe('a reminder that comes round again', () => {
  const planned = async () => {
    const world = await worldWith(['P1'], '2027-11-01 09:00');
    const [row] = put(world);
    if (!row) throw new Error('nothing was planned');
    world.reminders.set(reminderKey(row), row);
    return { world, row };
  };

  test('is told and waits for next year', async () => {
    const { world, row } = await planned();
    const decision = onReminderDue(world, dueNow(row, at('2027-11-01 09:00')), kinds);
    expect(decision).toMatchObject({
      verdict: 'accepted',
      effects: [
        {
          type: 'reminder.put',
          row: { state: 'pending', sendAt: at('2028-11-01 09:00'), basis: { dayOn: '2028-11-01' } },
        },
        {
          type: 'message.queue',
          note: {
            kind: 'anniversary-associate',
            associateId: 'g7',
            payload: { memberName: '李', storeId: '8005', dayOn: '2027-11-01' },
          },
        },
      ],
    });
  });

  test('is not told early by a wake-up that is older than its new day', async () => {
    const { world, row } = await planned();
    world.reminders.set(reminderKey(row), { ...row, sendAt: at('2028-11-01 09:00') });
    const decision = onReminderDue(world, dueNow(row, at('2027-11-01 09:01')), kinds);
    expect(decision).toEqual({ verdict: 'ignored', why: { code: 'REMINDER_PUT_OFF' } });
  });

  test('whose plan is off is called off, though another plan of the kind is on', async () => {
    const { world, row } = await planned();
    const old = { ...row, planId: 'gone' as PlanId };
    world.reminders.set(reminderKey(old), old);
    expect(onReminderDue(world, dueNow(old, at('2027-11-01 09:00')), kinds)).toMatchObject({
      effects: [{ row: { planId: 'gone', state: 'cancelled' } }],
    });
  });

  test('that is no longer true is called off', async () => {
    const { world, row } = await planned();
    world.members.set(row.memberId, mother({ joinedAt: null }));
    expect(onReminderDue(world, dueNow(row, at('2027-11-01 09:00')), kinds)).toMatchObject({
      effects: [{ row: { state: 'cancelled' } }],
    });
  });
});
