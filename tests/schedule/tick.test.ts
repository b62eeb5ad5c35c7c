/** 定时: what the one cron trigger does with its minute. */
import { describe, expect, test } from 'vitest';
import type { PlanId, Reminder } from '../../schema/index.ts';
import { change } from '../../workers/commands/definitions/define.ts';
import { reminderPlans } from '../../workers/commands/definitions/reminder-plans.ts';
import { plans } from '../../workers/platform/plans.ts';
import { tick } from '../../workers/schedule/tick.ts';
import { answerBell, type Workshop } from '../../workers/work.ts';
import { at, line, plan, product, refund, sale, voided } from '../support/builders.ts';
import { mentions, misbehaving } from '../support/faults.ts';
import { plant, unwoken } from '../support/kept.ts';
import {
  balanceOf,
  inboxRows,
  openShop,
  outboxRows,
  reminderRows,
  runOutRows,
  type Shop,
  type ShopSetup,
} from '../support/shop.ts';
import { deliveryOf, playWechat, type Wechat } from '../support/wechat.ts';

const seven = plan('S1', { notify: ['associate', 'member'] });

/** Bought on 11-01: due on 11-03 at 09:00, used up on 11-08. */
const buy = (given: Parameters<typeof sale>[0] = {}) =>
  sale({
    at: '2026-11-01 14:00',
    member: { externalId: 'M1', name: '李', openid: 'open-1' },
    associate: { id: 'g7', name: '王' },
    ...given,
  });

async function opened(
  setup: ShopSetup = {},
): Promise<{ shop: Shop; wechat: Wechat; workshop: Workshop; ticks: (local: string) => Promise<void> }> {
  const shop = await openShop({
    plans: [seven],
    settings: { tellSale: false },
    now: '2026-11-01 14:01',
    products: [product({ sku: 'milk', name: '奶粉' })],
    ...setup,
  });
  const wechat = playWechat();
  const workshop: Workshop = {
    engine: shop.engine,
    delivery: deliveryOf(shop, wechat),
    doorbell: shop.receiver.doorbell,
    sendingBell: { ring: () => {} },
    jobsBell: { ring: () => undefined },
    later: () => {},
    plan: plans.paid,
    clock: () => shop.clock.now,
  };
  const ticks = async (local: string): Promise<void> => {
    shop.clock.now = at(local);
    await tick(workshop, shop.clock.now);
  };
  return { shop, wechat, workshop, ticks };
}

const states = (shop: Shop) => reminderRows(shop.db).map(({ state }) => state);
const told = (shop: Shop) => outboxRows(shop.db).map(({ kind, payload }) => [kind, payload['endsOn']]);

