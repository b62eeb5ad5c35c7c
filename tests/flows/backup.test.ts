/** 备份与恢复: a shop that was lost goes on from its backup as if nothing had happened, through the real runtime. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count, dump, statementBytesMax } from '../../scripts/backup/dump.ts';
import { keep, load, loadSql, mustEqual, readBackup } from '../../scripts/backup/folder.ts';
import { takeAlone } from '../../scripts/alone.ts';
import { readCredentials } from '../../scripts/credentials.ts';
import { firstRun } from '../../scripts/first-run.ts';
import { root, startRuntime } from '../../scripts/runtime.ts';
import { forget, newStateDir } from '../support/running.ts';
import { until } from '../support/until.ts';

type Json = Record<string, unknown>;

const folder = mkdtempSync(join(tmpdir(), 'huike-backup-'));
const backupFolder = join(folder, 'backup');
const stateDirs = [newStateDir(), join(folder, 'restored')];
const [first = '', second = ''] = stateDirs;
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const stateDir of stateDirs) forget(stateDir);
});

const run = (script: string, args: readonly string[], stateDir: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, STATE_DIR: stateDir },
  });
  return { status, said: `${stdout}${stderr}` };
};

type Shop = {
  readonly token: string;
  readonly secret: string;
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/** As `npm start` opens it, without a sandbox. What stands in credentials.json is the restored shop's as well: the same SEED. */
async function open(stateDir: string): Promise<Shop> {
  const credentials = readCredentials(stateDir);
  const vars = { SEED: credentials.seed, QUEUES_KEEP: 'no' };
  const { url, db, stop } = await startRuntime({ stateDir: join(stateDir, 'storage'), vars });
  await firstRun(await db(), credentials, url);
  return { token: credentials.apiToken, secret: credentials.erpSecret, url, stop };
}

async function api({ url, token }: Shop, path: string, body?: Json): Promise<Json> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as Json;
}

/** 满200: a coupon and a red packet whose amount is drawn with SEED. */
async function promote(shop: Shop): Promise<void> {
  const template = await api(shop, '/coupon-templates', {
    name: '满80减8',
    kind: 'cash',
    valueFen: 800,
    minSpendFen: 8_000,
    validity: { relative: { afterDays: 0, forDays: 30 } },
  });
  await api(shop, '/campaigns', {
    name: '满200有礼',
    trigger: 'sale.completed',
    status: 'active',
    from: new Date(Date.now() - 30 * 86_400_000).toISOString(),
    conditions: [{ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 20_000 }],
    rewards: [
      { kind: 'coupon', templateId: template['id'], count: 1 },
      { kind: 'red-packet', minFen: 200, maxFen: 50_000 },
    ],
  });
}

async function send({ url, secret }: Shop, event: Json): Promise<Json> {
  const body = JSON.stringify(event);
  const sentAt = new Date();
  const id = `msg-${String(event['id'])}`;
  const response = await fetch(`${url}/hooks/erp/till`, {
    method: 'POST',
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    },
  });
  return (await response.json()) as Json;
}

const at = new Date(Date.now() - 3_600_000).toISOString();
const sale = (orderNo: string, amountFen: number): Json => ({
  type: 'sale.completed',
  id: orderNo,
  occurredAt: at,
  data: {
    orderNo,
    store: { id: '8005', name: '天河店' },
    member: { externalId: 'M-kept', phone: '13800002222', name: '周女士' },
    lines: [
      { lineNo: '1', sku: '6900000000011', name: '奶粉', categoryIds: ['01'], quantity: '2', amountFen },
    ],
    amounts: { paidFen: amountFen },
  },
});
const refund: Json = {
  type: 'refund.completed',
  id: 'kept-1-r',
  occurredAt: at,
  data: {
    refundNo: 'kept-r1',
    orderNo: 'kept-1',
    scope: 'full',
    lines: [],
    amounts: { refundedFen: 40_000 },
  },
};

async function memberOf(shop: Shop): Promise<Json | undefined> {
  const { items } = await api(shop, '/members?phone=13800002222');
  return (items as Json[])[0];
}

/** Everything a member has, as the API tells it. */
async function holdings(shop: Shop): Promise<Json> {
  const member = await memberOf(shop);
  const id = String(member?.['id']);
  return {
    member,
    points: await api(shop, `/members/${id}/ledger?account=points`),
    wallet: await api(shop, `/members/${id}/ledger?account=wallet`),
    coupons: await api(shop, `/members/${id}/coupons`),
    sales: await api(shop, `/members/${id}/sales`),
  };
}
const settled = async (shop: Shop, orders: number): Promise<void> =>
  until(async () => {
    const member = await memberOf(shop);
    return (member?.['stats'] as Json | undefined)?.['orders'] === orders;
  });

