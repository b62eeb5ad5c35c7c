/** 代价: round trips and statements, counted, because no local run enforces them (architecture.md §6). */
import { describe, expect, test } from 'vitest';
import { processPending } from '../../workers/engine/process.ts';
import { line, refund, sale, voided, type Body } from '../support/builders.ts';
import { goods, promises, schemes, vouchers } from '../support/model.ts';
import { inboxRows, openShop, type Shop } from '../support/shop.ts';

/** What a free invocation may ask of D1, less what the drain after it needs. */
const statementsMax = 40;
const batchesMax = 3;

/** A shop that has been open for a while: everything cached, members and sales to come back to. */
async function openedShop(): Promise<Shop> {
  const shop = await openShop({ campaigns: promises, templates: vouchers, plans: schemes, products: goods });
  await shop.tell(...Array.from({ length: 50 }, (_, index) => ordinarySale(`old-${String(index)}`, index)));
  return shop;
}

const ordinarySale = (orderNo: string, index: number): Body =>
  sale({
    orderNo,
    member: {
      externalId: `M${String(index % 50)}`,
      phone: `139123450${String(10 + (index % 50))}`,
      openid: `o-${String(index % 50)}`,
    },
    associate: { id: 'g7', name: '王' },
    lines: [
      line({ sku: 'milk', quantity: '2', amountFen: 30_000 }),
      line({ sku: 'nappy', amountFen: 9_900 }),
      line({ sku: 'tea', quantity: '0.515', amountFen: 2_000 }),
    ],
  });

/** Of ten events seven are sales, one is a return of an older one, one a void, and one tells of a member. */
function ordinaryMix(count: number): Body[] {
  return Array.from({ length: count }, (_, index): Body => {
    const old = `old-${String(index % 50)}`;
    if (index % 10 === 7) {
      return refund({
        refundNo: `R${String(index)}`,
        orderNo: old,
        lines: [line({ originalLineNo: '1', amountFen: 15_000 })],
      });
    }
    if (index % 10 === 8) return voided({ id: `v${String(index)}`, orderNo: old });
    if (index % 10 === 9) {
      return {
        type: 'member.updated',
        id: `m${String(index)}`,
        occurredAt: '2026-11-22T15:00:00+08:00',
        data: { externalId: `M${String(index % 50)}`, level: `L${String(index)}` },
      };
    }
    return ordinarySale(`new-${String(index)}`, index);
  });
}

async function counted(
  shop: Shop,
  work: () => Promise<unknown>,
): Promise<{ batches: number; statements: number }> {
  const before = { ...shop.db.counts };
  await work();
  return {
    batches: shop.db.counts.batches - before.batches,
    statements: shop.db.counts.statements - before.statements,
  };
}

test('a webhook is one round trip, whether it brings one event or 500', async () => {
  const shop = await openedShop();
  const one = await counted(shop, () => shop.post(ordinarySale('a', 1)));
  const many = await counted(shop, () =>
    shop.post(...Array.from({ length: 500 }, (_, index) => ordinarySale(`b${String(index)}`, index))),
  );
  expect([one.batches, many.batches]).toEqual([1, 1]);
});

describe('a group is found, read and written: three round trips', () => {
  test.each([1, 10, 100, 250])('of %d sales', async (count) => {
    const shop = await openedShop();
    await shop.post(...Array.from({ length: count }, (_, index) => ordinarySale(`n${String(index)}`, index)));
    const { batches, statements } = await counted(shop, () =>
      processPending(shop.engine, 250, shop.clock.now),
    );
    expect({ batches, isWithin: statements <= statementsMax }).toEqual({
      batches: batchesMax,
      isWithin: true,
    });
    expect(inboxRows(shop.db).every(({ state }) => state === 'done')).toBe(true);
  });

  test.each([10, 100, 250])('of %d events of the ordinary mix', async (count) => {
    const shop = await openedShop();
    await shop.post(...ordinaryMix(count));
    const { batches, statements } = await counted(shop, () =>
      processPending(shop.engine, 250, shop.clock.now),
    );
    expect({ batches, statements: Math.max(statements, statementsMax) }).toEqual({
      batches: batchesMax,
      statements: statementsMax,
    });
  });

  test('however large it is, the statements are as many', async () => {
    const statements = [];
    for (const count of [20, 200]) {
      const shop = await openedShop();
      await shop.post(...ordinaryMix(count));
      statements.push(
        (await counted(shop, () => processPending(shop.engine, 250, shop.clock.now))).statements,
      );
    }
    expect(new Set(statements).size).toBe(1);
  });
});

test('nothing to do costs one round trip', async () => {
  const shop = await openedShop();
  expect(await counted(shop, () => processPending(shop.engine, 250, shop.clock.now))).toEqual({
    batches: 1,
    statements: 1,
  });
});

test('a return that waited, or a corrected sale, is read once more: four round trips', async () => {
  const shop = await openedShop();
  await shop.tell(refund({ orderNo: 'late', refundNo: 'RL' }));
  await shop.post(ordinarySale('late', 1));
  expect((await counted(shop, () => processPending(shop.engine, 250, shop.clock.now))).batches).toBe(4);
  await shop.post(sale({ orderNo: 'old-1', version: '2', member: { externalId: 'M1' } }));
  expect((await counted(shop, () => processPending(shop.engine, 250, shop.clock.now))).batches).toBe(4);
});