describe('a reminder', () => {
  test('goes out at 09:00 of its day to the associate and the member, once', async () => {
    const { shop, ticks } = await opened();
    await shop.tell(buy());
    await ticks('2026-11-03 08:59');
    expect([states(shop), told(shop)]).toEqual([['pending'], []]);
    await ticks('2026-11-03 09:00');
    await ticks('2026-11-03 09:01');
    expect(states(shop)).toEqual(['sent']);
    expect(
      outboxRows(shop.db).map(({ kind, associateId, memberId, payload }) => [
        kind,
        associateId,
        memberId !== null,
        payload,
      ]),
    ).toEqual(
      ['run-out-associate', 'run-out-member'].map((kind) => [
        kind,
        kind === 'run-out-associate' ? 'g7' : null,
        true,
        { memberName: '李', sku: 'milk', productName: '奶粉', endsOn: '2026-11-08', storeId: '8005' },
      ]),
    );
  });

  test('in two ticks that run at once goes out once', async () => {
    const { shop, workshop } = await opened();
    await shop.tell(buy());
    const nine = at('2026-11-03 09:00');
    await Promise.all([tick(workshop, nine), tick(workshop, nine), tick(workshop, nine + 60_000)]);
    expect(told(shop)).toEqual([
      ['run-out-associate', '2026-11-08'],
      ['run-out-member', '2026-11-08'],
    ]);
  });

  test('missed by day goes out by day: not at 21:00, not at night, but at 09:00 the next morning', async () => {
    const { shop, ticks } = await opened();
    await shop.tell(buy());
    for (const local of ['2026-11-03 21:00', '2026-11-03 23:59', '2026-11-04 03:00', '2026-11-04 08:59'])
      await ticks(local);
    expect(states(shop)).toEqual(['pending']);
    await ticks('2026-11-04 09:00');
    expect(states(shop)).toEqual(['sent']);
  });

  test('is one of 600: they go out page by page in one tick', async () => {
    const { shop, ticks } = await opened();
    for (let page = 0; page < 2; page += 1) {
      const sales = Array.from({ length: 300 }, (_, index) => {
        const name = `M${String(page * 300 + index)}`;
        return buy({ orderNo: name, member: { externalId: name } });
      });
      await shop.tell(...sales);
    }
    await ticks('2026-11-03 09:00');
    expect(new Set(states(shop))).toEqual(new Set(['sent']));
    expect(outboxRows(shop.db)).toHaveLength(600);
  });

  test('of a free plan goes out twelve in every other minute, until all are out', async () => {
    const { shop, workshop } = await opened();
    const sales = Array.from({ length: 30 }, (_, index) =>
      buy({ orderNo: String(index), member: { externalId: `M${String(index)}` } }),
    );
    await shop.tell(...sales);
    const sent = [];
    for (let minute = 0; minute < 6; minute += 1) {
      await tick({ ...workshop, plan: plans.free }, at('2026-11-03 09:00') + minute * 60_000);
      sent.push(states(shop).filter((state) => state === 'sent').length);
    }
    expect(sent).toEqual([12, 12, 24, 24, 30, 30]);
  });

  test('of a member who has left is called off', async () => {
    const { shop, ticks } = await opened();
    await shop.tell(buy());
    await shop.tell({
      type: 'member.deleted',
      id: 'd',
      occurredAt: '2026-11-02T10:00:00+08:00',
      data: { externalId: 'M1' },
    });
    await ticks('2026-11-03 09:00');
    expect([states(shop), told(shop)]).toEqual([['cancelled'], []]);
  });

  test('does not keep the cron busy when its goods came back and were told again after it went out', async () => {
    const { shop, ticks } = await opened();
    await shop.tell(buy());
    await ticks('2026-11-03 09:00');
    // The ticket is corrected to something else, and then back again.
    await shop.tell(buy({ version: '2', lines: [line({ sku: 'soap' })] }));
    await shop.tell(buy({ version: '3' }));
    await ticks('2026-11-03 09:01');
    await ticks('2026-11-04 09:00');
    const isDue = ({ state, sendAt }: Reminder) => state === 'pending' && sendAt <= shop.clock.now;
    expect([reminderRows(shop.db).filter(isDue), shop.db.all(`SELECT * FROM due`)]).toEqual([[], []]);
  });
});

