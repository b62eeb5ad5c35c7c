/** 吞吐: signed HTTP in, all effects stored, on Miniflare; beside a bare Worker on the same runtime in the same run. */
import { startBare } from './bare.ts';
import { few, many } from './campaigns.ts';
import { median, progress, quantile, report, rounded } from './report.ts';
import { operationsPerMessage } from '../support/free-plan.ts';
import type { Length } from './run.ts';
import type { Shop } from './shop.ts';
import { openTill, type Timed } from './till.ts';

const shops = (members: number): readonly Shop[] => [
  { shape: few, campaigns: 10, members, follow: false },
  { shape: few, campaigns: 100, members, follow: false },
  { shape: few, campaigns: 1000, members, follow: false },
  { shape: few, campaigns: 100, members, follow: true },
  { shape: many, campaigns: 1000, members, follow: false },
];

export async function benchThroughput({ samples, requests, batches, members }: Length): Promise<void> {
  for (const shop of shops(members)) {
    const till = await openTill(shop);
    const bare = await startBare();
    const taken: Sample[] = [];
    await till.sell(Math.ceil(requests / 4), 1);
    await bare.send(Math.ceil(requests / 4));
    for (let sample = 0; sample < samples; sample += 1) {
      // The floor is taken before and after: what else the machine does moves with it.
      const before = await bare.send(requests / 2);
      const single = await till.sell(requests, 1);
      const after = await bare.send(requests / 2);
      const hundreds = await till.sell(batches * 100, 100);
      taken.push({ single, hundreds, floor: (before + after) / 2 });
    }
    await till.check();
    await till.stop();
    await bare.stop();
    reportShop(shop, taken);
  }
}

type Sample = { readonly single: Timed; readonly hundreds: Timed; readonly floor: number };

function reportShop({ shape, campaigns, follow }: Shop, taken: readonly Sample[]): void {
  const name = `throughput/${shape.name}/${campaigns}${follow ? '/delivered' : ''}`;
  // The bounds are for the ordinary sale; the others are told beside it.
  const isOrdinary = shape.name === 'few' && !follow;
  const floor = rounded(median(taken.map((sample) => sample.floor)));
  const context = { campaigns, messages: follow ? 'sent' : 'none', floor };
  const singles = taken.map(({ single }) => single);
  report({
    name: `${name}/single`,
    unit: 'per second',
    samples: singles.map(({ salesPerSecond }) => salesPerSecond),
    context: { ...context, workerdCpuMsPerSale: cpuOf(singles) },
  });
  report({
    name: `${name}/single-to-bare`,
    unit: 'ratio',
    samples: taken.map((sample) => sample.single.salesPerSecond / sample.floor),
    ...(isOrdinary && { bound: { atLeast: 0.7 } }),
    context: { ...context, what: 'a signed sale with all effects, to one insert by a bare Worker' },
  });
  report({
    name: `${name}/hundreds`,
    unit: 'per second',
    samples: taken.map(({ hundreds }) => hundreds.salesPerSecond),
    context: { ...context, workerdCpuMsPerSale: cpuOf(taken.map(({ hundreds }) => hundreds)) },
  });
  report({
    name: `${name}/hundreds-to-bare`,
    unit: 'ratio',
    samples: taken.map((sample) => sample.hundreds.salesPerSecond / sample.floor),
    ...(shape.name === 'few' && { bound: { atLeast: follow ? 1.8 : 2.5 } }),
    context,
  });
  report({
    name: `${name}/queue`,
    unit: 'operations',
    samples: singles.map(
      ({ queueSends, latencies }) => (operationsPerMessage * queueSends) / latencies.length,
    ),
    ...(isOrdinary && { bound: { atMost: 3 } }),
    context: { what: 'queue operations per event, one event per request' },
  });
  for (const [label, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    report({
      name: `${name}/ack/${label}`,
      unit: 'ms',
      samples: singles.map(({ latencies }) => quantile(latencies, share)),
      context: { connections: 16 },
    });
  }
  progress(`${name}: done`);
}

const cpuOf = (taken: readonly Timed[]): number =>
  rounded(median(taken.map(({ cpuMsPerSale }) => cpuMsPerSale)));
