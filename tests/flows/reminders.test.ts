/** 提醒: plans come and go, members turn out to be one, clocks are late; of a product nobody is reminded twice. */
import { describe, expect, test } from 'vitest';
import type { EventId, Reminder, ReminderDue } from '../../schema/index.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { at, line, plan, product, refund, sale, type Setup } from '../support/builders.ts';
import { onTime } from '../support/on-time.ts';
import {
  openShop,
  outboxRows,
  reminderRows,
  runOutRows,
  type Shop,
  type ShopSetup,
} from '../support/shop.ts';

const buy = (quantity: string, given: Parameters<typeof sale>[0] = {}) =>
  sale({
    at: '2026-11-01 14:00',
    lines: [line({ quantity, amountFen: 30_000 })],
    associate: { id: 'g7', name: '王' },
    ...given,
  });

const opened = async (setup: ShopSetup) => onTime(await openShop({ now: '2026-11-01 14:00', ...setup }));

const rows = (shop: Shop) =>
  runOutRows(shop.db).map(({ planId, state, endsOn, lots }) => [planId, state, endsOn, lots.length]);

const setPlans = (shop: Shop, change: string): void => {
  shop.db.all(`UPDATE reminder_plans SET ${change}`);
  shop.db.all(`UPDATE settings SET value = CAST(value + 1 AS TEXT) WHERE key = 'config_version'`);
};

describe('of a product, only the newest plan reminds', () => {
  const both: Setup = {
    plans: [plan('S1', { createdAt: 1 }), plan('S2', { createdAt: 2, daysPerUnit: 10, enabled: false })],
  };

  test('a newer plan takes over what an older one had planned, with what was bought before', async () => {
    const shop = await opened(both);
    await shop.tell(buy('1', { orderNo: '1' }));
    setPlans(shop, 'enabled = 1');
    await shop.tell(buy('1', { orderNo: '2', at: '2026-11-05 10:00' }));
    // Ten days each from now on, and both tins.
    expect(rows(shop)).toEqual([
      ['S1', 'passed', '2026-11-08', 1],
      ['S2', 'pending', '2026-11-21', 2],
    ]);
  });

  test('and the older one takes it back when the newer one is off', async () => {
    const shop = await opened(both);
    await shop.tell(buy('1', { orderNo: '1' }));
    setPlans(shop, 'enabled = 1');
    await shop.tell(buy('1', { orderNo: '2', at: '2026-11-05 10:00' }));
    setPlans(shop, `enabled = (id = 'S1')`);
    await shop.tell(refund({ orderNo: '2', at: '2026-11-06 10:00' }));
    expect(rows(shop)).toEqual([
      ['S1', 'pending', '2026-11-08', 1],
      ['S2', 'passed', '2026-11-21', 2],
    ]);
  });

  test('while all plans are off, what comes back is still taken out of the stock', async () => {
    const shop = await opened({ plans: [plan('S1')] });
    await shop.tell(buy('1', { orderNo: '1' }), buy('1', { orderNo: '2', at: '2026-11-01 15:00' }));
    setPlans(shop, 'enabled = 0');
    await shop.tell(refund({ orderNo: '2', at: '2026-11-02 10:00' }));
    expect(rows(shop)).toEqual([['S1', 'cancelled', '2026-11-15', 1]]);
    setPlans(shop, 'enabled = 1');
    await shop.tell(buy('1', { orderNo: '3', at: '2026-11-03 10:00' }));
    expect(rows(shop)).toEqual([['S1', 'pending', '2026-11-15', 2]]);
  });

  test.each([
    ['S2', 'M1', 'M2'],
    ['S2', 'M2', 'M1'],
  ])(
    'of two members who are one, the later reminder stays: %s, with %s merged into %s',
    async (stays, from, into) => {
      const shop = await opened(both);
      await shop.tell(buy('1', { orderNo: '1' }));
      setPlans(shop, 'enabled = 1');
      await shop.tell(buy('1', { orderNo: '2', member: { externalId: 'M2' } }));
      await shop.tell({
        type: 'member.merged',
        id: 'merged',
        occurredAt: '2026-11-02T10:00:00+08:00',
        data: { from: { externalId: from }, into: { externalId: into } },
      });
      expect(rows(shop)).toEqual([
        ['S1', 'passed', '2026-11-08', 1],
        [stays, 'pending', '2026-11-11', 1],
      ]);
      expect(new Set(runOutRows(shop.db).map(({ memberId }) => memberId)).size).toBe(1);
    },
  );
});

const woken = ({ memberId, planId, subject, kind }: Reminder, now: number): ReminderDue => ({
  type: 'reminder.due',
  id: `woken/${memberId}` as EventId,
  namespace: '',
  occurredAt: now,
  memberId,
  planId,
  subject,
  kind,
});

const wake = async (shop: Shop, local: string): Promise<void> => {
  const [pending] = reminderRows(shop.db).filter(({ state }) => state === 'pending');
  if (!pending) throw new Error('nothing waits');
  shop.clock.now = at(local);
  await processGroup(shop.engine, [{ event: woken(pending, at(local)), seq: null }], at(local));
};

