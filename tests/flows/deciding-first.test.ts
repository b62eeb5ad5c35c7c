/** 先判定后发送: a slow WeChat keeps messages waiting, never sales; and a sale alone is three queue operations. */
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import { statement } from '../../workers/db/db.ts';
import { bellsOf } from '../../workers/doorbell.ts';
import type { Bell } from '../../workers/engine/ports.ts';
import { plans, type PlanName } from '../../workers/platform/plans.ts';
import { answerBell, type Workshop } from '../../workers/work.ts';
import { few } from '../bench/campaigns.ts';
import { openTill } from '../bench/till.ts';
import { sale } from '../support/builders.ts';
import {
  furnish,
  inboxRows,
  openShop,
  outboxRows,
  signedRequest,
  testSecret,
  type Shop,
} from '../support/shop.ts';
import { barrier, othersTurn, stopTimers } from '../support/timers.ts';
import { operationsPerMessage } from '../support/free-plan.ts';
import { until } from '../support/until.ts';
import { account, deliveryOf, playWechat, tokenPaths, type Wechat } from '../support/wechat.ts';

const settings = { wechatTemplates: { 'sale-earned': { id: 'T', fields: { thing1: 'store' } } } };
const buy = (orderNo: string) =>
  sale({ orderNo, member: { externalId: `M${orderNo}`, openid: `o-${orderNo}` } });

function workshopOf(shop: Shop, wechat: Wechat, plan: PlanName = 'paid') {
  const sendings: Bell[] = [];
  const behind: Promise<unknown>[] = [];
  const workshop: Workshop = {
    engine: shop.engine,
    delivery: deliveryOf(shop, wechat),
    doorbell: shop.receiver.doorbell,
    sendingBell: { ring: () => void sendings.push({ work: 'sending' }) },
    jobsBell: { ring: () => undefined },
    later: (work) => void behind.push(work),
    plan: plans[plan],
    clock: () => shop.clock.now,
  };
  return { workshop, sendings, behind };
}

const states = (shop: Shop) => inboxRows(shop.db).map(({ state }) => state);
const messages = (shop: Shop) => outboxRows(shop.db).map(({ state }) => state);

/** A shop whose WeChat answers nothing but tokens until `hold` is opened. */
async function slowShop() {
  const shop = await openShop({ settings });
  const hold = barrier();
  const wechat = playWechat(async ({ path }) => {
    if (!tokenPaths.includes(path)) await hold.stay();
    return undefined;
  });
  return { shop, hold, wechat };
}

describe('while WeChat answers nothing', () => {
  test('deciding is free again after one second, and the next sale is decided at once', async () => {
    const { shop, hold, wechat } = await slowShop();
    const { workshop, sendings, behind } = workshopOf(shop, wechat);
    await shop.post(buy('1'));
    const timers = stopTimers();
    let isFree = false;
    const first = answerBell(workshop, shop.bells.splice(0), 1).then(() => (isFree = true));
    await hold.reached;
    await timers.pass(999);
    await othersTurn();
    expect([states(shop), isFree]).toEqual([['done'], false]);
    await timers.pass(1);
    await first;
    // The message is still on its way, and goes on without anybody waiting.
    expect([messages(shop), behind.length]).toEqual([['pending'], 1]);

    await shop.post(buy('2'));
    expect(shop.bells).toEqual([{}]);
    await answerBell(workshop, shop.bells.splice(0), 1);
    expect([states(shop), messages(shop), sendings]).toEqual([['done', 'done'], ['pending', 'pending'], []]);

    shop.clock.now += 1_001;
    hold.open();
    timers.goOn();
    await Promise.all(behind);
    expect([messages(shop), sendings]).toEqual([['sent', 'pending'], [{ work: 'sending' }]]);
    await answerBell(workshop, sendings.splice(0), 1);
    expect([messages(shop), sendings]).toEqual([['sent', 'sent'], []]);
  });

  test('of 20 messages only those under way are waited for; the rest is sent by their own queue, each once', async () => {
    const { shop, hold, wechat } = await slowShop();
    const { workshop, sendings, behind } = workshopOf(shop, wechat);
    await shop.post(...Array.from({ length: 20 }, (_, index) => buy(String(index))));
    const timers = stopTimers();
    const first = answerBell(workshop, shop.bells.splice(0), 1);
    await hold.reached;
    await timers.pass(1_000);
    await first;
    shop.clock.now += 1_001;
    hold.open();
    timers.goOn();
    await Promise.all(behind);
    const sent = messages(shop).filter((state) => state === 'sent').length;
    expect([sent, sendings]).toEqual([6, [{ work: 'sending' }]]);
    await answerBell(workshop, sendings.splice(0), 1);
    expect(messages(shop).every((state) => state === 'sent')).toBe(true);
    expect(wechat.calls.filter(({ path }) => path.endsWith('template/send'))).toHaveLength(20);
  });
});

