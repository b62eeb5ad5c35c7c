/** 吞吐: signed HTTP in, all effects stored, on Miniflare; beside a bare Worker on the same runtime in the same run. */
import { startBare } from './bare.ts';
import { few, many } from './campaigns.ts';
import { median, progress, quantile, report, rounded } from './report.ts';
import type { Length } from './run.ts';
import type { Shop } from './shop.ts';
import { openTill, type Timed } from './till.ts';

/** 3 operations for each message: written, read, deleted. */
const operationsPerMessage = 3;

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
    const floors: number[] = [];
    const singles: Timed[] = [];
    const hundreds: Timed[] = [];
    await till.sell(Math.ceil(requests / 4), 1);
    await bare.send(Math.ceil(requests / 4));
    for (let sample = 0; sample < samples; sample += 1) {
      floors.push(await bare.send(requests));
      singles.push(await till.sell(requests, 1));
      hundreds.push(await till.sell(batches * 100, 100));
    }
    await till.check();
    await till.stop();
    await bare.stop();
    reportShop(shop, { singles, hundreds, floors });
  }
}

type Measured = {
  readonly singles: readonly Timed[];
  readonly hundreds: readonly Timed[];
  readonly floors: readonly number[];
};

function reportShop({ shape, campaigns, follow }: Shop, { singles, hundreds, floors }: Measured): void {
  const floor = median(floors);
  const name = `throughput/${shape.name}/${campaigns}${follow ? '/delivered' : ''}`;
  // The bounds are for the ordinary sale; the others are told beside it.
  const isOrdinary = shape.name === 'few' && !follow;
  const context = { campaigns, messages: follow ? 'sent' : 'none', floor: rounded(floor) };
  const perSecond = singles.map(({ salesPerSecond }) => salesPerSecond);
  report({
    name: `${name}/single`,
    unit: 'per second',
    samples: perSecond,
    ...(isOrdinary && { bound: { atLeast: rounded(0.6 * floor) } }),
    context: { ...context, ratioToFloor: rounded(median(perSecond) / floor) },
  });
  const batched = hundreds.map(({ salesPerSecond }) => salesPerSecond);
  report({
    name: `${name}/hundreds`,
    unit: 'per second',
    samples: batched,
    ...(isOrdinary && { bound: { atLeast: 1000 } }),
    context: { ...context, ratioToFloor: rounded(median(batched) / floor) },
  });
  report({
    name: `${name}/queue`,
    unit: 'messages',
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