describe('what wakes a reminder', () => {
  const wakeUps = (shop: Shop) =>
    shop.db.all(`SELECT send_at AS at FROM due ORDER BY 1`).map((row) => Number(row['at']));
  const third = at('2026-11-03 09:00');
  const tenth = at('2026-11-10 09:00');

  test('stays behind when the reminder moves, wakes nobody when it comes, and is gone afterwards', async () => {
    const { shop, ticks } = await opened();
    await shop.tell(buy());
    await shop.tell(buy({ orderNo: '2', at: '2026-11-01 15:00' }));
    expect([wakeUps(shop), states(shop)]).toEqual([[third, tenth], ['pending']]);
    await ticks('2026-11-03 09:00');
    expect([wakeUps(shop), states(shop), told(shop)]).toEqual([[tenth], ['pending'], []]);
    await ticks('2026-11-10 09:00');
    expect([wakeUps(shop), states(shop), told(shop).length]).toEqual([[], ['sent'], 2]);
  });

  test('is still there when the clock dies right after the reminder was told, and then tells nothing twice', async () => {
    let isDead = true;
    const { shop, ticks } = await opened({
      through: misbehaving((statements) =>
        isDead && mentions(statements, 'DELETE FROM due') ? 'down' : null,
      ),
    });
    await shop.tell(buy());
    await ticks('2026-11-03 09:00');
    expect([wakeUps(shop), states(shop), told(shop).length]).toEqual([[third], ['sent'], 2]);
    isDead = false;
    await ticks('2026-11-03 09:01');
    expect([wakeUps(shop), states(shop), told(shop).length]).toEqual([[], ['sent'], 2]);
  });

  test('stays when the reminder could not be told, and tells it in the next minute', async () => {
    let isDown = true;
    const { shop, ticks } = await opened({
      through: misbehaving((statements) =>
        isDown && mentions(statements, 'INSERT INTO outbox') ? 'refused' : null,
      ),
    });
    await shop.tell(buy());
    await ticks('2026-11-03 09:00');
    expect([wakeUps(shop), states(shop), told(shop)]).toEqual([[third], ['pending'], []]);
    isDown = false;
    await ticks('2026-11-03 09:01');
    expect([wakeUps(shop), states(shop), told(shop).length]).toEqual([[], ['sent'], 2]);
  });

  test('stays when the reminder is set to that very moment again while it is being dropped', async () => {
    const { shop, ticks } = await opened({
      through: misbehaving((statements) => {
        if (!mentions(statements, 'DELETE FROM due')) return null;
        const [row] = reminderRows(shop.db);
        if (row) plant(shop.db, 'reminders', { ...row, state: 'pending' });
        return null;
      }),
    });
    await shop.tell(buy());
    await ticks('2026-11-03 09:00');
    expect([wakeUps(shop), unwoken(shop.db)]).toEqual([[third], []]);
  });

  test('of two members who turn out to be one wakes the one who is left', async () => {
    const { shop, ticks } = await opened();
    const card = { cardNo: '11', openid: 'open-1' };
    await shop.tell(buy({ member: { externalId: 'M1' } }), buy({ orderNo: '2', member: card }));
    await shop.tell({
      type: 'member.merged',
      id: 'merge',
      occurredAt: '2026-11-02T10:00:00+08:00',
      data: { from: { externalId: 'M1' }, into: card },
    });
    expect(unwoken(shop.db)).toEqual([]);
    await ticks('2026-11-03 09:00');
    expect([states(shop), wakeUps(shop), told(shop).length]).toEqual([['sent'], [], 2]);
  });
});

