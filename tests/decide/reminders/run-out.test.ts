/** 消耗提醒: when a product runs out, and when somebody is told (K-63, Q-14). */
import { describe, expect, test } from 'vitest';
import type { Matter } from '../../../workers/decide/members/reminder-plan.ts';
import type { Lot } from '../../../workers/decide/sales/stock.ts';
import { runOut } from '../../../workers/decide/reminders/run-out.ts';
import { at, line, plan, product, refund, sale, voided } from '../../support/builders.ts';
import { plant } from '../../support/kept.ts';
import { onTime } from '../../support/on-time.ts';
import { openShop, reminderRows, runOutRows, type Shop, type ShopSetup } from '../../support/shop.ts';

const seven = plan('S1', { daysPerUnit: 7, remindBeforeDays: 5, createdAt: at('2026-10-01 00:00') });
const ten = plan('S2', { daysPerUnit: 10, remindBeforeDays: 3, createdAt: at('2026-10-20 00:00') });

const buy = (quantity: string, given: Parameters<typeof sale>[0] = {}) =>
  sale({ at: '2026-11-01 14:00', lines: [line({ quantity, amountFen: 30_000 })], ...given });

const milk = (shop: Shop) => {
  const [row] = runOutRows(shop.db).filter(({ sku }) => sku === 'milk');
  if (!row) return null;
  const { planId, endsOn, dueAt, sendAt, state } = row;
  return { planId, endsOn, dueAt, sendAt, state };
};

const opened = async (setup: ShopSetup = { plans: [seven] }) =>
  onTime(await openShop({ now: '2026-11-01 14:00', ...setup }));

test('A: 3 tins bought on 11-01 are used up on 11-22, and 11-17 at 09:00 is the time to say so', async () => {
  const shop = await opened();
  await shop.tell(buy('3'));
  expect(milk(shop)).toEqual({
    planId: 'S1',
    endsOn: '2026-11-22',
    dueAt: at('2026-11-17 09:00'),
    sendAt: at('2026-11-17 09:00'),
    state: 'pending',
  });
});

test('B: 8 days before the end of a product that lasts 7 is refused, by the name of the field', () => {
  const parsed = runOut.params.safeParse({ ...seven.definition, remindBeforeDays: 8 });
  expect(parsed.error?.issues.map(({ path }) => path)).toEqual([['remindBeforeDays']]);
});

test('C: of two plans for the product the newest runs; without it the other one', async () => {
  const both = await opened({ plans: [seven, ten] });
  await both.tell(buy('1'));
  expect(milk(both)).toMatchObject({ planId: 'S2', endsOn: '2026-11-11', dueAt: at('2026-11-08 09:00') });

  const one = await opened({
    plans: [seven, plan('S2', { ...ten.definition, createdAt: ten.createdAt, enabled: false })],
  });
  await one.tell(buy('1'));
  expect(milk(one)).toMatchObject({ planId: 'S1', endsOn: '2026-11-08', dueAt: at('2026-11-03 09:00') });
});

test('D: 2 of 3 tins brought back on 11-10 at 15:00: the time has passed, so it is due now and goes out the next morning', async () => {
  const shop = await opened();
  await shop.tell(buy('3'));
  await shop.tell(
    refund({
      at: '2026-11-10 15:00',
      lines: [line({ originalLineNo: '1', quantity: '2', amountFen: 20_000 })],
    }),
  );
  expect(milk(shop)).toEqual({
    planId: 'S1',
    endsOn: '2026-11-08',
    dueAt: at('2026-11-10 15:00'),
    sendAt: at('2026-11-11 09:00'),
    state: 'pending',
  });
});

test.each([
  ['returned', refund({ at: '2026-11-02 10:00' })],
  ['voided', voided({ at: '2026-11-02 10:00' })],
])('E: everything %s: the reminder is called off', async (_, event) => {
  const shop = await opened();
  await shop.tell(buy('3'));
  await shop.tell(event);
  expect(milk(shop)?.state).toBe('cancelled');
});

