/** 推送助手: a till without an interface, beside the real Worker; whatever is killed, every order arrives once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { root, startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { gbk } from '../receive/files/files-support.ts';
import { until } from '../support/until.ts';
import { events } from '../support/inbox.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const sourcesMax = 10;
let runtime: Runtime;
let source = '';
let count = 0;
let folder = '';
/** Between the agent and the Worker: what the test does when a batch has been answered, before the agent hears of it. */
let onAnswer: (requests: number) => 'pass' | 'drop' = () => 'pass';
let requests = 0;
let line: Server;
let lineUrl = '';

beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: randomBytes(32).toString('hex') } });
  // All at once: a Worker knows a new source within half a minute, and no test waits for that.
  const db = await runtime.db();
  for (let number = 1; number <= sourcesMax; number += 1) {
    await db
      .prepare(
        `INSERT INTO sources (id, name, adapter, namespace, secrets, created_at) VALUES (?1, ?1, 'generic', ?1, ?2, 0)`,
      )
      .bind(`agent${number}`, JSON.stringify([{ secret, validTo: null }]))
      .run();
  }
  line = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on(
      'end',
      () =>
        void pass(request.url ?? '', request.headers, Buffer.concat(chunks)).then(
          (answer) =>
            answer === null ? response.destroy() : response.writeHead(answer.status).end(answer.text),
          () => response.destroy(),
        ),
    );
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const address = line.address();
  lineUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(async () => {
  line.close();
  await runtime.stop();
});