describe('a plan that was switched off', () => {
  const setPlans = (shop: Shop, id: string, enabled: number): void => {
    shop.db.all(`UPDATE reminder_plans SET enabled = ? WHERE id = ?`, enabled, id);
    shop.db.all(`UPDATE settings SET value = CAST(value + 1 AS TEXT) WHERE key = 'config_version'`);
  };
  const newest = plan('S2', { daysPerUnit: 10, remindBeforeDays: 3, createdAt: 5, notify: ['associate'] });

  test('leaves its reminders to the newest other plan, with that plan’s own end', async () => {
    const { shop, ticks } = await opened({ plans: [seven, newest] });
    await shop.tell(buy());
    expect(runOutRows(shop.db).map(({ planId, endsOn }) => [planId, endsOn])).toEqual([['S2', '2026-11-11']]);
    setPlans(shop, 'S2', 0);
    await ticks('2026-11-08 09:00');
    expect(runOutRows(shop.db).map(({ planId, endsOn, state }) => [planId, endsOn, state])).toEqual([
      ['S1', '2026-11-08', 'sent'],
      ['S2', '2026-11-11', 'passed'],
    ]);
    expect(told(shop)).toEqual([
      ['run-out-associate', '2026-11-08'],
      ['run-out-member', '2026-11-08'],
    ]);
  });

  test('for one that reminds later: the reminder is put off until then', async () => {
    const { shop, ticks } = await opened({
      plans: [plan('later', { daysPerUnit: 20 }), { ...seven, createdAt: 5 }],
    });
    await shop.tell(buy());
    setPlans(shop, 'S1', 0);
    await ticks('2026-11-03 09:00');
    expect(
      runOutRows(shop.db).map(({ planId, endsOn, sendAt, state }) => [planId, endsOn, sendAt, state]),
    ).toEqual([
      ['S1', '2026-11-08', at('2026-11-03 09:00'), 'passed'],
      ['later', '2026-11-21', at('2026-11-16 09:00'), 'pending'],
    ]);
    expect(told(shop)).toEqual([]);
  });

  /** As the office does it. */
  const switchOff = (shop: Shop, id: string) =>
    change(reminderPlans, shop.engine.db, { id: id as PlanId, patch: { enabled: false } }, shop.clock.now);
  const planned = (shop: Shop) =>
    runOutRows(shop.db).map(({ planId, endsOn, sendAt, state }) => [planId, endsOn, sendAt, state]);

  test('leaves them to one that reminds earlier: they move to its day, and are not late', async () => {
    const { shop, ticks } = await opened({ plans: [seven, newest] });
    await shop.tell(buy());
    await switchOff(shop, 'S2');
    await ticks('2026-11-01 14:02');
    expect(planned(shop)).toEqual([
      ['S1', '2026-11-08', at('2026-11-03 09:00'), 'pending'],
      ['S2', '2026-11-11', at('2026-11-08 09:00'), 'passed'],
    ]);
    expect(told(shop)).toEqual([]);
    await ticks('2026-11-03 09:00');
    expect(told(shop).map(([kind]) => kind)).toEqual(['run-out-associate', 'run-out-member']);
    await ticks('2026-11-08 09:00');
    expect([told(shop).length, unwoken(shop.db)]).toEqual([2, []]);
  });

  test('on the evening of a day that the other plan would have told: it is told the next morning', async () => {
    const { shop, ticks } = await opened({ plans: [seven, newest] });
    await shop.tell(buy());
    shop.clock.now = at('2026-11-05 22:00');
    await switchOff(shop, 'S2');
    await ticks('2026-11-06 09:00');
    await ticks('2026-11-07 09:00');
    expect(told(shop).map(([kind]) => kind)).toEqual(['run-out-associate', 'run-out-member']);
  });

  test('when by the other plan the tin is empty already: nobody is reminded of it', async () => {
    const { shop, ticks } = await opened({
      plans: [plan('S1', { daysPerUnit: 3, remindBeforeDays: 1 }), newest],
    });
    await shop.tell(buy());
    shop.clock.now = at('2026-11-06 10:00');
    await switchOff(shop, 'S2');
    await ticks('2026-11-06 10:02');
    expect([planned(shop).map(([id, , , state]) => [id, state]), told(shop)]).toEqual([
      [
        ['S1', 'cancelled'],
        ['S2', 'passed'],
      ],
      [],
    ]);
  });

  test('and no other covers the product: its own day is kept, should it be switched on again', async () => {
    const { shop, ticks } = await opened({ plans: [newest] });
    await shop.tell(buy());
    const before = planned(shop);
    await switchOff(shop, 'S2');
    await ticks('2026-11-01 14:02');
    expect(planned(shop)).toEqual(before);
  });

  test('a category that only the receipt named is known to the plan that takes over', async () => {
    const scope = { include: [{ kind: 'category' as const, ids: ['01'] }], exclude: [] };
    const { shop, ticks } = await opened({
      plans: [
        plan('S1', { scope }),
        plan('S2', { daysPerUnit: 10, remindBeforeDays: 3, createdAt: 5, scope }),
      ],
      products: [],
    });
    await shop.tell(buy({ lines: [line({ sku: 'new', categoryIds: ['01'] })] }));
    await switchOff(shop, 'S2');
    await ticks('2026-11-01 14:02');
    expect(planned(shop)[0]).toEqual(['S1', '2026-11-08', at('2026-11-03 09:00'), 'pending']);
  });

  test('and was the only one: its reminders are called off', async () => {
    const { shop, ticks } = await opened();
    await shop.tell(buy());
    setPlans(shop, 'S1', 0);
    await ticks('2026-11-03 09:00');
    expect([states(shop), told(shop)]).toEqual([['cancelled'], []]);
  });
});

