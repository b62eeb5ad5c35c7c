/** 故障: whatever breaks on the way, a sale that was acknowledged counts, and counts once. */
import { describe, expect, test } from 'vitest';
import { configCache } from '../../workers/db/world/config.ts';
import { readPending } from '../../workers/db/inbox/pending.ts';
import { replayEvents } from '../../workers/db/inbox/replay.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import { processGroup, processPending, processWarily } from '../../workers/engine/process.ts';
import { plans } from '../../workers/platform/plans.ts';
import { tick } from '../../workers/schedule/tick.ts';
import { answerBell, type Workshop } from '../../workers/work.ts';
import { campaign, line, refund, sale, template } from '../support/builders.ts';
import { isWrite, mentions, misbehaving, type Fault } from '../support/faults.ts';
import {
  balanceOf,
  inboxRows,
  ledgerFaults,
  couponRows,
  memberId,
  memberRows,
  openShop,
  postTo,
  rowCounts,
  saleRows,
  type Shop,
  type ShopSetup,
} from '../support/shop.ts';
import { deliveryOf, playWechat } from '../support/wechat.ts';
import { barrier, stopTimers } from '../support/timers.ts';
import { until } from '../support/until.ts';

const workshopOf = (shop: Shop): Workshop => ({
  engine: shop.engine,
  delivery: deliveryOf(shop, playWechat()),
  doorbell: shop.receiver.doorbell,
  sendingBell: { ring: () => {} },
  jobsBell: { ring: () => undefined },
  later: () => {},
  plan: plans.paid,
  clock: () => shop.clock.now,
});

const buy = (orderNo: string, externalId = `M${orderNo}`) => sale({ orderNo, member: { externalId } });
const states = (shop: Shop) => inboxRows(shop.db).map(({ state }) => state);
const pointsOf = (shop: Shop, ...who: string[]) => who.map((name) => balanceOf(shop.db, `ext:pos:${name}`));

/** A shop whose database does what `fault` says, for as long as it says so. */
async function brokenShop(): Promise<
  Shop & { fault: { on: (statements: Parameters<typeof isWrite>[0]) => Fault | null } }
> {
  const fault: { on: (statements: Parameters<typeof isWrite>[0]) => Fault | null } = { on: () => null };
  const shop = await openShop({
    campaigns: [
      campaign('c', { conditions: [], rewards: [{ kind: 'red-packet', minFen: 100, maxFen: 100 }] }),
    ],
    through: misbehaving((statements) => fault.on(statements)),
  });
  // The source is known before anything breaks, as it is on any day but the first.
  await shop.tell({ type: 'ping', id: 'warm-up', occurredAt: '2026-11-22T08:00:00+08:00' });
  for (const table of ['inbox', 'decisions']) shop.db.all(`DELETE FROM ${table}`);
  shop.bells.length = 0;
  return { ...shop, fault };
}

const once = (isIt: (statements: Parameters<typeof isWrite>[0]) => boolean, fault: Fault) => {
  let left = 1;
  return (statements: Parameters<typeof isWrite>[0]): Fault | null =>
    isIt(statements) && left-- > 0 ? fault : null;
};