test('a backlog is decided to its end before any of its messages is sent', async () => {
  const shop = await openShop({ settings });
  const { workshop, sendings } = workshopOf(shop, playWechat(), 'free');
  await shop.post(...Array.from({ length: 30 }, (_, index) => buy(String(index))));
  const seen: [decided: number, sent: number][] = [];
  while (shop.bells.length > 0) {
    await answerBell(workshop, shop.bells.splice(0), 1);
    const sent = messages(shop).filter((state) => state === 'sent').length;
    seen.push([states(shop).filter((state) => state === 'done').length, sent]);
  }
  expect(seen).toEqual([
    [12, 0],
    [24, 0],
    [30, 6],
  ]);
  while (sendings.length > 0) await answerBell(workshop, sendings.splice(0), 1);
  expect(messages(shop).every((state) => state === 'sent')).toBe(true);
});

describe('on workerd and its queues', () => {
  const running: Pick<Runtime, 'stop'>[] = [];
  afterAll(() => Promise.all(running.map(({ stop }) => stop())));

  test('a sale told while WeChat hangs is decided before WeChat answers', async () => {
    const hold = barrier();
    const runtime = await startRuntime({
      vars: { SEED: testSecret, WECHAT_APP_ID: account.appId, WECHAT_APP_SECRET: account.secret },
      outbound: async (request) => {
        if (request.url.includes('stable_token'))
          return Response.json({ access_token: 'token', expires_in: 7200 });
        await hold.stay();
        return Response.json({ errcode: 0, errmsg: 'ok', msgid: 1 });
      },
    });
    running.push(runtime);
    const db = d1(await runtime.db());
    await furnish(db, { settings });
    const count = async (sql: string) => Number((await db.batch([statement(sql)]))[0]?.rows[0]?.['n']);
    const decided = () => count(`SELECT count(*) AS n FROM sales`);
    const sent = () => count(`SELECT count(*) AS n FROM outbox WHERE state = 'sent'`);
    const today = { occurredAt: new Date().toISOString() };
    await tellOver(runtime, { ...buy('1'), ...today });
    await hold.reached;
    await tellOver(runtime, { ...buy('2'), ...today });
    await until(async () => (await decided()) === 2);
    expect(await sent()).toBe(0);
    hold.open();
    await until(async () => (await sent()) === 2);
  });

  test('a sale alone is three queue operations on the free plan, decided, written down and told to the member', async () => {
    const till = await openTill({ shape: few, campaigns: 2, members: 10, follow: true }, { plan: 'free' });
    running.push(till);
    // The first sale reads the configuration and asks for a token.
    await till.sell(1, 1);
    const { queueSends } = await till.sell(1, 1);
    expect(operationsPerMessage * queueSends).toBe(3);
    await till.check();
  });
});

test('a busy minute on the free plan, 600 sales and 600 messages, is 450 operations at most of the day’s 10,000', async () => {
  const shop = await openShop({ settings });
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: shop.clock.now });
  onTestFinished(() => void vi.useRealTimers());
  const queues = playQueues(shop);
  for (let number = 0; number < 600; number += 1) {
    await queues.pass(100);
    await shop.post(buy(String(number)));
    queues.doorbell.ring();
  }
  const isOver = () => messages(shop).filter((state) => state === 'sent').length === 600;
  while (!isOver()) await queues.pass(100);
  expect(states(shop).filter((state) => state === 'done')).toHaveLength(600);
  expect(operationsPerMessage * queues.sends()).toBeLessThanOrEqual(450);
});

/** Cloudflare's two queues by the test's clock: each has one consumer, which takes ten messages at a time. */
function playQueues(shop: Shop) {
  const wechat = playWechat();
  const { workshop } = workshopOf(shop, wechat, 'free');
  let sends = 0;
  const waiting = { deciding: [] as Bell[], sending: [] as Bell[] };
  const queueOf = (line: Bell[]) =>
    // Nothing else is called of it.
    ({ send: async (bell: Bell) => void (line.push(bell), (sends += 1)) }) as unknown as Queue<Bell>;
  const ringing = { clock: Date.now, later: () => {}, apartMs: plans.free.ringsApartMs, keeps: true };
  const queues = { DOORBELL: queueOf(waiting.deciding), SENDING: queueOf(waiting.sending) };
  const bells = bellsOf(queues, ringing);
  const at = { ...workshop, ...bells, clock: Date.now };
  const answer = async (line: Bell[]): Promise<void> => {
    if (line.length === 0) return;
    // However long the machine takes for it, no time passes meanwhile.
    await answerBell(at, line.splice(0, 10), 1);
  };
  return {
    doorbell: bells.doorbell,
    sends: () => sends,
    pass: async (ms: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(ms);
      shop.clock.now = Date.now();
      await answer(waiting.deciding);
      await answer(waiting.sending);
    },
  };
}

async function tellOver({ url }: Runtime, body: object): Promise<void> {
  const { headers, body: bytes } = signedRequest(JSON.stringify(body), Date.now());
  const sent = { method: 'POST', headers, body: bytes, duplex: 'half' };
  expect((await fetch(`${url}/hooks/erp/till`, sent)).status).toBe(202);
}
