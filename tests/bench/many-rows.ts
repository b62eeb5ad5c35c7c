/** 五十万行: a shop whose inbox and members are that many, behind the real Worker, and its owner signed in. */
import { startRuntime } from '../../scripts/runtime.ts';
import { linkFor } from '../../workers/commands/people/sign-in.ts';
import { d1 } from '../../workers/d1.ts';
import { statement, type Statement } from '../../workers/db/db.ts';
import { navFor } from '../../workers/pages/console/kit/nav.ts';

export type Asked = {
  readonly ms: number;
  readonly rowsRead: number;
  readonly roundTrips: number;
  readonly bytes: number;
  readonly status: number;
};
export type ManyRows = {
  /** As the owner's browser would. */
  readonly ask: (path: string) => Promise<Asked>;
  readonly stop: () => Promise<void>;
};

/** One insert of so many: a local D1 takes no more at once. */
const rowsPerInsert = 50_000;

export async function openManyRows(rows: number): Promise<ManyRows> {
  const runtime = await startRuntime({
    workerEntry: 'tests/bench/console-worker.ts',
    vars: { SEED: 'a seed of at least thirty-two characters, for the bench' },
  });
  const db = d1(await runtime.db());
  for (let from = 0; from < rows; from += rowsPerInsert)
    await db.batch(rowsFrom(from, Math.min(rowsPerInsert, rows - from)));
  // As the last decision leaves it: nobody looks for what is pending among what was decided long ago.
  await db.batch([
    statement(`INSERT INTO settings (key, value) SELECT 'decided_to', CAST(max(seq) AS TEXT) FROM decisions`),
  ]);
  const word = `${'many'.repeat(6)}ab`;
  await db.batch([await linkFor(null, word, { now: Date.now(), forMs: 600_000 })]);
  const entered = await fetch(`${runtime.url}/console/enter/${word}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ name: '陈老板', shopName: '大店', publicUrl: '', trade: 'maternity' }),
  });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    ask: async (path) => {
      const startedAt = performance.now();
      const answer = await fetch(runtime.url + path, { headers: { cookie }, redirect: 'manual' });
      const { byteLength: bytes } = await answer.arrayBuffer();
      const ms = performance.now() - startedAt;
      const { status, headers } = answer;
      const [rowsRead, roundTrips] = ['x-rows-read', 'x-round-trips'].map((name) =>
        Number(headers.get(name)),
      );
      return { ms, bytes, status, rowsRead: rowsRead ?? 0, roundTrips: roundTrips ?? 0 };
    },
    stop: runtime.stop,
  };
}

const counted = `WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 + ?2 - 1)`;

/** Sales by members of their own; the newest stand in the inbox undone, as after an hour without the network. */
const rowsFrom = (from: number, rows: number): Statement[] =>
  [
    `${counted} INSERT INTO inbox (id, source_id, sender_id, revision, type, received_at, body)
      SELECT 'ev_' || printf('%07d', i) || printf('%033d', 0), 'till', 'S' || i, 1, 'sale.completed', 1700000000000 + i * 1000, '{"orderNo":"A' || i || '"}' FROM n`,
    `${counted} INSERT INTO decisions (seq, state, source_id, received_at, trust, attempts, decided_at)
      SELECT seq, iif(seq % 50 = 0, 'parked', 'done'), source_id, received_at, trust, 0, received_at FROM inbox
      WHERE id IN (SELECT 'ev_' || printf('%07d', i) || printf('%033d', 0) FROM n)`,
    `${counted} INSERT INTO members (id, name, phone, store_id, orders, spent_fen, first_at, last_at, created_at, version)
      SELECT 'm_' || printf('%07d', i), '会员' || i, printf('139%08d', i), '800' || (i % 8), 3, 30000, 1, 1, 1, 1 FROM n`,
    `${counted} INSERT INTO identities (key, member_id) SELECT 'phone:' || printf('139%08d', i), 'm_' || printf('%07d', i) FROM n`,
    `${counted} INSERT INTO transfers (out_bill_no, member_id, kind, amount_fen, terms, state, recalls, day_on, asked_at, ended_at, rev, due_at, attempts)
      SELECT printf('HK%028d', i), 'm_' || printf('%07d', i), 'withdrawal', 100, '{}', iif(i % 4000, 'paid', 'failed'), '[]', date(1700000000 + i * 100, 'unixepoch'),
        1700000000000 + i * 100000, 1700000000000 + i * 100000, 0, 0, 1 FROM n`,
    `${counted} INSERT INTO reconciliations (source_id, date, said, stores, is_equal, said_at, compared_at)
      SELECT 'till-' || CAST(i % 4 AS INTEGER), date(1000000000 + i * 40000, 'unixepoch'), '{"stores":[]}', '[]', i % 2, 1, 1 FROM n WHERE i < 12000 ON CONFLICT DO NOTHING`,
    `INSERT INTO sources (id, name, adapter, namespace, secrets, created_at)
      SELECT 'till-' || value, '收银' || value, 'generic', 'till-' || value, '[]', ?1 + ?2 FROM json_each('[0,1,2,3]') WHERE true ON CONFLICT DO NOTHING`,
  ].map((sql) => ({ sql, params: [from, rows] }));

/** What is looked for, every day: each is found by an index. */
export const askedDaily: readonly string[] = [
  '/console/',
  '/console/events',
  '/console/events?state=parked',
  '/console/events?order=A77',
  '/console/events?sender=S77',
  `/console/events/ev_${'0000077'.padEnd(40, '0')}`,
  '/console/members',
  '/console/members?q=13900000077',
  '/console/members/m_0000077',
  '/console/messages',
  '/console/talks',
  '/console/reconciliation?source=till-1',
  '/console/reconciliation/till-1',
  '/console/payouts',
  '/console/payouts?from=2023-11-18&to=2023-11-19',
];
/** Every other room of the office, as its navigation opens it. */
export const otherRooms: readonly string[] = navFor('owner')
  .flatMap(({ places }) => places.map(({ path }) => path))
  .filter((path) => !askedDaily.includes(path));
/** What no index knows: so many rows are looked at, and the next page goes on from there. */
export const lookedThrough: readonly string[] = [
  '/console/payouts?state=lost',
  '/console/events?source=till&day=2023-11-15',
  '/console/members?q=0077',
  `/console/members?q=${encodeURIComponent('会员77')}`,
  `/console/members?q=${encodeURIComponent('没有这个人')}`,
  '/console/members?level=gold',
];
