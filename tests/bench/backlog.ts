/** 积压: a backlog drained by one ring, from empty and with years stored, beside what any backlog has to write. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { d1 } from '../../workers/d1.ts';
import { storeEvents } from '../../workers/db/inbox/inbox.ts';
import { startBare } from './bare.ts';
import { few } from './campaigns.ts';
import { median, progress, report, rounded } from './report.ts';
import type { Length } from './run.ts';
import type { Shop } from './shop.ts';
import { placeOf, salesOf, storedShop, type Stored } from './stored.ts';
import { openTill, type Premises } from './till.ts';
import { workerdCpuMs } from './workerd-cpu.ts';

const salesPerInsert = 500;

type Drained = { readonly perSecond: number; readonly cpuMsPerSale: number };

export async function benchBacklog({ samples, backlog, members, stored: sizes }: Length): Promise<void> {
  const shop: Shop = { shape: few, campaigns: 100, members, follow: false };
  const bare = await startBare();
  const empty: Drained[] = [];
  const floors: number[] = [];
  const full = new Map<number, Drained[]>();
  const shops: Stored[] = [];
  for (const size of sizes) shops.push(await storedShop(shop, size));
  // In turns: whatever else the machine does, it does to all of them.
  for (let sample = 0; sample < samples; sample += 1) {
    floors.push(await bare.keepDocuments(salesOf(shop, 0, backlog, Date.now())));
    empty.push(await drained(shop, backlog, {}));
    for (const one of shops) {
      const taken = full.get(one.sales) ?? [];
      full.set(one.sales, [...taken, await drainedAt(shop, backlog, one)]);
    }
    progress(`backlog: sample ${sample + 1} of ${samples}`);
  }
  await bare.stop();
  const context = {
    sales: backlog,
    campaigns: shop.campaigns,
    messages: 'none',
    floor: rounded(median(floors)),
  };
  reportDrain('backlog/drain-from-empty', empty, context);
  for (const [size, taken] of full) {
    const name = `backlog/drain-at-${size / 1000}k`;
    reportDrain(name, taken, context);
    const rates = taken.map(({ perSecond }) => perSecond);
    report({
      name: `${name}/to-document-floor`,
      unit: 'ratio',
      samples: rates.map((rate, sample) => rate / (floors[sample] ?? 1)),
      ...(size === 100_000 && { bound: { atLeast: 0.5 } }),
      context,
    });
    report({
      name: `${name}/to-empty`,
      unit: 'ratio',
      samples: rates.map((rate, sample) => rate / (empty[sample]?.perSecond ?? 1)),
      ...(size === 100_000 && { bound: { atLeast: 0.8 } }),
      context,
    });
  }
}

function reportDrain(
  name: string,
  taken: readonly Drained[],
  context: Readonly<Record<string, unknown>>,
): void {
  const cpu = rounded(median(taken.map(({ cpuMsPerSale }) => cpuMsPerSale)));
  const samples = taken.map(({ perSecond }) => perSecond);
  report({ name, unit: 'per second', samples, context: { ...context, workerdCpuMsPerSale: cpu } });
}

async function drainedAt(shop: Shop, backlog: number, stored: Stored): Promise<Drained> {
  const stateDir = mkdtempSync(join(tmpdir(), 'huike-bench-'));
  try {
    stored.copyTo(await placeOf(stateDir));
    return await drained(shop, backlog, { stored: { stateDir, sales: stored.sales } });
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function drained(shop: Shop, backlog: number, premises: Premises): Promise<Drained> {
  const till = await openTill(shop, premises);
  const first = premises.stored?.sales ?? 0;
  const warmUp = Math.ceil(backlog / 10);
  const store = async (from: number, count: number): Promise<void> => {
    const db = d1(await till.db());
    for (let stored = 0; stored < count; stored += salesPerInsert) {
      const many = Math.min(salesPerInsert, count - stored);
      await storeEvents(db, salesOf(shop, from + stored, many, Date.now()));
    }
  };
  const ring = async (): Promise<void> => {
    await fetch(`${till.url}/bench/ring`);
    await till.finish();
  };
  await store(first, warmUp);
  await ring();
  await store(first + warmUp, backlog);
  const [startedAt, cpuBefore] = [performance.now(), workerdCpuMs()];
  await ring();
  const perSecond = (backlog * 1000) / (performance.now() - startedAt);
  const cpuMsPerSale = (workerdCpuMs() - cpuBefore) / backlog;
  await till.check(warmUp + backlog);
  await till.stop();
  return { perSecond, cpuMsPerSale };
}