describe('the database, while sales are decided', () => {
  test('commits a group and the answer is lost: the next try finds the work done and pays nothing twice', async () => {
    const shop = await brokenShop();
    await shop.post(buy('1'), buy('2'));
    shop.fault.on = once(isWrite, 'reply-lost');
    await expect(processPending(shop.engine, 10, shop.clock.now)).rejects.toThrow('Network connection lost');
    await shop.work();
    expect(states(shop)).toEqual(['done', 'done']);
    expect(pointsOf(shop, 'M1', 'M2')).toEqual([100, 100]);
    expect(balanceOf(shop.db, 'ext:pos:M1', 'wallet')).toBe(100);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('is away: nothing is parked, and everything is decided when it is back', async () => {
    const shop = await brokenShop();
    await shop.post(buy('1'), buy('2'));
    shop.fault.on = () => 'down';
    await expect(processPending(shop.engine, 10, shop.clock.now)).rejects.toThrow('Network connection lost');
    shop.fault.on = () => null;
    expect(states(shop)).toEqual(['received', 'received']);
    await shop.work();
    expect(pointsOf(shop, 'M1', 'M2')).toEqual([100, 100]);
  });

  test('refuses one of five sales: that one is parked with the reason, the other four count', async () => {
    const shop = await brokenShop();
    await shop.post(...['1', '2', '3', '4', '5'].map((orderNo) => buy(orderNo)));
    shop.fault.on = (statements) => (isWrite(statements) && mentions(statements, 'pos:3') ? 'refused' : null);
    await shop.work();
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['done', null],
      ['done', null],
      ['parked', { code: 'FAILED', detail: 'D1_ERROR: CHECK constraint failed: injected' }],
      ['done', null],
      ['done', null],
    ]);
    expect(pointsOf(shop, 'M1', 'M2', 'M4', 'M5')).toEqual([100, 100, 100, 100]);
  });

  test('holds an identity that belongs to nobody: its sale is parked with the facts, the other two count', async () => {
    const shop = await brokenShop();
    shop.db.all(`INSERT INTO identities (key, member_id) VALUES ('ext:pos:GHOST', 'm_ghost')`);
    await shop.post(buy('1'), buy('2', 'GHOST'), buy('3'));
    await shop.work();
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['done', null],
      ['parked', { code: 'FAILED', detail: 'member m_ghost owns an identity but was not loaded' }],
      ['done', null],
    ]);
  });

  test('is shared by two consumers that take the same group: every sale counts once', async () => {
    const shop = await brokenShop();
    await shop.post(...Array.from({ length: 40 }, (_, index) => buy(String(index), 'M1')));
    await Promise.all([
      processPending(shop.engine, 40, shop.clock.now),
      processPending(shop.engine, 40, shop.clock.now),
    ]);
    expect(new Set(states(shop))).toEqual(new Set(['done']));
    expect(pointsOf(shop, 'M1')).toEqual([4_000]);
    expect(balanceOf(shop.db, 'ext:pos:M1', 'wallet')).toBe(4_000);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });
});

describe('a sale that was decided while somebody else was deciding it', () => {
  /** The write of the first consumer arrives when the second has written. */
  async function overtaken(
    shop: Awaited<ReturnType<typeof brokenShop>>,
    meanwhile: (other: Shop['engine']) => Promise<unknown>,
  ): Promise<void> {
    const late = barrier();
    shop.fault.on = once(isWrite, { stay: late.stay });
    const first = processPending(shop.engine, 10, shop.clock.now);
    await late.reached;
    await meanwhile({ ...shop.engine, db: shop.db, config: configCache(shop.db) });
    late.open();
    await first;
  }

  test('by another consumer counts once: 100 points, one packet, one decision', async () => {
    const shop = await brokenShop();
    await shop.post(buy('1'));
    await overtaken(shop, (other) => processPending(other, 10, shop.clock.now));
    expect(states(shop)).toEqual(['done']);
    expect(pointsOf(shop, 'M1')).toEqual([100]);
    expect(balanceOf(shop.db, 'ext:pos:M1', 'wallet')).toBe(100);
    expect(shop.db.all(`SELECT count(*) AS n FROM ledger WHERE account = 'points'`)).toEqual([{ n: 1 }]);
  });

  test('a sale of nobody’s, which no version guards, is kept as the first consumer decided it', async () => {
    const shop = await brokenShop();
    await shop.post(sale({ orderNo: '1', member: null }));
    await overtaken(shop, (other) => processPending(other, 10, shop.clock.now - 60_000));
    expect(inboxRows(shop.db).map(({ decidedAt }) => decidedAt)).toEqual([shop.clock.now - 60_000]);
  });

  test('a return that began to wait meanwhile takes its sale’s points back once: 60 of 100 are left', async () => {
    const shop = await brokenShop();
    const back = refund({ orderNo: '1', lines: [line({ originalLineNo: '1', amountFen: 4_000 })] });
    await shop.post(back);
    // The first consumer read before there was a sale, and may not let the return wait for one that is there.
    await overtaken(shop, async (other) => {
      await shop.post(buy('1'));
      const { events } = await readPending(shop.db, 10);
      const [, bought] = await other.normalise(events);
      if (!bought || !('event' in bought)) throw new Error('the sale was not read');
      await processGroup(other, [{ event: bought.event, seq: events[1]?.seq ?? null }], shop.clock.now);
    });
    await shop.work();
    expect(states(shop)).toEqual(['done', 'done']);
    expect(pointsOf(shop, 'M1')).toEqual([60]);
  });

  test('a return that both take up when its sale comes is taken once: 60 of 100 are left', async () => {
    const shop = await brokenShop();
    const back = refund({ orderNo: '1', lines: [line({ originalLineNo: '1', amountFen: 4_000 })] });
    await shop.tell(back);
    expect(states(shop)).toEqual(['waiting']);
    await shop.post(buy('1'));
    await overtaken(shop, (other) => processPending(other, 10, shop.clock.now));
    expect(states(shop)).toEqual(['done', 'done']);
    expect(pointsOf(shop, 'M1')).toEqual([60]);
    expect(shop.db.all(`SELECT seq FROM reopened`)).toEqual([]);
  });

  test('and told again by the shop while it is pending is decided once', async () => {
    const shop = await brokenShop();
    await shop.tell({ ...buy('1'), data: { orderNo: '1' } });
    expect(states(shop)).toEqual(['parked']);
    await shop.db.batch(replayEvents([1]));
    await shop.db.batch(replayEvents([1]));
    expect(states(shop)).toEqual(['received']);
    await shop.work();
    expect(states(shop)).toEqual(['parked']);
    expect(shop.db.all(`SELECT seq FROM reopened`)).toEqual([]);
  });
});