/** What is told after the backup: the old sale again, a new one, and the return of the old one. */
async function goOn(shop: Shop): Promise<unknown[]> {
  const again = await send(shop, sale('kept-1', 40_000));
  await send(shop, sale('kept-2', 26_000));
  await settled(shop, 2);
  await send(shop, refund);
  await settled(shop, 1);
  return [again['duplicate'], await holdings(shop)];
}

beforeAll(async () => {
  const shop = await open(first);
  await promote(shop);
  await send(shop, sale('kept-1', 40_000));
  await settled(shop, 1);
  await shop.stop();
});

test('a sale, a return of an old sale and a receipt told again give in the restored shop, to the fen and the code, what they give in the one that was never lost', async () => {
  const made = run('backup.ts', [backupFolder], first);
  expect(made).toMatchObject({ status: 0, said: expect.stringContaining('read back and compared') });
  expect(statSync(join(backupFolder, 'database.sql')).mode & 0o077).toBe(0);

  const lost = await open(first);
  const [wasKnown, expected] = await goOn(lost);
  await lost.stop();
  forget(first);

  expect(run('restore.ts', [backupFolder], second)).toMatchObject({
    status: 0,
    said: expect.stringContaining('row for row'),
  });
  const restored = await open(second);
  const [isKnown, found] = await goOn(restored);
  await restored.stop();
  expect([wasKnown, isKnown]).toEqual([true, true]);
  expect(JSON.stringify(expected)).toContain('"state":"revoked"');
  expect(timeless(found)).toEqual(timeless(expected));
});

/** The two shops went on some seconds apart; what a key or a code is made of is the same. */
function timeless(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"/g, '"then"'));
}

test('nothing is written over a shop, nor over a backup; a backup that was cut short is refused', async () => {
  expect(run('restore.ts', [backupFolder], second)).toMatchObject({
    status: 1,
    said: expect.stringContaining('holds a shop already'),
  });
  expect(run('backup.ts', [backupFolder], second)).toMatchObject({
    status: 1,
    said: expect.stringContaining('holds a backup already'),
  });
  expect(takeAlone(second)).toBe(true);
  expect(run('backup.ts', [join(folder, 'while-open')], second)).toMatchObject({
    status: 1,
    said: expect.stringContaining('Another process works on'),
  });
  appendFileSync(join(backupFolder, 'database.sql'), '\n');
  await expect(readBackup(backupFolder)).rejects.toThrow('is not the file that was written');
  expect(run('restore.ts', [backupFolder], join(folder, 'third'))).toMatchObject({ status: 1 });
  expect(existsSync(join(folder, 'third', 'storage'))).toBe(false);
});

const awkward = [
  `it's`,
  'two\nlines with \\n in them',
  'carriage\rreturn',
  'line\u2028separator\u2029s',
  'a NUL\0here',
  '\u0001\n\u0002',
  '👶'.repeat(20_000),
  `'`.repeat(60_000),
  '',
];

test('texts with line breaks and backslashes, texts of 120 KB and numbers beyond 2^53 come back as they were, in statements that D1 takes', async () => {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT NOT NULL, other TEXT, number INTEGER, part REAL, bytes BLOB) STRICT;
    CREATE TABLE keyed (one TEXT NOT NULL, two TEXT NOT NULL, text TEXT, PRIMARY KEY (one, two)) STRICT, WITHOUT ROWID;
    CREATE INDEX kept_text ON kept (number)`);
  const insert = db.prepare(`INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?)`);
  for (const [place, text] of awkward.entries())
    insert.run(
      place,
      text,
      place % 2 === 0 ? null : text,
      2n ** 60n + BigInt(place),
      place + 0.5,
      Buffer.from([0, place]),
    );
  for (const text of awkward)
    db.prepare(`INSERT INTO keyed VALUES (?, 'k', ?)`).run(`${text.length}-'`, text);

  const statements = [...dump(db)];
  expect(
    statements.filter((one) => /[\n\r\u2028\u2029]/.test(one) || Buffer.byteLength(one) > statementBytesMax),
  ).toEqual([]);
  const kept = join(folder, 'awkward');
  await keep(db, kept, { now: 0, version: '1' });
  const back = new DatabaseSync(':memory:');
  await load(kept, back);
  mustEqual(count(db), count(back));
  expect(
    back
      .prepare(`SELECT text FROM kept ORDER BY id`)
      .all()
      .map(({ text }) => text),
  ).toEqual(awkward);
  // wrangler runs the file whole.
  const whole = new DatabaseSync(':memory:');
  loadSql(whole, join(kept, 'database.sql'));
  mustEqual(count(db), count(whole));

  back.exec(`UPDATE kept SET text = text || ' ' WHERE id = 3`);
  expect(() => mustEqual(count(db), count(back))).toThrow('kept: the rows are not those that were kept');
  back.exec(`DELETE FROM keyed WHERE one LIKE '0-%'`);
  const { keyed } = count(db);
  expect(() => mustEqual(keyed ? { keyed } : {}, count(back))).toThrow(
    'keyed: 9 rows were kept, 8 are there',
  );
});
