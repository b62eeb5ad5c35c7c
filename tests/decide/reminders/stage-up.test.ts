/** 换段提醒: at 0 days the associate has something to do, once, in the shop's own morning. */
import { expect, test } from 'vitest';
import type { PlanId, ReminderPlan } from '../../../schema/index.ts';
import { editMember } from '../../../workers/commands/members/edit.ts';
import { byKind } from '../../../workers/decide/plain/registry.ts';
import { reminderKinds } from '../../../workers/decide/reminders/index.ts';
import { reminders } from '../../../workers/schedule/chores/reminders.ts';
import { at, sale } from '../../support/builders.ts';
import { milkStages } from '../../support/reminding.ts';
import { roundOf } from '../../support/round.ts';
import { memberId, openShop, outboxRows, reminderRows, type Shop } from '../../support/shop.ts';

const plan = (given: object = {}): ReminderPlan => ({
  id: 'U' as PlanId,
  enabled: true,
  createdAt: 1,
  definition: byKind(reminderKinds, 'stage-up').params.parse({
    name: '换段',
    kind: 'stage-up',
    notify: ['member'],
    ...given,
  }) as ReminderPlan['definition'],
});

const open = (given: object = {}, now = '2026-11-01 10:00') =>
  openShop({ plans: [plan(given)], now, settings: { useStages: { milk: milkStages, nappy: [] } } as never });

const told = (birthday: string) => ({
  type: 'member.updated',
  id: `told-${birthday}`,
  occurredAt: '2026-11-01T10:00:00+08:00',
  data: { externalId: 'M1', openid: 'o1', children: [{ birthday }] },
});

async function day(shop: Shop, local: string): Promise<void> {
  shop.clock.now = at(local);
  await reminders.run(roundOf(shop), shop.clock.now);
}
const said = ({ db }: Shop) =>
  outboxRows(db)
    .filter(({ kind }) => kind === 'stage-up-member')
    .map(({ kind, payload }) => [kind, payload['goods'], payload['stage'], payload['on']]);
const waiting = ({ db }: Shop) =>
  reminderRows(db)
    .filter(({ state }) => state === 'pending')
    .map(({ sendAt }) => sendAt);

test('J-18: 180 days after birth, at nine, 2段 is due, and on day 365 3段; a purchase between says nothing twice', async () => {
  const shop = await open();
  await shop.tell(told('2026-10-01'));
  expect(waiting(shop)).toEqual([at('2027-03-30 09:00')]);
  // On the day itself, before nine.
  shop.clock.now = at('2027-03-30 08:00');
  await shop.tell(sale({ orderNo: '1', at: '2027-03-30 08:00' }));
  await day(shop, '2027-03-30 09:00');
  await shop.tell(sale({ orderNo: '2', at: '2027-03-30 15:00' }));
  await day(shop, '2027-03-31 09:00');
  expect(said(shop)).toEqual([['stage-up-member', '奶粉', '2段', '2027-03-30']]);
  expect(waiting(shop)).toEqual([at('2027-10-01 09:00')]);
});

test('J-18: the associate is told, or whoever manages the store; 3 days before, where the plan says so', async () => {
  const shop = await open({ notify: ['associate'], remindBeforeDays: 3 });
  await shop.tell(told('2026-10-01'));
  expect(waiting(shop)).toEqual([at('2027-03-27 09:00')]);
});

test('J-18: told that she uses 1段 until June, 2段 is due in June; and of 1段 for good nothing is', async () => {
  const shop = await open();
  await shop.tell(told('2026-10-01'));
  const id = memberId(shop.db, 'ext:pos:M1') as never;
  const use = (key: string, untilOn: string | null) =>
    editMember(
      shop.engine,
      {
        key,
        memberId: id,
        change: { uses: [{ born: '2026-10-01', goods: 'milk', use: { stage: '1段', untilOn } }] },
      },
      shop.clock.now,
    );
  await use('a', '2027-06-01');
  expect(waiting(shop)).toEqual([at('2027-06-01 09:00')]);
  await use('b', null);
  expect(waiting(shop)).toEqual([]);
  await use('c', '2027-07-01');
  expect(waiting(shop)).toEqual([at('2027-07-01 09:00')]);
});