describe('two consumers at the same member at the same moment', () => {
  const cheap = (orderNo: string, member: object) =>
    sale({ orderNo, member, lines: [line({ amountFen: 50 })] });

  /** Whoever writes first finds that `meanwhile` was decided between its reading and its writing. */
  async function interrupted(
    before: object[],
    event: object,
    meanwhile: object,
    setup: ShopSetup = {},
  ): Promise<Shop> {
    let isArmed = false;
    const shop: Shop = await openShop({
      ...setup,
      through: (db) => ({
        batch: async (statements) => {
          if (isArmed && isWrite(statements)) {
            isArmed = false;
            await other.tell(meanwhile);
          }
          return db.batch(statements);
        },
      }),
    });
    const other = await openAnother(shop);
    await shop.tell(...before);
    await shop.post(event);
    isArmed = true;
    await shop.work();
    expect(isArmed).toBe(false);
    expect(ledgerFaults(shop.db)).toEqual([]);
    return shop;
  }

  test('each with a sale too small for a point: both orders count', async () => {
    const M1 = { externalId: 'M1' };
    const shop = await interrupted([cheap('0', M1)], cheap('1', M1), cheap('2', M1));
    expect(memberRows(shop.db).map(({ orders, spentFen }) => [orders, spentFen])).toEqual([[3, 150]]);
  });

  test('each with a return of the same sale: both returns count', async () => {
    const back = (refundNo: string) =>
      refund({
        refundNo,
        orderNo: '0',
        lines: [line({ originalLineNo: '1', quantity: '0', amountFen: 10 })],
      });
    const shop = await interrupted([cheap('0', { externalId: 'M1' })], back('R1'), back('R2'));
    expect(saleRows(shop.db).map(({ keptFen }) => keptFen)).toEqual([30]);
    expect(memberRows(shop.db).map(({ spentFen }) => spentFen)).toEqual([30]);
  });

  test('each with a return of the same sale of nobody’s: both returns count', async () => {
    const back = (refundNo: string) =>
      refund({
        refundNo,
        orderNo: '0',
        lines: [line({ originalLineNo: '1', quantity: '0', amountFen: 10 })],
      });
    const nobody = sale({ orderNo: '0', member: null, lines: [line({ amountFen: 50 })] });
    const shop = await interrupted([nobody], back('R1'), back('R2'));
    expect(saleRows(shop.db).map(({ keptFen }) => keptFen)).toEqual([30]);
  });

  test('each with a claim to the last slot: one gets it, the other counts without it', async () => {
    const shop = await interrupted([], buy('1'), buy('2'), {
      campaigns: [campaign('last', { conditions: [], limits: { total: 1 } })],
    });
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['done', null],
      ['done', null],
    ]);
    expect(pointsOf(shop, 'M1', 'M2')).toEqual([100, 200]);
  });

  test('each with a claim to the last coupon: one gets it, the other counts without it', async () => {
    const shop = await interrupted([], buy('1'), buy('2'), {
      campaigns: [
        campaign('c', { conditions: [], rewards: [{ kind: 'coupon', templateId: 't', count: 1 }] }),
      ],
      templates: [template('t', { stock: 1 })],
    });
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(couponRows(shop.db).map(({ memberId: owner }) => owner)).toEqual([
      memberId(shop.db, 'ext:pos:M2'),
    ]);
  });

  test('each with the first sale of a phone: one member, two orders', async () => {
    const phone = { phone: '13912345487' };
    const shop = await interrupted([], cheap('1', phone), cheap('2', phone));
    expect(memberRows(shop.db).map(({ orders }) => orders)).toEqual([2]);
  });
});

