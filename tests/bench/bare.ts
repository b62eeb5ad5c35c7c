/** The floors on the same runtime: one D1 insert for each request of the same size, and what any backlog has to write. */
import assert from 'node:assert/strict';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import type { ReceivedEvent } from '../../workers/db/inbox/inbox.ts';
import { smallCatalogue } from './catalogue.ts';
import { saleEvent } from './sales.ts';
import { post, sendAll } from './sender.ts';

const connections = 16;
const salesPerInsert = 500;

export type Bare = {
  /** Requests a second. */
  readonly send: (requests: number) => Promise<number>;
  /** Sales a second of a backlog whose documents are kept, and nothing else done. */
  readonly keepDocuments: (sales: readonly ReceivedEvent[]) => Promise<number>;
  readonly stop: () => Promise<void>;
};

export async function startBare(): Promise<Bare> {
  const runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  const db = await runtime.db();
  await db.prepare(`CREATE TABLE bare (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT`).run();
  return {
    stop: runtime.stop,
    keepDocuments: (sales) => keepDocuments(runtime, db, sales),
    send: async (requests) => {
      const body = JSON.stringify(saleEvent({ number: 0, member: 0, catalogue: smallCatalogue }));
      const request = post('/', body);
      const posts = Array.from({ length: requests }, () => request);
      const { startedAt, endedAt, statuses } = await sendAll(runtime.url, posts, connections);
      assert.deepEqual([...statuses], [[202, requests]]);
      return (requests * 1000) / (endedAt - startedAt);
    },
  };
}

const documentTables = [
  `DROP TABLE IF EXISTS decided`,
  `DROP TABLE IF EXISTS sale_documents`,
  `DROP TABLE IF EXISTS member_documents`,
  `DELETE FROM bare`,
  `CREATE TABLE decided (seq INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT`,
  `CREATE TABLE sale_documents (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, member TEXT NOT NULL, document TEXT NOT NULL) STRICT`,
  `CREATE TABLE member_documents (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID`,
];

async function keepDocuments(
  { url }: Runtime,
  db: D1Database,
  sales: readonly ReceivedEvent[],
): Promise<number> {
  await db.batch(documentTables.map((sql) => db.prepare(sql)));
  for (let from = 0; from < sales.length; from += salesPerInsert) {
    const bodies = sales.slice(from, from + salesPerInsert).map(({ body }) => body);
    await db
      .prepare(`INSERT INTO bare (body) SELECT value FROM json_each(?1)`)
      .bind(JSON.stringify(bodies))
      .run();
  }
  const startedAt = performance.now();
  const { kept } = (await (await fetch(`${url}/documents`)).json()) as { kept: number };
  const perSecond = (kept * 1000) / (performance.now() - startedAt);
  assert.equal(kept, sales.length);
  return perSecond;
}
