/** `npm run test:crash`: kills everything in mid-flight, again and again, and proves that nothing was lost or doubled. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../bench/random.ts';
import { cashDesk } from './cash-desk.ts';
import { startPosters } from './posters.ts';
import { startServer, type Server } from './process.ts';
import { differences } from './verify.ts';

const isShort = process.argv.includes('--short');
const kills = isShort ? 2 : 6;
const posters = 16;
/** A process lives until it has taken in so many events, and then a moment longer. */
const eventsPerLife = isShort ? 60 : 200;
const momentMaxMs = 600;
const lifeMaxMs = 15_000;
const drainTimeoutMs = 120_000;
const shown = 20;
const minuteMs = 60_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const seed = Date.now() % 1_000_000;
const random = seededRandom(seed);
const stateDir = mkdtempSync(join(tmpdir(), 'huike-crash-'));
const occurredAt = new Date().toISOString();
const desk = cashDesk(random, occurredAt);
const tills = startPosters(desk, posters);

let server = await startServer(stateDir);
for (let kill = 1; kill <= kills; kill += 1) {
  tills.aim(server.url);
  await live(acknowledged() + eventsPerLife);
  tills.aim(null);
  await server.kill();
  say(`kill ${kill}: ${acknowledged()} events acknowledged so far`);
  server = await startServer(stateDir);
}
tills.aim(server.url);
await tills.finish();
await drain(server);
await server.stop();

const found = differences(stateDir, desk);
for (const difference of found.slice(0, shown)) say(difference);
const resent = desk.jobs.filter(({ doubts }) => doubts > 0).length;
const returns = desk.sales.filter(({ returned }) => returned !== null).length;
console.log(
  `crash seed=${seed} kills=${kills} events=${acknowledged()} sales=${desk.sales.length} returns=${returns} ` +
    `requestsResent=${resent} differences=${found.length}`,
);
if (found.length === 0) rmSync(stateDir, { recursive: true });
else say(`the state is kept in ${stateDir}`);
process.exit(found.length === 0 ? 0 : 1);

function acknowledged(): number {
  return desk.jobs.reduce((sum, job) => sum + (job.isAcknowledged ? job.senderIds.length : 0), 0);
}

async function live(until: number): Promise<void> {
  const deadline = Date.now() + lifeMaxMs;
  while (acknowledged() < until && Date.now() < deadline) await sleep(10);
  await sleep(random.below(momentMaxMs));
}

/** The cron, each time as of two minutes later: what was left lying and what was leased by the dead is taken up again. */
async function drain({ cron }: Server): Promise<void> {
  const deadline = Date.now() + drainTimeoutMs;
  for (let round = 1; Date.now() < deadline; round += 1) {
    const left = await cron(Date.now() + 2 * minuteMs);
    if (left.events === 0 && left.messages === 0) return;
    if (round % 20 === 0) say(`left to do: ${left.events} events, ${left.messages} messages`);
    await sleep(250);
  }
  say('not everything was done in time');
}