describe('an event that takes its consumer down', () => {
  test('is parked after 3 attempts, and the sales behind it count', async () => {
    const shop = await brokenShop();
    await shop.post(buy('killer'), buy('2'));
    // The invocation ends here, without an exception anyone could catch in it.
    shop.fault.on = (statements) =>
      mentions(statements, 'FROM applied_events') && mentions(statements, 'ext:pos:Mkiller') ? 'down' : null;
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(processWarily(shop.engine, 10, shop.clock.now)).rejects.toThrow('Network connection lost');
    }
    await processWarily(shop.engine, 10, shop.clock.now);
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['parked', { code: 'GAVE_UP', attempts: 3 }],
      ['done', null],
    ]);
  });

  test('and came a second time by the doorbell is met one event at a time', async () => {
    const shop = await brokenShop();
    await shop.post(buy('1'), buy('2'));
    await answerBell(workshopOf(shop), [{}], 2);
    expect(inboxRows(shop.db).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 1],
      ['done', 1],
    ]);
  });
});

describe('the database, while a sale is received', () => {
  test('is away, and the queue too: 503 with a time to come back, and nothing is stored', async () => {
    const shop = await brokenShop();
    const before = rowCounts(shop.db);
    shop.fault.on = () => 'down';
    const doorbell = { ring: () => {}, handOver: () => Promise.reject(new Error('queue down')) };
    const answer = await (await openAgain(shop, doorbell)).post(buy('1'));
    expect(answer).toEqual({
      status: 503,
      body: {
        type: 'about:blank',
        title: 'Service Unavailable',
        status: 503,
        code: 'not_stored',
        detail: 'it could not be stored for certain; send it again, nothing is counted twice',
      },
    });
    expect(rowCounts(shop.db)).toEqual(before);
  });

  test('is away: the sale goes through the queue, is acknowledged, and counts once when the database is back', async () => {
    const shop = await brokenShop();
    shop.fault.on = () => 'down';
    const answer = await shop.post(buy('1'));
    expect([answer.status, answer.body['duplicate']]).toEqual([202, false]);
    expect(states(shop)).toEqual([]);
    shop.fault.on = () => null;
    // The queue delivers at least once.
    await answerBell(workshopOf(shop), shop.bells.splice(0), 1);
    await shop.post(buy('1'));
    await answerBell(workshopOf(shop), shop.bells.splice(0), 1);
    expect(states(shop)).toEqual(['done']);
    expect(pointsOf(shop, 'M1')).toEqual([100]);
  });

  test('takes longer than WeChat or a till would wait: answered within 2 seconds, by way of the queue, and counted once', async () => {
    const shop = await brokenShop();
    const slow = barrier();
    shop.fault.on = (statements) => (mentions(statements, 'INSERT INTO inbox') ? { stay: slow.stay } : null);
    const timers = stopTimers();
    const answer = shop.post(buy('1'));
    await slow.reached;
    await timers.pass(1_999);
    expect((await answer).status).toBe(202);
    shop.fault.on = () => null;
    slow.open();
    timers.goOn();
    await until(() => states(shop).length === 1);
    await answerBell(workshopOf(shop), shop.bells.splice(0), 1);
    expect(states(shop)).toEqual(['done']);
    expect(pointsOf(shop, 'M1')).toEqual([100]);
  });

  test('committed and the answer was lost: the sale goes the second way as well, and counts once', async () => {
    const shop = await brokenShop();
    shop.fault.on = once((statements) => mentions(statements, 'INSERT INTO inbox'), 'reply-lost');
    expect((await shop.post(buy('1'))).status).toBe(202);
    await answerBell(workshopOf(shop), shop.bells.splice(0), 1);
    expect(states(shop)).toEqual(['done']);
    expect(pointsOf(shop, 'M1')).toEqual([100]);
  });

  test('is away for a batch too large for the queue: 503, and the till sends it again', async () => {
    const shop = await brokenShop();
    shop.fault.on = () => 'down';
    const many = Array.from({ length: 400 }, (_, index) => buy(String(index)));
    expect((await shop.post(...many)).status).toBe(503);
    expect(shop.bells).toEqual([]);
  });
});

