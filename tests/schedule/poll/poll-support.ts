/** A poller over a database in memory, with a clock the test turns and a random number that never changes. */
import type { Poll, Source } from '../../../schema/index.ts';
import { polls, sources } from '../../../schema/index.ts';
import type { Db } from '../../../workers/db/db.ts';
import { decodeAll, insertSet, selectList } from '../../../workers/db/set.ts';
import type { Http } from '../../../workers/engine/ports.ts';
import { readBackAfterSeconds } from '../../../workers/receive/erp/read-back.ts';
import { splitRecord } from '../../../workers/receive/files/split.ts';
import { toInboxRows } from '../../../workers/receive/files/rows.ts';
import { digest, hmac } from '../../../workers/receive/verify/digest.ts';
import { pollDue, type PollDeps } from '../../../workers/schedule/poll/poll.ts';
import { at } from '../../support/builders.ts';
import { inboxRows } from '../../support/shop.ts';
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

export async function pollBench(
  http: Http,
  source: Source,
  through: (db: Db) => Db = (db) => db,
): Promise<Bench> {
  const db = sqliteDb();
  await db.batch([insertSet(sources, [source])]);
  const clock = { now: at('2026-11-22 15:00') };
  const rings = { count: 0 };
  const deps = (given: Partial<PollDeps> = {}): PollDeps => ({
    db: through(db),
    http,
    allowPrivate: false,
    clock: () => clock.now,
    jitter: () => 0.5,
    signing: {
      digest: (hash, text) => digest(hash, [text]),
      hmac: (hash, secret, text) => hmac(hash, secret, [text]),
    },
    split: splitRecord,
    readBackAfterSeconds,
    toInbox: toInboxRows,
    doorbell: { ring: () => void (rings.count += 1), handOver: async () => undefined },
    stepsPerTick: 10,
    ...given,
  });
  return {
    db,
    clock,
    rings,
    deps,
    tick: (given) => pollDue(deps(given)),
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
