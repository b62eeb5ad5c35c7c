/** The floor on the same runtime: a bare Worker, one D1 insert for each request of the same size. */
import assert from 'node:assert/strict';
import { startRuntime } from '../../scripts/runtime.ts';
import { smallCatalogue } from './catalogue.ts';
import { saleEvent } from './sales.ts';
import { post, sendAll } from './sender.ts';

const connections = 16;

export type Bare = {
  /** Requests a second. */
  readonly send: (requests: number) => Promise<number>;
  readonly stop: () => Promise<void>;
};

export async function startBare(): Promise<Bare> {
  const runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  const db = await runtime.db();
  await db.prepare(`CREATE TABLE bare (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT`).run();
  return {
    stop: runtime.stop,
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
