/** Worker 的计算时间: load, decide and apply with the database's answers played back, so that only our JavaScript runs. */
import assert from 'node:assert/strict';
import { startRuntime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { few } from './campaigns.ts';
import type { Deciding } from './cpu-worker.ts';
import { driver } from './engine.ts';
import { received } from './received.ts';
import { report } from './report.ts';
import type { Length } from './run.ts';
import { openShop, type Shop } from './shop.ts';
import { recorder, type Tape } from './tape.ts';
import { hasCpuTimes, workerdCpuMs } from './workerd-cpu.ts';

const shop: Shop = { shape: few, campaigns: 100, members: 2_000, follow: true };
const groupSizes = [10, 100];
/** CPU is read from a clock of 10 ms: a sample is some tens of them. */
const salesPerMs = 4;

/** In workerd: a code or a seed is made on another thread in Node, and the way there and back costs more than the code. */
export async function benchCpu({ samples, sampleMs }: Length): Promise<void> {
  for (const size of groupSizes) {
    const group = await record(size, shop, async () => {});
    const { decide, stop } = await inWorkerd(group);
    const rounds = Math.ceil((sampleMs * salesPerMs) / size);
    const perSale: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      await decide(Math.ceil(rounds / 4));
      const before = workerdCpuMs();
      await decide(rounds);
      perSale.push((workerdCpuMs() - before) / rounds / size);
    }
    await stop();
    report({
      name: `cpu/group-of-${size}`,
      unit: 'ms',
      samples: perSale,
      ...(size === 10 && hasCpuTimes && { bound: { atMost: 0.5 } }),
      context: {
        per: 'sale of 5 lines, 100 campaigns',
        includes: 'parsing, deciding, JSON both ways, seeds; not the database',
      },
    });
  }
}

async function inWorkerd(group: Recorded) {
  const runtime = await startRuntime({ workerEntry: 'tests/bench/cpu-worker.ts' });
  const decide = async (rounds: number): Promise<void> => {
    const body = JSON.stringify({ ...group, rounds } satisfies Deciding);
    const answer = await fetch(runtime.url, { method: 'POST', body });
    assert.equal(await answer.text(), String(rounds * group.size));
  };
  return { decide, stop: runtime.stop };
}

export type Recorded = {
  readonly size: number;
  readonly now: number;
  /** Of a group before it, with which the configuration and the sources are read. */
  readonly opening: Tape;
  readonly group: Tape;
};

/** Lets one group be decided on a real D1, and keeps every answer. */
export async function record(
  size: number,
  open: Shop,
  furnish: (db: Db) => Promise<void>,
): Promise<Recorded> {
  const runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  const real = d1(await runtime.db());
  await openShop(real, open);
  await furnish(real);
  const { db, cut } = recorder(real);
  const now = Date.now();
  const { store, decide } = driver(db, () => now);
  const decided = async (from: number): Promise<Tape> => {
    await store(
      Array.from({ length: size }, (_, index) =>
        received({ number: from + index, member: (from + index) * 7, catalogue: few.catalogue }, now),
      ),
    );
    cut();
    await decide(size);
    return cut();
  };
  const tapes = { opening: await decided(0), group: await decided(size) };
  await runtime.stop();
  return { size, now, ...tapes };
}
