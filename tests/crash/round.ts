/** 一轮: a shop, its tills, and what has to be true of them in the end, whatever is done to it in between. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom, type Random } from '../bench/random.ts';
import { cashDesk } from './cash-desk.ts';
import { startPosters, type Posters } from './posters.ts';
import type { Server } from './process.ts';
import { differences, lost } from './verify.ts';

const posters = 16;
const lifeMaxMs = 15_000;
/** What waits in a queue comes again after 10, 20, 40 and 80 seconds. */
const drainTimeoutMs = 240_000;
const shown = 20;
const minuteMs = 60_000;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export type Round = {
  readonly stateDir: string;
  readonly random: Random;
  readonly tills: Posters;
  readonly acknowledged: () => number;
  /** Until so many more events were acknowledged, or too much time has gone by. */
  readonly live: (events: number) => Promise<void>;
  /** Everything acknowledged and decided, and everything sent; then how many differences there are. */
  readonly settle: (server: Server, told: Readonly<Record<string, unknown>>) => Promise<number>;
};

export function openRound(name: string): Round {
  const seed = Date.now() % 1_000_000;
  const random = seededRandom(seed);
  const stateDir = mkdtempSync(join(tmpdir(), 'huike-crash-'));
  const desk = cashDesk(random, new Date().toISOString());
  const tills = startPosters(desk, posters);
  const acknowledged = (): number =>
    desk.jobs.reduce((sum, job) => sum + (job.isAcknowledged ? job.senderIds.length : 0), 0);

  /** The cron, each time as of a minute later: what was left lying and what was leased by the dead is taken up again. */
  async function drain({ cron }: Server): Promise<void> {
    const deadline = Date.now() + drainTimeoutMs;
    for (let round = 1; Date.now() < deadline; round += 1) {
      const left = await cron(Date.now() + (1 + round) * minuteMs);
      const isDone = left.events === 0 && left.messages === 0;
      const onTheirWay = isDone ? lost(stateDir, desk).length : 0;
      if (isDone && onTheirWay === 0) return;
      if (round % 20 === 0) {
        const inQueue = isDone ? `, ${onTheirWay} on their way through the queue` : '';
        say(`left to do: ${left.events} events, ${left.messages} messages${inQueue}`);
      }
      await sleep(250);
    }
    say('not everything was done in time');
  }

  return {
    stateDir,
    random,
    tills,
    acknowledged,
    live: async (events) => {
      const until = acknowledged() + events;
      const deadline = Date.now() + lifeMaxMs;
      while (acknowledged() < until && Date.now() < deadline) await sleep(10);
    },
    settle: async (server, told) => {
      tills.aim(server.url);
      await tills.finish();
      await drain(server);
      const found = differences(stateDir, desk);
      await server.stop();
      for (const difference of found.slice(0, shown)) say(difference);
      const resent = desk.jobs.filter(({ doubts }) => doubts > 0).length;
      const returns = desk.sales.filter(({ returned }) => returned !== null).length;
      const couponsNamed = desk.sales.reduce((sum, { codes }) => sum + codes.length, 0);
      const facts = {
        seed,
        ...told,
        events: acknowledged(),
        sales: desk.sales.length,
        returns,
        couponsNamed,
      };
      console.log(
        `${name} ${Object.entries({ ...facts, requestsResent: resent, differences: found.length })
          .map(([fact, value]) => `${fact}=${String(value)}`)
          .join(' ')}`,
      );
      if (found.length === 0) rmSync(stateDir, { recursive: true });
      else say(`the state is kept in ${stateDir}`);
      return found.length;
    },
  };
}