describe('a return whose sale has not come', () => {
  test('waits, is pointed out after 72 hours, once, and still counts when the sale comes', async () => {
    const { shop, ticks } = await opened({ plans: [] });
    const half = [line({ originalLineNo: '1', quantity: '0.5', amountFen: 4_000 })];
    await shop.tell(refund({ at: '2026-11-01 14:00', lines: half }));
    const note = () => inboxRows(shop.db).map(({ state, note: why }) => [state, why]);
    await ticks('2026-11-04 14:01');
    expect(note()).toEqual([['waiting', { code: 'SALE_AWAITED', saleId: 'pos:8005-372' }]]);
    const overdue = ['waiting', { code: 'SALE_OVERDUE', saleId: 'pos:8005-372', hours: 72 }];
    await ticks('2026-11-04 14:02');
    await ticks('2026-11-04 14:03');
    expect(note()).toEqual([overdue]);
    await shop.tell(sale({ at: '2026-11-01 13:00' }));
    expect(note()).toEqual([
      ['done', null],
      ['done', null],
    ]);
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(60);
  });

  test('a void whose sale never comes waits without a word, and still counts when it does', async () => {
    const { shop, ticks } = await opened({ plans: [] });
    await shop.tell(voided({ at: '2026-11-01 14:00' }));
    const note = () => inboxRows(shop.db).map(({ state, note: why }) => [state, why?.code ?? null]);
    await ticks('2026-11-04 14:02');
    await ticks('2026-11-05 14:02');
    expect(note()).toEqual([['waiting', 'SALE_AWAITED']]);
    await shop.tell(sale({ at: '2026-11-01 13:00' }));
    expect(note()).toEqual([
      ['done', null],
      ['done', null],
    ]);
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(0);
  });
});

describe('what was left lying', () => {
  test('an event whose ring was lost is rung for after a minute, and not before', async () => {
    const { shop, workshop, ticks } = await opened();
    await shop.post(buy());
    shop.bells.length = 0;
    await ticks('2026-11-01 14:01');
    expect(shop.bells).toEqual([]);
    await ticks('2026-11-01 14:02');
    expect(shop.bells).toEqual([{}]);
    await answerBell(workshop, shop.bells.splice(0), 1);
    await ticks('2026-11-01 14:05');
    expect(shop.bells).toEqual([]);
  });

  test('a message nobody sent is sent', async () => {
    const card = { id: 'T1', fields: { amount1: 'paid' } };
    const settings = { tellSale: true, wechatTemplates: { 'sale-earned': card } };
    const { shop, wechat, ticks } = await opened({ settings });
    await shop.tell(buy());
    await ticks('2026-11-01 14:02');
    expect(outboxRows(shop.db).map(({ state }) => state)).toEqual(['sent']);
    expect(wechat.calls).toHaveLength(2);
  });
});

describe('a chore that fails', () => {
  const fields = { amount1: 'paid' };
  const settings = { tellSale: true, wechatTemplates: { 'sale-earned': { id: 'T1', fields } } };

  test('costs no other its turn, and the shop is told once a day, in plain words', async () => {
    let isBroken = true;
    const through = misbehaving((statements) =>
      isBroken && mentions(statements, 'UPDATE decisions SET note') ? 'refused' : null,
    );
    const { shop, wechat, ticks } = await opened({ settings, through });
    await shop.tell(buy());
    await ticks('2026-11-01 14:02');
    await ticks('2026-11-01 14:03');
    expect(wechat.calls).toHaveLength(2);
    await ticks('2026-11-02 14:02');
    isBroken = false;
    await ticks('2026-11-03 14:02');
    const text =
      '定时任务“补拾漏处理的单据”出错，这一次没有做完。其他任务不受影响，系统会自动再试。如果明天还收到这条提醒，请联系技术人员，并告诉他任务代号 left-lying。';
    expect(shop.db.all(`SELECT id, kind, source_id AS source, text, at FROM alerts ORDER BY at`)).toEqual(
      ['2026-11-01', '2026-11-02'].map((date) => ({
        id: `chore-failed/left-lying/${date}`,
        kind: 'chore.failed',
        source: 'schedule',
        text,
        at: at(`${date} 14:02`),
      })),
    );
  });

  test('because the database is away fails with all the others, and the next minute does what was left', async () => {
    let isAway = true;
    const { shop, wechat, ticks } = await opened({
      settings,
      through: misbehaving(() => (isAway ? 'down' : null)),
    });
    isAway = false;
    await shop.tell(buy());
    isAway = true;
    await ticks('2026-11-01 14:02');
    expect([wechat.calls, shop.db.all(`SELECT * FROM alerts`)]).toEqual([[], []]);
    isAway = false;
    await ticks('2026-11-01 14:03');
    expect(outboxRows(shop.db).map(({ state }) => state)).toEqual(['sent']);
  });
});
