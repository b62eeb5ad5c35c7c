/** A shop on Miniflare and a till that sends to it: what the benchmarks over HTTP share. */
import assert from 'node:assert/strict';
import { startRuntime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { PlanName } from '../../workers/platform/plans.ts';
import { saleEvent } from './sales.ts';
import { sendAll, signedPost } from './sender.ts';
import { workerdCpuMs } from './workerd-cpu.ts';
import { openShop, secret, seed, sourceId, type Shop } from './shop.ts';

const connections = 16;
const pollMs = 20;
const timeoutMs = 120_000;

export type Timed = {
  readonly salesPerSecond: number;
  readonly latencies: readonly number[];
  readonly queueSends: number;
  /** Of workerd, whoever else is at work on the machine. */
  readonly cpuMsPerSale: number;
};

export type Till = {
  readonly url: string;
  readonly db: () => Promise<D1Database>;
  /** Sends so many new sales; the clock stops when every effect is stored, and every message sent. */
  readonly sell: (sales: number, perRequest: number) => Promise<Timed>;
  /** Waits until nothing is left to do. */
  readonly finish: () => Promise<void>;
  /** Every sale has had all its effects, once: those sent by `sell`, and as many as were stored in other ways. */
  readonly check: (others?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const counted = async (url: string): Promise<Record<string, number>> => {
  const counts: unknown = await (await fetch(url)).json();
  // Our own bench worker answers with nothing but numbers.
  return counts as Record<string, number>;
};

export type Premises = {
  readonly plan?: PlanName;
  /** A state in which the shop is open already, and the sales it holds. */
  readonly stored?: { readonly stateDir: string; readonly sales: number };
};

export async function openTill(shop: Shop, { plan = 'paid', stored }: Premises = {}): Promise<Till> {
  const runtime = await startRuntime({
    workerEntry: 'tests/bench/worker.ts',
    ...(stored && { stateDir: stored.stateDir }),
    vars: { PLAN: plan, SEED: seed, WECHAT_APP_ID: 'wx', WECHAT_APP_SECRET: 'secret' },
  });
  const { url } = runtime;
  if (!stored) await openShop(d1(await runtime.db()), shop);
  let sold = stored?.sales ?? 0;

  const finish = async (): Promise<void> => {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const { events = 1, messages = 1 } = await counted(`${url}/bench/unfinished`);
      if (events === 0 && messages === 0) return;
      assert.ok(
        performance.now() < deadline,
        `left lying: ${events ? 'events' : ''} ${messages ? 'messages' : ''}`,
      );
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  };

  const sell = async (sales: number, perRequest: number): Promise<Timed> => {
    const requests: Buffer[] = [];
    for (let first = sold; first < sold + sales; first += perRequest) {
      requests.push(saleRequest(shop, first, perRequest));
    }
    sold += sales;
    const before = await counted(`${url}/bench/counts`);
    const cpuBefore = workerdCpuMs();
    const { startedAt, latencies, statuses } = await sendAll(url, requests, connections);
    await finish();
    const ms = performance.now() - startedAt;
    const cpuAfter = workerdCpuMs();
    assert.deepEqual([...statuses], [[202, requests.length]]);
    const after = await counted(`${url}/bench/counts`);
    const queueSends = (after['queueSends'] ?? 0) - (before['queueSends'] ?? 0);
    const cpuMsPerSale = (cpuAfter - cpuBefore) / sales;
    return { salesPerSecond: (sales * 1000) / ms, latencies, queueSends, cpuMsPerSale };
  };

  const check = async (others = 0): Promise<void> => {
    const db = await runtime.db();
    const found = await db.prepare(totals).first();
    const all = sold + others;
    const messages = shop.follow ? all : 0;
    const expected = {
      inbox: all,
      sales: all,
      coupons: all,
      messages,
      wrongBalances: 0,
    };
    assert.deepEqual({ ...found }, expected);
  };

  return { url, db: runtime.db, sell, finish, check, stop: runtime.stop };
}

const totals = `SELECT
  (SELECT count(*) FROM inbox) AS inbox,
  (SELECT count(*) FROM sales) AS sales,
  (SELECT count(*) FROM coupons) AS coupons,
  (SELECT count(*) FROM outbox WHERE state = 'sent') AS messages,
  (SELECT count(*) FROM (SELECT sum(delta) AS sum, max(seq) AS seq, count(*) AS n, member_id, account FROM ledger
     GROUP BY member_id, account) AS s JOIN ledger AS l USING (member_id, account, seq)
     JOIN members AS m ON m.id = l.member_id WHERE l.balance <> s.sum OR s.n <> s.seq OR NOT EXISTS (SELECT 1
       FROM json_each(m.document, '$.heads') AS h WHERE h.value ->> 0 = l.account AND h.value ->> 1 = l.seq
       AND h.value ->> 2 = l.balance)) AS wrongBalances`;

function saleRequest({ shape, members }: Shop, first: number, count: number): Buffer {
  const sales = Array.from({ length: count }, (_, place) => {
    const number = first + place;
    // Prime to the number of members: neighbours in a group are different people.
    return saleEvent({ number, member: (number * 7919) % members, catalogue: shape.catalogue });
  });
  const body = JSON.stringify(count === 1 ? sales[0] : { events: sales });
  return signedPost(`/hooks/erp/${sourceId}`, `msg-${first}`, body, secret);
}
