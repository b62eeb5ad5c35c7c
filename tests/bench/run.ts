/** `npm run bench`: every number we promise to keep, with what the same machine does without us beside it. */
import { benchBacklog } from './backlog.ts';
import { benchBundle } from './bundle.ts';
import { benchConsole } from './console.ts';
import { benchCost } from './cost.ts';
import { benchCoupons } from './coupons.ts';
import { benchCpu } from './cpu.ts';
import { benchDecide } from './decide.ts';
import { benchEdge } from './edge.ts';
import { boundsMissed, progress } from './report.ts';
import { benchPages } from './pages.ts';
import { benchPeers } from './peers.ts';
import { benchThroughput } from './throughput.ts';

export type Length = {
  readonly samples: number;
  readonly sampleMs: number;
  /** Requests a sample over HTTP, and requests of a hundred sales each. */
  readonly requests: number;
  readonly batches: number;
  /** Sales left lying before a drain is timed. */
  readonly backlog: number;
  readonly members: number;
  /** Sales stored before a drain is timed, or a page counted. */
  readonly stored: readonly number[];
  /** Events and members in the console's lists. */
  readonly rows: number;
};

const full: Length = {
  samples: 3,
  sampleMs: 600,
  // Long enough for the tail, in which nothing is sent any more and the last group is decided, to weigh a hundredth.
  requests: 3000,
  batches: 15,
  backlog: 10_000,
  members: 20_000,
  stored: [100_000],
  rows: 500_000,
};
/** How it goes on as a shop grows: takes an hour. */
const curve: Length = { ...full, samples: 3, stored: [10_000, 100_000, 500_000] };
const smoke: Length = {
  samples: 1,
  sampleMs: 60,
  requests: 200,
  batches: 4,
  backlog: 500,
  members: 1_000,
  stored: [2_000],
  rows: 5_000,
};

const benchmarks: Readonly<Record<string, (length: Length) => Promise<void>>> = {
  decide: benchDecide,
  edge: benchEdge,
  cpu: benchCpu,
  coupons: benchCoupons,
  console: benchConsole,
  cost: benchCost,
  bundle: benchBundle,
  pages: benchPages,
  backlog: benchBacklog,
  peers: benchPeers,
  throughput: benchThroughput,
};

const given = process.argv.slice(2);
const length = given.includes('--smoke') ? smoke : given.includes('--curve') ? curve : full;
const only = given.filter((word) => !word.startsWith('--'));
for (const [name, bench] of Object.entries(benchmarks)) {
  if (only.length > 0 && !only.includes(name)) continue;
  progress(`${name} …`);
  await bench(length);
}
progress(`bounds missed: ${boundsMissed()}`);
