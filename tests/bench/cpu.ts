/** Worker 的计算时间: load, decide and apply with the database's answers played back, so that only our JavaScript runs. */
import * as z from 'zod';
import { startRuntime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db, Result } from '../../workers/db/db.ts';
import { few } from './campaigns.ts';
import { cpuMsOf } from './clock.ts';
import { driver, received, type Driver } from './engine.ts';
import { report } from './report.ts';
import type { Length } from './run.ts';
import { openShop, type Shop } from './shop.ts';

const shop: Shop = { shape: few, campaigns: 100, members: 2_000, follow: true };
const groupSizes = [10, 100];

export async function benchCpu({ samples, sampleMs }: Length): Promise<void> {
  // Workers may not compile code at run time; neither may zod here.
  z.config({ jitless: true });
  for (const size of groupSizes) {
    const tape = await record(size, shop, async () => {});
    const decide = async (): Promise<void> => {
      tape.rewind();
      await tape.driver.decide(size);
    };
    const rounds = Math.ceil((sampleMs * 2) / size);
    const perSale: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) perSale.push((await cpuMsOf(decide, rounds)) / size);
    report({
      name: `cpu/group-of-${size}`,
      unit: 'ms',
      samples: perSale,
      ...(size === 10 && { bound: { atMost: 0.5 } }),
      context: {
        per: 'sale of 5 lines, 100 campaigns',
        includes: 'parsing, deciding, JSON both ways, seeds; not the database',
      },
    });
  }
}

type Tape = { readonly driver: Driver; readonly rewind: () => void };

/** Lets one group be decided on a real D1, and keeps every answer as the JSON in which it arrives at a Worker. */
export async function record(size: number, open: Shop, furnish: (db: Db) => Promise<void>): Promise<Tape> {
  const runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  const real = d1(await runtime.db());
  await openShop(real, open);
  await furnish(real);
  const { db, forget, rewind } = taped(real);
  const now = Date.now();
  const made = driver(db, () => now);
  const sales = (from: number) =>
    Array.from({ length: size }, (_, index) =>
      received({ number: from + index, member: (from + index) * 7, catalogue: few.catalogue }, now),
    );
  await made.store(sales(0));
  // Read once and kept: the configuration and the sources.
  await made.decide(size);
  await made.store(sales(size));
  forget();
  await made.decide(size);
  await runtime.stop();
  return { driver: made, rewind };
}

type Taped = {
  readonly db: Db;
  /** What was recorded so far is not part of it. */
  readonly forget: () => void;
  /** From now on everything is answered from the tape, from its beginning. */
  readonly rewind: () => void;
};

/** Passes everything on and keeps the answers, until they are played back. */
export function taped(real: Db): Taped {
  const recorded: string[] = [];
  let place = -1;
  const batch: Db['batch'] = async (statements) => {
    if (statements.length === 0) return [];
    if (place < 0) {
      const results = await real.batch(statements);
      recorded.push(JSON.stringify(results));
      return results;
    }
    // What the D1 binding does with a request and its answer.
    JSON.stringify(statements);
    const answer: Result[] = JSON.parse(recorded[place] ?? '[]');
    place += 1;
    return answer;
  };
  return {
    db: { batch },
    forget: () => {
      recorded.length = 0;
    },
    rewind: () => {
      place = 0;
    },
  };
}
