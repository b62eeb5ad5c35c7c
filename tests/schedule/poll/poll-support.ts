/** A poller over a database in memory, with a clock the test turns and a random number that never changes. */
import type { Poll, Source } from '../../../schema/index.ts';
import { polls, sources } from '../../../schema/index.ts';
import type { Db } from '../../../workers/db/db.ts';
import { decodeAll, insertSet, selectList } from '../../../workers/db/set.ts';
import { configCache } from '../../../workers/db/world/config.ts';
import type { Engine } from '../../../workers/engine/engine.ts';
import type { Http } from '../../../workers/engine/ports.ts';
import { seedMaker } from '../../../workers/engine/seeds.ts';
import { forPollers } from '../../../workers/receive/for-pollers.ts';
import { polls as pollChore } from '../../../workers/schedule/chores/polls.ts';
import { tallies } from '../../../workers/schedule/chores/tallies.ts';
import type { PollDeps } from '../../../workers/schedule/poll/kernel/poll.ts';
import { doChores } from '../../../workers/schedule/tick.ts';
import { at } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { inboxRows, testSecret } from '../../support/shop.ts';
import { sqliteDb, type TestDb } from '../../support/sqlite.ts';
import { appId, appKey } from './pospal-double.ts';

export type Bench = {
  readonly db: TestDb;
  readonly clock: { now: number };
  readonly rings: { count: number };
  readonly deps: (given?: Partial<PollDeps>) => PollDeps;
  /** One tick of the cron. */
  readonly tick: (given?: Partial<PollDeps>) => Promise<void>;
  readonly state: (stream?: string) => Poll;
  readonly senderIds: () => string[];
};

export const pospalSource = (poll: Record<string, unknown> = {}): Source => ({
  id: 'yinbao',
  name: '银豹',
  adapter: 'pospal',
  namespace: 'yinbao',
  secrets: [{ secret: appKey, validTo: null }],
  config: { poll: { kind: 'pospal', host: 'https://area8-win.pospal.cn:443', appId, ...poll } },
  createdAt: 0,
});

export const pollDepsOf = ({
  db,
  http,
  clock,
}: {
  readonly db: Db;
  readonly http: Http;
  readonly clock: { readonly now: number };
}): PollDeps => ({
  db,
  http,
  allowPrivate: false,
  clock: () => clock.now,
  jitter: () => 0.5,
  ...forPollers,
  doorbell: { ring: () => undefined, handOver: async () => undefined },
  stepsPerTick: 10,
});

export async function pollBench(
  http: Http,
  source: Source,
  through: (db: Db) => Db = (db) => db,
): Promise<Bench> {
  const db = sqliteDb();
  await db.batch([insertSet(sources, [source])]);
  const clock = { now: at('2026-11-22 15:00') };
  const rings = { count: 0 };
  const doorbell = { ring: () => void (rings.count += 1), handOver: async () => undefined };
  const deps = (given: Partial<PollDeps> = {}): PollDeps => ({
    ...pollDepsOf({ db: through(db), http, clock }),
    doorbell,
    ...given,
  });
  return {
    db,
    clock,
    rings,
    deps,
    tick: (given) => {
      const poll = deps(given);
      const engine: Engine = {
        db: poll.db,
        config: configCache(poll.db),
        normalise: async () => [],
        seeds: seedMaker(testSecret),
      };
      const round = roundOf({ engine, clock, receiver: poll }, { poll });
      return doChores([tallies, pollChore], round, clock.now);
    },
    state: (stream) => {
      const rows = decodeAll(
        polls,
        db.all(`SELECT ${selectList(polls, 't')} FROM polls AS t ORDER BY stream`),
      );
      const found = stream === undefined ? rows[0] : rows.find((row) => row.stream === stream);
      if (!found) throw new Error('nothing is polled yet');
      return found;
    },
    senderIds: () => inboxRows(db).map(({ senderId }) => senderId),
  };
}

export const minuteMs = 60_000;