async function pass(path: string, headers: Record<string, string | string[] | undefined>, body: Buffer) {
  const names = ['content-type', 'webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  const answer = await fetch(runtime.url + path, { method: 'POST', headers: signed, body });
  const text = await answer.text();
  requests += 1;
  return onAnswer(requests) === 'drop' ? null : { status: answer.status, text };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huike-agent-'));
  mkdirSync(join(folder, 'sales'));
  cpSync(join(root, 'agent/huike-agent.mjs'), join(folder, 'huike-agent.mjs'));
  [onAnswer, requests] = [() => 'pass', 0];
  count += 1;
  source = `agent${count}`;
  configure([{ name: 'sales', kind: 'sales', folder: 'sales' }]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function configure(inputs: readonly object[]): void {
  const config = { url: `${lineUrl}/hooks/erp/${source}`, secret, settleSeconds: 0, inputs };
  writeFileSync(join(folder, 'huike-agent.json'), JSON.stringify(config));
}

const header = '订单号,销售时间,门店编号,会员手机号,商品编码,商品名称,数量,金额(元)';

function put(
  name: string,
  rows: readonly string[],
  minute = 0,
  encode = (text: string): Uint8Array => Buffer.from(text),
): void {
  const path = join(folder, 'sales', name);
  writeFileSync(path, encode([header, ...rows].join('\r\n')));
  const at = Date.parse('2026-11-22T15:00:00+08:00') / 1000 + minute * 60;
  utimesSync(path, at, at);
}

const order = (number: number, yuan = '10.00'): string =>
  `T${number},2026-11-22 14:59:00,8005,,6901,有机奶粉,1,${yuan}`;

type Ran = { readonly child: ChildProcess; readonly output: () => string; readonly ended: Promise<unknown> };

function run(...flags: string[]): Ran {
  const child = spawn(process.execPath, [
    join(folder, 'huike-agent.mjs'),
    join(folder, 'huike-agent.json'),
    ...flags,
  ]);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { child, output: () => printed, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

async function once(): Promise<string> {
  const { output, ended } = run('--once');
  await ended;
  return output();
}

type Stored = { readonly senderId: string; readonly state: string; readonly body: string };

async function stored(): Promise<Stored[]> {
  const db = await runtime.db();
  const { results } = await db
    .prepare(`SELECT sender_id AS senderId, state, body FROM ${events} WHERE source_id = ? ORDER BY seq`)
    .bind(source)
    .all<Stored>();
  return results;
}

async function salesOf(): Promise<{ id: string; paidFen: number }[]> {
  const db = await runtime.db();
  const { results } = await db
    .prepare(`SELECT id, paid_fen AS paidFen FROM sales WHERE id LIKE ? ORDER BY id`)
    .bind(`${source}:%`)
    .all<{ id: string; paidFen: number }>();
  return results;
}

const orders = (rows: readonly Stored[]): string[] =>
  rows.map(({ senderId }) => senderId.split('@')[0] ?? '');

test('a GBK export is sent, decided, and not sent again; a changed order is corrected', async () => {
  put('a.csv', [order(1), 'T1,2026-11-22 14:59:00,8005,,6902,帽子,2,5.00', order(2)], 0, gbk);
  expect(await once()).toContain('已送达 2 条');
  await until(async () => (await salesOf()).length === 2);
  expect(await salesOf()).toEqual([
    { id: `${source}:T1`, paidFen: 1500 },
    { id: `${source}:T2`, paidFen: 1000 },
  ]);
  expect(JSON.parse((await stored())[0]?.body ?? '')).toMatchObject({
    data: { lines: [{ name: '有机奶粉' }, { name: '帽子' }] },
  });
  expect(await once()).not.toContain('已送达');
  put('a.csv', [order(1), 'T1,2026-11-22 14:59:00,8005,,6902,帽子,2,5.00', order(2, '8.00')], 5);
  expect(await once()).toContain('已送达 1 条');
  await until(async () => (await salesOf())[1]?.paidFen === 800);
});

test('killed with SIGKILL after the Worker stored a batch and before the agent heard of it: nothing missing, nothing twice', async () => {
  put(
    'many.csv',
    Array.from({ length: 1800 }, (_, number) => order(number)),
  );
  for (const fatal of [2, 4]) {
    const { child, ended } = run('--once');
    onAnswer = (made) => {
      if (made !== fatal) return 'pass';
      child.kill('SIGKILL');
      return 'drop';
    };
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
  }
  onAnswer = () => 'pass';
  await once();
  const rows = await stored();
  expect(rows).toHaveLength(1800);
  expect(new Set(orders(rows)).size).toBe(1800);
});

test('killed at any moment, twenty times in a row, every order arrives once', async () => {
  put(
    'a.csv',
    Array.from({ length: 700 }, (_, number) => order(number)),
  );
  put(
    'b.csv',
    Array.from({ length: 700 }, (_, number) => order(1000 + number)),
  );
  for (let kill = 0; kill < 20; kill += 1) {
    const { child, ended } = run('--once');
    await new Promise((resolve) => setTimeout(resolve, 40 + kill * 12));
    child.kill('SIGKILL');
    await ended;
  }
  await once();
  const rows = await stored();
  expect(rows).toHaveLength(1400);
  expect(new Set(orders(rows)).size).toBe(1400);
});

test('while the line is down it keeps trying, and what it has is sent when the line is back', async () => {
  put('a.csv', [order(1)]);
  onAnswer = (made) => (made === 1 ? 'drop' : 'pass');
  expect(await once()).toContain('发送失败');
  expect(orders(await stored())).toEqual(['sale:T1']);
});

test('a bad row costs its own order and is named; the others are sent', async () => {
  put('a.csv', [
    order(1),
    order(2, '十元'),
    'T3,2026-11-22 14:59:00,8005,138****8000,6901,奶粉,1,1.00',
    order(4),
  ]);
  const printed = await once();
  expect(printed).toContain('“十元”不是以元为单位的金额');
  expect(printed).toContain('不是 11 位手机号');
  expect(orders(await stored())).toEqual(['sale:T1', 'sale:T4']);
});

test('a state file that was destroyed costs a second reading and nothing else', async () => {
  put('a.csv', [order(1), order(2)]);
  await once();
  writeFileSync(join(folder, 'huike-agent-state.json'), '{"files":{"sal');
  expect(await once()).toContain('状态文件损坏');
  expect(await stored()).toHaveLength(2);
});

test('SQL Server is asked for what is new since the last mark, with the times its own clock shows', async () => {
  mkdirSync(join(folder, 'node_modules/mssql'), { recursive: true });
  // The driver as far as the agent uses it; what it was asked is written down.
  writeFileSync(join(folder, 'node_modules/mssql/package.json'), '{"name":"mssql","main":"index.js"}');
  writeFileSync(
    join(folder, 'node_modules/mssql/index.js'),
    `const { appendFileSync, readFileSync } = require('node:fs');
     class ConnectionPool {
       async connect() { return this; }
       async close() {}
       request() {
         return { input: (name, type, value) => ({ query: async (text) => {
           appendFileSync(__dirname + '/asked.log', name + ' ' + value.toISOString() + '\\n');
           const rows = JSON.parse(readFileSync(__dirname + '/rows.json', 'utf8'));
           return { recordset: rows.map((row) => ({ ...row, 销售时间: new Date(row.销售时间), 更新时间: new Date(row.销售时间) })) };
         } }) };
       }
     }
     module.exports = { ConnectionPool, DateTime2: 'DateTime2' };`,
  );
  const rows = [
    {
      订单号: 'S1',
      销售时间: '2026-11-22T14:59:00.000Z',
      门店编号: 8005,
      商品编码: '6901 ',
      数量: 0.5,
      '金额(元)': 103.6,
      会员手机号: null,
    },
    {
      订单号: 'S2',
      销售时间: '2026-11-22T15:02:00.500Z',
      门店编号: 8005,
      商品编码: '6902',
      数量: 1,
      '金额(元)': 5,
      会员手机号: '13912345487',
    },
  ];
  writeFileSync(join(folder, 'node_modules/mssql/rows.json'), JSON.stringify(rows));
  configure([
    {
      name: 'sql',
      kind: 'sales',
      sqlServer: { connection: {}, query: 'SELECT', markColumn: '更新时间', start: '2026-11-22 00:00:00' },
    },
  ]);
  expect(await once()).toContain('已送达 2 条');
  await once();
  expect(readFileSync(join(folder, 'node_modules/mssql/asked.log'), 'utf8').split('\n').slice(0, 2)).toEqual([
    'since 2026-11-21T23:50:00.000Z',
    'since 2026-11-22T14:52:00.500Z',
  ]);
  const [first] = await stored();
  expect(await stored()).toHaveLength(2);
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    occurredAt: '2026-11-22T14:59:00+08:00',
    data: {
      orderNo: 'S1',
      version: String(Date.parse('2026-11-22T14:59:00Z')),
      lines: [{ sku: '6901', quantity: '0.5', amountFen: 10_360 }],
    },
  });
});
