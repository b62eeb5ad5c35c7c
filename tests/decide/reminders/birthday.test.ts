/** 生日关怀: once a year, on the day the plan says, for whoever told a birthday. */
import { expect, test } from 'vitest';
import type { PlanId, ReminderPlan } from '../../../schema/index.ts';
import { byKind } from '../../../workers/decide/plain/registry.ts';
import { reminderKinds } from '../../../workers/decide/reminders/index.ts';
import { insertPlan } from '../../../workers/db/shop/reminder-plans.ts';
import { reminders } from '../../../workers/schedule/chores/reminders.ts';
import { at, sale } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { openShop, outboxRows, reminderRows, type Shop } from '../../support/shop.ts';

const plan = (remindBeforeDays: number): ReminderPlan => ({
  id: 'B' as PlanId,
  enabled: true,
  createdAt: 1,
  definition: byKind(reminderKinds, 'birthday').params.parse({
    name: '生日',
    kind: 'birthday',
    remindBeforeDays,
    notify: ['member'],
  }) as ReminderPlan['definition'],
});

const told = (birthday: string, id = birthday) => ({
  type: 'member.updated',
  id,
  occurredAt: '2026-11-01T10:00:00+08:00',
  data: { externalId: 'M1', openid: 'o1', birthday },
});

async function day(shop: Shop, local: string): Promise<void> {
  shop.clock.now = at(local);
  await reminders.run(roundOf(shop), shop.clock.now);
}

const greetings = ({ db }: Shop) =>
  outboxRows(db)
    .filter(({ kind }) => kind === 'birthday-member')
    .map(({ payload }) => payload['birthdayOn']);
const waiting = ({ db }: Shop) =>
  reminderRows(db)
    .filter(({ state }) => state === 'pending')
    .map(({ sendAt }) => sendAt);

test('born on 02-29: greeted on 02-28 in 2027 and on 02-29 in 2028, at nine, once a year', async () => {
  const shop = await openShop({ plans: [plan(0)], now: '2026-11-01 10:00' });
  await shop.tell(told('1996-02-29'));
  expect(waiting(shop)).toEqual([at('2027-02-28 09:00')]);
  await day(shop, '2027-02-28 09:00');
  await day(shop, '2027-02-28 09:02');
  // A purchase later that day puts the member again, and greets nobody twice.
  await shop.tell(sale({ at: '2027-02-28 15:00' }));
  await day(shop, '2027-03-01 09:00');
  expect([greetings(shop), waiting(shop)]).toEqual([['2027-02-28'], [at('2028-02-29 09:00')]]);
  await day(shop, '2028-02-29 09:00');
  expect(greetings(shop)).toEqual(['2027-02-28', '2028-02-29']);
});

test('3 days before 05-20 is 05-17; corrected to 06-01, it is 05-29', async () => {
  const shop = await openShop({ plans: [plan(3)], now: '2026-11-01 10:00' });
  await shop.tell(told('1990-05-20'));
  expect(waiting(shop)).toEqual([at('2027-05-17 09:00')]);
  await shop.tell(told('1990-06-01'));
  expect(waiting(shop)).toEqual([at('2027-05-29 09:00')]);
});

test('a plan that is made later greets whoever buys after it; whoever told no birthday is left in peace', async () => {
  const shop = await openShop({ now: '2026-11-01 10:00' });
  await shop.tell(told('1990-05-20'));
  await shop.db.batch(insertPlan(plan(0)));
  shop.clock.now = at('2026-11-02 16:00');
  await shop.tell(sale({ at: '2026-11-02 15:00' }));
  await shop.tell(sale({ at: '2026-11-02 16:00', orderNo: '2', id: '2', member: { externalId: 'M2' } }));
  expect(waiting(shop)).toEqual([at('2027-05-20 09:00')]);
});

test('a member who is deleted is not greeted', async () => {
  const shop = await openShop({ plans: [plan(0)], now: '2026-11-01 10:00' });
  await shop.tell(told('1990-05-20'));
  await shop.tell({
    type: 'member.deleted',
    id: 'gone',
    occurredAt: '2026-11-02T10:00:00+08:00',
    data: { externalId: 'M1' },
  });
  await day(shop, '2027-05-20 09:00');
  expect([greetings(shop), waiting(shop)]).toEqual([[], []]);
});
