/** 免费套餐装多少: what the README promises of Cloudflare's free plan is worked out from counts, not typed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import { upkeepOf } from '../../workers/db/sources/source-upkeep.ts';
import type { Db } from '../../workers/db/db.ts';
import { few } from '../bench/campaigns.ts';
import { driver } from '../bench/engine.ts';
import { bytesPerSale } from '../bench/pages.ts';
import { received } from '../bench/received.ts';
import { openShop } from '../bench/shop.ts';
import { storedShop } from '../bench/stored.ts';
import { freePlan, operationsPerMessage } from '../support/free-plan.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
});
afterAll(() => runtime.stop());

const shop = { shape: few, campaigns: 1, members: 1_000, follow: true };

/** Rows that D1 counts for one sale of three lines told alone: webhook, points, coupon, reminder, message sent. */
async function rowsOfSale(): Promise<number> {
  let rows = 0;
  const real = d1(await runtime.db());
  const db: Db = {
    batch: async (statements) => {
      const results = await real.batch(statements);
      rows += results.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
      return results;
    },
  };
  await openShop(real, shop);
  const { store, decide, deliver } = driver(db, Date.now);
  for (const number of [1, 2]) {
    rows = 0;
    await store([received({ number, member: number, catalogue: few.catalogue, lines: 3 }, Date.now())]);
    await decide(1);
    await deliver(1);
  }
  return rows;
}

const down = (value: number, step: number): number => Math.floor(value / step) * step;

test('both READMEs say how many sales the free plan takes a day, and how many a day its database holds for a year', async () => {
  const perDay = Math.min(
    freePlan.rowsWrittenPerDay / (await rowsOfSale()),
    freePlan.queueOperationsPerDay / operationsPerMessage,
    // The webhook and the ring it sets off are a request each.
    freePlan.requestsPerDay / 2,
  );
  const { whole, rest } = await bytesPerSale(shop, await storedShop(shop, 2_000));
  const { rawBodyDays } = upkeepOf(null);
  const bytesOfYear = rawBodyDays * whole + (365 - rawBodyDays) * rest;
  const told = {
    aDay: down(perDay, 100),
    forAYear: down(freePlan.databaseBytes / bytesOfYear, 50),
    rawBodyDays,
  };
  const numbers = (file: string, sentence: RegExp) => {
    const [, aDay, forAYear, bodyDays] = sentence.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    return {
      aDay: Number(aDay?.replace(',', '')),
      forAYear: Number(forAYear),
      rawBodyDays: Number(bodyDays),
    };
  };
  expect(
    numbers('README.md', /takes ([\d,]+) sales a day.*?a year of (\d+) a day.*?bodies kept (\d+) days/s),
  ).toEqual(told);
  expect(numbers('README.zh-CN.md', /每天可收([\d,]+)单.*?一年每天(\d+)单.*?原文保留(\d+)天/s)).toEqual(told);
});