describe('the doorbell', () => {
  test('is never heard: the sale is acknowledged all the same, and the cron rings a minute later', async () => {
    const shop = await brokenShop();
    expect((await shop.post(buy('1'))).status).toBe(202);
    shop.bells.length = 0;
    await tick(workshopOf(shop), shop.clock.now + 30_000);
    expect(shop.bells).toEqual([]);
    await tick(workshopOf(shop), shop.clock.now + 60_000);
    expect(shop.bells).toEqual([{}]);
    await answerBell(workshopOf(shop), shop.bells.splice(0), 1);
    expect(states(shop)).toEqual(['done']);
  });

  test('rings twice at once: the work is done once and nothing is left lying', async () => {
    const shop = await brokenShop();
    await shop.post(
      buy('1'),
      buy('2'),
      refund({ orderNo: '1', lines: [line({ originalLineNo: '1', amountFen: 4_000 })] }),
    );
    const workshop = workshopOf(shop);
    await Promise.all([answerBell(workshop, [{}], 1), answerBell(workshop, [{}], 1), shop.post(buy('3'))]);
    await answerBell(workshop, [{}], 1);
    expect(states(shop)).toEqual(['done', 'done', 'done', 'done']);
    expect(pointsOf(shop, 'M1', 'M2', 'M3')).toEqual([60, 100, 100]);
  });
});

/** A second isolate over the same database, as it is. */
async function openAnother(shop: Shop): Promise<Pick<Shop, 'tell'>> {
  const sources = sourceCache(shop.db);
  const engine = { ...shop.engine, db: shop.db, config: configCache(shop.db) };
  const receiver = { ...shop.receiver, db: shop.db, sources };
  return {
    tell: async (...bodies) => {
      await postTo(receiver, shop.clock.now, ...bodies);
      // The newest event is this one's; the older belongs to the consumer that is being interrupted.
      const pending = await readPending(shop.db, 250);
      const rows = pending.events.slice(-bodies.length);
      const told = (await engine.normalise(rows)).flatMap((one, place) =>
        'event' in one ? [{ event: one.event, seq: rows[place]?.seq ?? null }] : [],
      );
      expect((await processGroup(engine, told, shop.clock.now)).failed).toEqual([]);
    },
  };
}

async function openAgain(shop: Shop, doorbell: Shop['receiver']['doorbell']): Promise<Shop> {
  const receiver = { ...shop.receiver, doorbell };
  return { ...shop, receiver, post: (...bodies) => postTo(receiver, shop.clock.now, ...bodies) };
}