test('once it went out, a tin brought back does not remind again, and a tin bought does', async () => {
  const shop = await opened({ plans: [plan('S1')] });
  await shop.tell(buy('2', { orderNo: '1' }));
  await wake(shop, '2026-11-10 09:00');
  expect(rows(shop)).toEqual([['S1', 'sent', '2026-11-15', 1]]);
  const one = [line({ originalLineNo: '1', quantity: '1', amountFen: 15_000 })];
  await shop.tell(refund({ orderNo: '1', at: '2026-11-10 10:00', lines: one }));
  expect(rows(shop)).toEqual([['S1', 'sent', '2026-11-08', 1]]);
  await shop.tell(buy('1', { orderNo: '2', at: '2026-11-10 11:00' }));
  expect(rows(shop)).toEqual([['S1', 'pending', '2026-11-17', 1]]);
});

test('a plan that is off leaves milk powder to the newest plan for milk powder, not to a newer one for soap', async () => {
  const only = (id: string) => ({ scope: { include: [{ kind: 'category', ids: [id] }], exclude: [] } });
  const shop = await opened({
    products: [product()],
    plans: [
      plan('milk', { createdAt: 1, ...only('01') }),
      plan('soap', { createdAt: 2, ...only('09') }),
      plan('all', { createdAt: 3 }),
    ],
  });
  await shop.tell(buy('1'));
  setPlans(shop, `enabled = (id <> 'all')`);
  await wake(shop, '2026-11-03 09:00');
  expect(rows(shop)).toEqual([
    ['all', 'passed', '2026-11-08', 1],
    ['milk', 'sent', '2026-11-08', 1],
  ]);
});

test('a tin bought while the clock was looking puts the reminder off, and nobody is told early', async () => {
  const shop = await opened({ plans: [plan('S1')], now: '2026-11-03 09:00' });
  await shop.tell(buy('1', { orderNo: '1', associate: { id: 'g7', name: '王' } }));
  const [seen] = reminderRows(shop.db);
  await shop.tell(buy('1', { orderNo: '2', at: '2026-11-02 20:00' }));
  if (!seen) throw new Error('nothing was planned');
  await processGroup(shop.engine, [{ event: woken(seen, shop.clock.now), seq: null }], shop.clock.now);
  expect(runOutRows(shop.db)).toMatchObject([{ state: 'pending', sendAt: at('2026-11-10 09:00') }]);
  expect(outboxRows(shop.db)).toEqual([]);
});

describe('a member without an associate', () => {
  const nobodys = (member: object = { externalId: 'M1' }) => buy('1', { associate: null, member });
  const manager = (shop: Shop, id: string, storeIds: string | null) =>
    shop.db.all(
      `INSERT INTO people (id, name, role, store_ids, openid, created_at) VALUES (?, '店长', 'manager', ?, ?, 0)`,
      id,
      storeIds,
      `open-${id}`,
    );
  const told = (shop: Shop) =>
    outboxRows(shop.db)
      .filter(({ kind }) => kind.startsWith('run-out'))
      .map(({ kind, openid, associateId }) => [kind, openid, associateId]);
  const alerts = (shop: Shop) =>
    shop.db.all(`SELECT text FROM alerts WHERE kind = 'reminder.untold'`).map(({ text }) => String(text));
  const due = '2026-11-03 09:00';

  test('is seen to by the manager of the store, not by that of another', async () => {
    const shop = await opened({ plans: [plan('S1', { notify: ['associate'] })] });
    manager(shop, 'far', '["9999"]');
    manager(shop, 'here', '["8005"]');
    manager(shop, 'all', null);
    await shop.tell(nobodys());
    await wake(shop, due);
    expect([rows(shop)[0]?.[1], told(shop)]).toEqual(['sent', [['run-out-associate', 'open-here', null]]]);
  });

  test('is told herself where no manager can be', async () => {
    const shop = await opened({ plans: [plan('S1', { notify: ['associate'] })] });
    await shop.tell(nobodys({ openid: 'open-1' }));
    await wake(shop, due);
    expect([rows(shop)[0]?.[1], told(shop)]).toEqual(['sent', [['run-out-member', null, null]]]);
  });

  test('is told once, though the plan names her as well', async () => {
    const shop = await opened({ plans: [plan('S1', { notify: ['associate', 'member'] })] });
    await shop.tell(nobodys({ openid: 'open-1' }));
    await wake(shop, due);
    expect(told(shop)).toEqual([['run-out-member', null, null]]);
  });

  test('whom nothing reaches is not said to have been reminded, and the shop is told once a day', async () => {
    const shop = await opened({ plans: [plan('S1', { notify: ['associate'] })] });
    await shop.tell(nobodys(), buy('1', { orderNo: '2', associate: null, member: { externalId: 'M2' } }));
    await wake(shop, due);
    await wake(shop, due);
    expect([rows(shop).map(([, state]) => state), told(shop)]).toEqual([['cancelled', 'cancelled'], []]);
    expect(alerts(shop)).toEqual([expect.stringContaining('没有人可以通知')]);
  });

  test('who has no WeChat gets a text message where the shop sends them', async () => {
    const sms = { on: true, signName: '店', templates: { 'run-out-member': { id: 'S1', params: {} } } };
    const shop = await opened({ plans: [plan('S1', { notify: ['member'] })], settings: { sms } });
    await shop.tell(nobodys({ phone: '13912345487' }));
    await wake(shop, due);
    expect([rows(shop)[0]?.[1], told(shop)]).toEqual(['sent', [['run-out-member', null, null]]]);
  });
});
