/** 随手发出: who decides a sale alone tells the member at once, and whoever dies in between leaves the message to others. */
import { describe, expect, test } from 'vitest';
import { statement, type Db } from '../../workers/db/db.ts';
import { chores } from '../../workers/schedule/chores/index.ts';
import { plans } from '../../workers/platform/plans.ts';
import { answerBell, sendDue, type Workshop } from '../../workers/work.ts';
import { sale } from '../support/builders.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import { deliveryOf, playWechat, type Wechat } from '../support/wechat.ts';

const settings = { wechatTemplates: { 'sale-earned': { id: 'T', fields: { thing1: 'store' } } } };
const buy = (orderNo: string) =>
  sale({ orderNo, member: { externalId: `M${orderNo}`, openid: `o-${orderNo}` } });
const sentTo = (wechat: Wechat) => wechat.calls.filter(({ path }) => path.endsWith('template/send')).length;
const letGoOf = (workshop: Workshop, now: number) =>
  chores.find(({ name }) => name === 'in-hand')?.run(workshop, now);
const markOf = (shop: Shop) =>
  Number(shop.db.all(`SELECT page_to FROM chores WHERE name = 'in-hand'`)[0]?.['page_to'] ?? 0);

function workshopOf(shop: Shop, wechat: Wechat, db: Db = shop.db): Workshop {
  return {
    engine: { ...shop.engine, db },
    delivery: { ...deliveryOf(shop, wechat), db },
    doorbell: shop.receiver.doorbell,
    sendingBell: { ring: () => undefined },
    jobsBell: { ring: () => undefined },
    later: () => undefined,
    plan: plans.paid,
    clock: () => shop.clock.now,
  };
}

/** Dies as soon as something is to be sent: what it wrote is kept, and nothing else happens. */
const dying = (db: Db): Db => ({
  batch: async (statements) => {
    if (statements.some(({ sql }) => sql.includes('FROM permissions'))) throw new Error('killed');
    return db.batch(statements);
  },
});

describe('whoever decided a sale and died before its message was sent', () => {
  async function deadShop() {
    const shop = await openShop({ settings });
    const wechat = playWechat();
    await shop.post(buy('1'));
    await expect(
      answerBell(workshopOf(shop, wechat, dying(shop.db)), shop.bells.splice(0), 1),
    ).rejects.toThrow('killed');
    return { shop, wechat, workshop: workshopOf(shop, wechat) };
  }

  test('leaves it to the next minute after its lease: sent once', async () => {
    const { shop, wechat, workshop } = await deadShop();
    expect(shop.db.all(`SELECT in_hand, attempts FROM outbox`)).toEqual([{ in_hand: 1, attempts: 1 }]);
    await letGoOf(workshop, shop.clock.now + 59_000);
    await sendDue(workshop, shop.clock.now + 59_000);
    expect(sentTo(wechat)).toBe(0);
    await letGoOf(workshop, shop.clock.now + 61_000);
    await sendDue(workshop, shop.clock.now + 61_000);
    await sendDue(workshop, shop.clock.now + 62_000);
    expect([sentTo(wechat), outboxRows(shop.db).map(({ state }) => state)]).toEqual([1, ['sent']]);
  });

  test('keeps the mark below it: 300 later messages that went out do not hide it', async () => {
    const { shop, wechat, workshop } = await deadShop();
    shop.db.all(
      `INSERT INTO outbox (cause, kind, payload, state, due_at, attempts, created_at)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
       SELECT 'c' || i, 'chat', '{}', 'sent', 0, 1, 0 FROM n`,
    );
    await letGoOf(workshop, shop.clock.now);
    expect(markOf(shop)).toBe(0);
    await letGoOf(workshop, shop.clock.now + 61_000);
    expect(markOf(shop)).toBe(301);
    await sendDue(workshop, shop.clock.now + 61_000);
    expect(sentTo(wechat)).toBe(1);
  });
});

test('of 100 sales at once 60 messages are in hand, and the other 40 are leased: all are sent, each once', async () => {
  const shop = await openShop({ settings });
  const wechat = playWechat();
  await shop.post(...Array.from({ length: 100 }, (_, index) => buy(String(index))));
  const written: unknown[] = [];
  const watched: Db = {
    batch: async (statements) => {
      const results = await shop.db.batch(statements);
      const held = statements.findIndex(
        ({ sql }) => sql.startsWith('INSERT INTO outbox') && sql.includes('RETURNING'),
      );
      if (held >= 0) written.push(results[held]?.rows.length);
      return results;
    },
  };
  await answerBell(workshopOf(shop, wechat, watched), shop.bells.splice(0), 1);
  expect([written, sentTo(wechat)]).toEqual([[60], 100]);
  expect(outboxRows(shop.db).every(({ state }) => state === 'sent')).toBe(true);
  expect(shop.db.all(`SELECT count(*) AS n FROM outbox WHERE in_hand = 1`)).toEqual([{ n: 0 }]);
});

test('a message in hand that WeChat put off is found again by its time', async () => {
  const shop = await openShop({ settings });
  let isBusy = true;
  const wechat = playWechat(({ path }) =>
    isBusy && path.endsWith('template/send') ? { errcode: -1, errmsg: 'system busy' } : undefined,
  );
  const workshop = workshopOf(shop, wechat);
  await shop.post(buy('1'));
  await answerBell(workshop, shop.bells.splice(0), 1);
  expect(shop.db.all(`SELECT state, in_hand, lease_until FROM outbox`)).toEqual([
    { state: 'pending', in_hand: 0, lease_until: null },
  ]);
  isBusy = false;
  shop.clock.now += 3_600_000;
  await sendDue(workshop, shop.clock.now);
  expect(outboxRows(shop.db).map(({ state }) => state)).toEqual(['sent']);
});

test('a receipt that comes while the message is still in hand is kept for it', async () => {
  const shop = await openShop({ settings });
  const wechat = playWechat();
  await shop.post(buy('1'));
  await expect(answerBell(workshopOf(shop, wechat, dying(shop.db)), shop.bells.splice(0), 1)).rejects.toThrow(
    'killed',
  );
  const { noteReceipts } = await import('../../workers/db/outbox/arrivals.ts');
  await shop.db.batch(noteReceipts([{ receipt: 'r1', arrival: 'delivered', why: null }], shop.clock.now));
  expect(shop.db.all(`SELECT receipt FROM early_receipts`)).toEqual([{ receipt: 'r1' }]);
  await shop.db.batch([statement(`DELETE FROM early_receipts`)]);
  await shop.db.batch(
    noteReceipts([{ receipt: 'r2', arrival: 'delivered', why: null }], shop.clock.now + 61_000),
  );
  expect(shop.db.all(`SELECT receipt FROM early_receipts`)).toEqual([]);
});