describe('F: bought again', () => {
  test('before the first is used up, the new one is opened when the old one ends: one reminder, later', async () => {
    const shop = await opened();
    await shop.tell(buy('1', { orderNo: '1' }));
    await shop.tell(buy('2', { orderNo: '2', at: '2026-11-05 10:00' }));
    expect(runOutRows(shop.db)).toHaveLength(1);
    expect(milk(shop)).toMatchObject({
      endsOn: '2026-11-22',
      dueAt: at('2026-11-17 09:00'),
      state: 'pending',
    });
  });

  test('after the first was used up, it starts afresh on the day it was bought', async () => {
    const shop = await opened();
    await shop.tell(buy('1', { orderNo: '1' }));
    await shop.tell(buy('1', { orderNo: '2', at: '2026-11-15 10:00' }));
    expect(milk(shop)).toMatchObject({ endsOn: '2026-11-22', dueAt: at('2026-11-17 09:00') });
  });

  test('and told before the first: the end is the same', async () => {
    const shop = await opened();
    await shop.tell(buy('2', { orderNo: '2', at: '2026-11-05 10:00' }));
    await shop.tell(buy('1', { orderNo: '1' }));
    expect(milk(shop)).toMatchObject({ endsOn: '2026-11-22', dueAt: at('2026-11-17 09:00') });
  });

  test('and the second brought back, the first counts alone again', async () => {
    const shop = await opened();
    await shop.tell(buy('1', { orderNo: '1' }), buy('2', { orderNo: '2', at: '2026-11-01 15:00' }));
    await shop.tell(refund({ orderNo: '2', at: '2026-11-02 10:00' }));
    expect(milk(shop)).toMatchObject({ endsOn: '2026-11-08', dueAt: at('2026-11-03 09:00') });
  });

  test('by another member, each has a reminder of their own', async () => {
    const shop = await opened();
    await shop.tell(buy('1', { orderNo: '1' }), buy('2', { orderNo: '2', member: { externalId: 'M2' } }));
    expect(
      runOutRows(shop.db)
        .map(({ endsOn }) => endsOn)
        .toSorted(),
    ).toEqual(['2026-11-08', '2026-11-15']);
  });
});

describe('told late', () => {
  const opens = (now: string) => openShop({ plans: [seven], now });
  const when = (shop: Shop) => {
    const { endsOn, sendAt, state } = milk(shop) ?? {};
    return { endsOn, sendAt, state };
  };

  test('a tin that was empty before reminds nobody; one that still lasts a day reminds the next morning', async () => {
    const over = await opens('2026-11-08 10:00');
    await over.tell(buy('1'));
    expect(milk(over)).toMatchObject({ endsOn: '2026-11-08', state: 'cancelled' });
    expect(over.db.all('SELECT * FROM due')).toEqual([]);

    const short = await opens('2026-11-07 10:00');
    await short.tell(buy('1'));
    expect(when(short)).toEqual({ endsOn: '2026-11-08', sendAt: at('2026-11-08 09:00'), state: 'pending' });
  });

  test('two of them in whatever order: the second is opened when the first is empty, and is reminded of', async () => {
    for (const order of [
      ['2026-11-01', '2026-11-05'],
      ['2026-11-05', '2026-11-01'],
    ]) {
      const shop = await opens('2026-11-09 10:00');
      for (const day of order) await shop.tell(buy('1', { orderNo: day, at: `${day} 10:00` }));
      expect(when(shop)).toEqual({ endsOn: '2026-11-15', sendAt: at('2026-11-10 09:00'), state: 'pending' });
    }
  });

  test('what was used up before the tin at hand does not remind of that one again', async () => {
    const shop = await opens('2026-11-20 10:00');
    await shop.tell(buy('1', { orderNo: 'now', at: '2026-11-20 10:00' }));
    const [row] = reminderRows(shop.db);
    if (!row) throw new Error('nothing is planned');
    plant(shop.db, 'reminders', { ...row, state: 'sent' });
    await shop.tell(buy('1', { orderNo: 'old', at: '2026-06-01 10:00' }));
    expect(when(shop)).toEqual({ endsOn: '2026-11-27', sendAt: at('2026-11-22 09:00'), state: 'sent' });
    await shop.tell(buy('1', { orderNo: 'more', at: '2026-11-20 09:00' }));
    expect(when(shop)).toEqual({ endsOn: '2026-12-04', sendAt: at('2026-11-29 09:00'), state: 'pending' });
  });

  test('it does not call off what a return made due now, either', async () => {
    const shop = await opened();
    await shop.tell(buy('3'));
    const twoBack = [line({ originalLineNo: '1', quantity: '2', amountFen: 20_000 })];
    await shop.tell(refund({ at: '2026-11-10 15:00', lines: twoBack }));
    await shop.tell(buy('1', { orderNo: 'old', at: '2026-06-01 10:00' }));
    expect(when(shop)).toEqual({ endsOn: '2026-11-08', sendAt: at('2026-11-11 09:00'), state: 'pending' });
  });

  test('a return of two tins told within three days is still said the next morning, and after ten days no more', async () => {
    for (const [now, sendAt, state] of [
      ['2026-11-12 10:00', at('2026-11-13 09:00'), 'pending'],
      ['2026-11-16 16:00', at('2026-11-17 09:00'), 'cancelled'],
    ] as const) {
      const shop = await opened();
      await shop.tell(buy('3'));
      shop.clock.now = at(now);
      const twoBack = [line({ originalLineNo: '1', quantity: '2', amountFen: 20_000 })];
      await shop.tell(refund({ at: '2026-11-10 15:00', lines: twoBack }));
      expect(when(shop)).toEqual({ endsOn: '2026-11-08', sendAt, state });
    }
  });

  test('a return of what was empty long ago wakes nobody', async () => {
    const shop = await opens('2026-11-22 10:00');
    await shop.tell(buy('3', { at: '2026-10-01 10:00' }));
    const oneBack = [line({ originalLineNo: '1', quantity: '1', amountFen: 10_000 })];
    await shop.tell(refund({ at: '2026-11-22 10:00', lines: oneBack }));
    expect(milk(shop)).toMatchObject({ endsOn: '2026-10-15', state: 'cancelled' });
  });
});

