/** 同类: json-rules-engine with a database behind HTTP, as a small team would build it, beside a signed sale with all its effects. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toBasketLines } from '../../workers/decide/sales/basket.ts';
import { saleLines } from '../../workers/decide/sales/sale-lines.ts';
import { CanonicalEvent, type SaleId } from '../../schema/index.ts';
import { definitions, few, levels } from './campaigns.ts';
import { median, progress, report, rounded } from './report.ts';
import { rulesEngine } from './rules-engine.ts';
import type { Length } from './run.ts';
import { saleEvent } from './sales.ts';
import { post, sendAll } from './sender.ts';
import { openTill } from './till.ts';

const connections = 16;
const [level] = levels;

export async function benchPeers({ samples, requests: many, members }: Length): Promise<void> {
  // A third is enough to compare: at 1,000 campaigns theirs takes a minute for all of them.
  const requests = Math.ceil(many / 3);
  for (const campaigns of [10, 100, 1000]) {
    const till = await openTill({ shape: few, campaigns, members, follow: false });
    const peer = await startPeer(campaigns, members);
    const ours: number[] = [];
    const theirs: number[] = [];
    await till.sell(Math.ceil(requests / 4), 1);
    await peer.send(Math.ceil(requests / 4));
    for (let sample = 0; sample < samples; sample += 1) {
      theirs.push(await peer.send(requests));
      ours.push((await till.sell(requests, 1)).salesPerSecond);
    }
    await till.stop();
    await peer.stop();
    const context = {
      campaigns,
      connections,
      peer: 'json-rules-engine on Node with SQLite, one transaction a sale: receipt once, hits, points; nothing signed, nothing sent',
    };
    const name = `peers/${campaigns}`;
    report({ name: `${name}/json-rules-engine`, unit: 'per second', samples: theirs, context });
    report({
      name: `${name}/ours-to-theirs`,
      unit: 'ratio',
      samples: ours.map((rate, sample) => rate / (theirs[sample] ?? 1)),
      context: { ...context, ours: rounded(median(ours)) },
    });
    progress(`${name}: done`);
  }
}

async function startPeer(campaigns: number, members: number) {
  const folder = mkdtempSync(join(tmpdir(), 'huike-peer-'));
  const database = new DatabaseSync(join(folder, 'peer.sqlite'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE sales (id TEXT PRIMARY KEY, body TEXT NOT NULL, hits TEXT NOT NULL) STRICT;
    CREATE TABLE points (member TEXT PRIMARY KEY, balance INTEGER NOT NULL) STRICT`);
  const judge = rulesEngine(definitions(campaigns, few));
  const write = database.prepare(`INSERT OR IGNORE INTO sales VALUES (?, ?, ?)`);
  const credit = database.prepare(
    `INSERT INTO points VALUES (?, ?) ON CONFLICT (member) DO UPDATE SET balance = balance + excluded.balance`,
  );
  const decide = async (body: string): Promise<void> => {
    const event = CanonicalEvent.parse(JSON.parse(body));
    if (event.type !== 'sale.completed') throw new Error(`expected a sale, not ${event.type}`);
    const { data } = event;
    // A receipt's number, as our own ids are made of it.
    const id = `pos:${data.orderNo}` as SaleId;
    const hits = await judge({
      storeId: data.store.id,
      level,
      lines: toBasketLines(saleLines(id, data, new Map())),
    });
    database.exec('BEGIN IMMEDIATE');
    if (write.run(id, body, JSON.stringify(hits)).changes > 0)
      credit.run(data.member?.externalId ?? '', Math.floor(data.amounts.paidFen / 100));
    database.exec('COMMIT');
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      decide(body).then(
        () => response.writeHead(202, { 'content-length': 2 }).end('{}'),
        () => response.writeHead(500, { 'content-length': 0 }).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let sold = 0;
  return {
    send: async (count: number): Promise<number> => {
      const posts = Array.from({ length: count }, (_, place) => {
        const number = sold + place;
        const member = (number * 7919) % members;
        return post('/', JSON.stringify(saleEvent({ number, member, catalogue: few.catalogue })));
      });
      sold += count;
      const { startedAt, endedAt, statuses } = await sendAll(url, posts, connections);
      assert.deepEqual([...statuses], [[202, count]]);
      return (count * 1000) / (endedAt - startedAt);
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
