/** 收下就不丢: an event that was acknowledged while the database took nothing is stored, however long that lasts. */
import { describe, expect, test } from 'vitest';
import { wranglerConfig } from '../../scripts/runtime.ts';
import { bellsOf } from '../../workers/doorbell.ts';
import type { Bell } from '../../workers/engine/ports.ts';
import { plans } from '../../workers/platform/plans.ts';
import { receiveErp } from '../../workers/receive/hook.ts';
import { answerQueue, type Workshop } from '../../workers/work.ts';
import { sale } from '../support/builders.ts';
import { mentions, misbehaving, type Fault, type Mischief } from '../support/faults.ts';
import { balanceOf, inboxRows, openShop, signedRequest } from '../support/shop.ts';
import { deliveryOf, playWechat } from '../support/wechat.ts';

const buy = (orderNo: string) => sale({ orderNo, member: { externalId: `M${orderNo}` } });

async function shopWithQueue() {
  const fault: { now: Fault | null; on: Mischief } = { now: null, on: () => fault.now };
  const shop = await openShop({ through: misbehaving((statements) => fault.on(statements)) });
  // The source is known before anything breaks, as it is on any day but the first.
  await shop.tell({ type: 'ping', id: 'warm-up', occurredAt: '2026-11-22T08:00:00+08:00' });
  shop.bells.length = 0;
  const workshop: Workshop = {
    engine: shop.engine,
    delivery: deliveryOf(shop, playWechat()),
    doorbell: shop.receiver.doorbell,
    sendingBell: { ring: () => {} },
    jobsBell: { ring: () => undefined },
    later: () => {},
    plan: plans.paid,
    clock: () => shop.clock.now,
  };
  /** How long the queue was told to wait; nothing for a message that is done with. */
  const deliver = async (queue: string, bells: readonly Bell[], attempts: number): Promise<number[]> => {
    const delays: number[] = [];
    const messages = bells.map((body) => ({
      body,
      attempts,
      retry: ({ delaySeconds }: { delaySeconds: number }) => void delays.push(delaySeconds),
    }));
    await answerQueue(workshop, { queue, messages });
    return delays;
  };
  return { shop, fault, deliver };
}

describe('a sale acknowledged while the database was away', () => {
  test('comes again after 10, 20, 40 seconds and at last every hour, and counts once when it is back', async () => {
    const { shop, fault, deliver } = await shopWithQueue();
    fault.now = 'down';
    expect((await shop.post(buy('1'))).status).toBe(202);
    const bells = shop.bells.splice(0);
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 20; attempt += 1)
      delays.push(...(await deliver('huike-doorbell', bells, attempt)));
    expect(delays.slice(0, 3)).toEqual([10, 20, 40]);
    expect(delays.slice(9)).toEqual(Array.from({ length: 11 }, () => 3_600));
    fault.now = null;
    expect(await deliver('huike-doorbell', bells, 21)).toEqual([]);
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
  });

  test('and given up by the doorbell is stored from the dead letters, and the shop is told once', async () => {
    const { shop, fault, deliver } = await shopWithQueue();
    fault.now = 'down';
    await shop.post(buy('1'), buy('2'));
    const bells = shop.bells.splice(0);
    expect(await deliver('huike-doorbell-dead', bells, 1)).toEqual([3_600]);
    fault.now = null;
    expect(await deliver('huike-doorbell-dead', bells, 2)).toEqual([]);
    await deliver('huike-doorbell-dead', bells, 3);
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['ignored', 'done', 'done']);
    expect(shop.db.all(`SELECT kind, text FROM alerts`)).toEqual([
      { kind: 'events.kept-late', text: expect.stringContaining('这一批 2 条') },
    ]);
  });

  test('is not promised where the queue is memory: 503, and the till sends it again', async () => {
    const { shop, fault } = await shopWithQueue();
    fault.now = 'down';
    const sent: Bell[] = [];
    // Nothing else is called of it.
    const queue = { send: async (bell: Bell) => void sent.push(bell) } as unknown as Queue<Bell>;
    const ringing = { clock: () => shop.clock.now, later: () => {}, apartMs: 0, keeps: false };
    const { doorbell } = bellsOf({ DOORBELL: queue, SENDING: queue }, ringing);
    const request = signedRequest(JSON.stringify(buy('1')), shop.clock.now);
    const answer = await receiveErp({ ...shop.receiver, doorbell }, request, 'till');
    expect([answer.status, sent]).toEqual([503, []]);
  });
});

test('a ring whose work fails is rung 5 times in all; after that the cron finds what it spoke of', async () => {
  const { fault, deliver } = await shopWithQueue();
  fault.now = 'down';
  const delays: number[][] = [];
  for (let attempt = 1; attempt <= 5; attempt += 1)
    delays.push(await deliver('huike-doorbell', [{}], attempt));
  expect(delays).toEqual([[10], [20], [40], [80], []]);
});

test('an event that can never be stored keeps no other from it: of two that come again one is stored', async () => {
  const { shop, fault, deliver } = await shopWithQueue();
  fault.now = 'down';
  await shop.post(buy('never'));
  await shop.post(buy('1'));
  const bells = shop.bells.splice(0);
  fault.on = (statements) => (mentions(statements, 'Mnever') ? 'refused' : null);
  expect(await deliver('huike-doorbell', bells, 2)).toEqual([20]);
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
});

test('what the doorbell gives up has a consumer of its own, which gives nothing up to nobody for 100 hours', () => {
  const { consumers } = wranglerConfig().queues;
  const doorbell = consumers.find(({ queue }) => queue === 'huike-doorbell');
  const dead = consumers.find(({ queue }) => queue === doorbell?.dead_letter_queue);
  expect([doorbell?.max_retries, dead?.max_retries]).toEqual([20, 100]);
});