test('gifts, services and goods that are brought in on an exchange do not run out', async () => {
  const shop = await opened();
  await shop.tell(
    buy('1', {
      lines: [
        line({ sku: 'gift', kind: 'gift', amountFen: 0 }),
        line({ sku: 'haircut', kind: 'service' }),
        line({ sku: 'old', kind: 'exchange_in', amountFen: 100 }),
        line({ sku: 'new', kind: 'exchange_out' }),
      ],
    }),
  );
  expect(runOutRows(shop.db).map(({ sku }) => sku)).toEqual(['new']);
});

test('a plan for one category, or for a time that is over, says nothing of other goods or later sales', async () => {
  const shop = await opened({
    products: [
      product({ sku: 'milk' }),
      product({ sku: 'soap', categoryPath: [{ id: '09', name: '洗护' }] }),
    ],
    plans: [
      plan('milk-only', { scope: { include: [{ kind: 'category', ids: ['01'] }], exclude: [] } }),
      plan('over', { createdAt: 5, validTo: '2026-10-31T00:00:00+08:00', daysPerUnit: 30 }),
    ],
  });
  await shop.tell(buy('1', { lines: [line(), line({ sku: 'soap' })] }));
  expect(runOutRows(shop.db).map(({ sku, planId }) => [sku, planId])).toEqual([['milk', 'milk-only']]);
});

test('half a tin lasts three days, and less than a day’s worth nothing', () => {
  const compiled = runOut.compile(seven, seven.definition);
  const after = (...quantities: number[]) => {
    const boughtAt = Date.parse('2026-11-01T10:00:00+08:00');
    const lots = quantities.map((quantityMilli): Lot => ['pos:1' as Lot[0], boughtAt, quantityMilli]);
    const basis = { productName: '奶粉', lots, endsOn: '2026-11-01' };
    const matter: Matter = { subject: 'milk', storeId: null, basis, about: null, since: 0, isNews: true };
    return compiled.schedule(matter);
  };
  expect(after(500)).toMatchObject({ remindOn: '2026-10-30', basis: { endsOn: '2026-11-04' } });
  expect(after(3000)).toMatchObject({ remindOn: '2026-11-17', basis: { endsOn: '2026-11-22' } });
  expect(after(3000, 3000)).toMatchObject({ remindOn: '2026-12-08', basis: { endsOn: '2026-12-13' } });
  expect([after(142), after()]).toEqual([null, null]);
});
