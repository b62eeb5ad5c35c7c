/** 花积分 in the runtime it is deployed to: however many tills spend the same balance at the same moment, it is spent once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { adminToken, token } from '../api/support.ts';
import { furnish, testSecret } from '../support/shop.ts';

let runtime: Runtime;
let db: Db;
const lots = [
  ['2099-12-31', null, 600, 0, 600],
  ['2100-12-31', null, 400, 600, 1_000],
];
beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, { settings: MerchantSettings.parse({ checkIn: { on: true } }) });
  const document = JSON.stringify({ v: 2, heads: [['points', 1, 1_000, 1_000, lots]] });
  await db.batch([
    token(adminToken, ['admin', 'pos']),
    { sql: `INSERT INTO identities VALUES ('ext:pos:M1', 'm_1')`, params: [] },
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version, document) VALUES ('m_1', 0, 0, 0, 1, ?1)`,
      params: [document],
    },
    {
      sql: `INSERT INTO ledger VALUES ('m_1', 'points', 1, 1000, 1000, 1000, 'sale:pos:1', 0, 0, 0, NULL, NULL)`,
      params: [],
    },
  ]);
});
afterAll(async () => runtime.stop());

async function spend(points: number, key: string) {
  const answer = await fetch(`${runtime.url}/api/v1/members/m_1/spendings`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminToken}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ points }),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

/** Whoever finds the shop too busy asks again, with the same key. */
async function spendAtLast(points: number, key: string) {
  for (let turns = 0; turns < 200; turns += 1) {
    const answer = await spend(points, key);
    if (answer.status < 500) return answer;
    // Not all at the same moment again.
    await new Promise((resolve) => {
      setTimeout(resolve, 5 + ((turns * 37 + Number(key.slice(1)) * 13) % 97));
    });
  }
  throw new Error('nobody was served');
}

test('of 100 tills that spend 30 of 1,000 points at once 33 do, and the others read what there is', async () => {
  const asked = await Promise.all(
    Array.from({ length: 100 }, (_, till) => spendAtLast(30, `k${String(till)}`)),
  );
  expect(asked.filter(({ status }) => status === 201)).toHaveLength(33);
  const refused = asked.filter(({ status }) => status !== 201);
  expect(refused.every(({ status, json }) => status === 409 && json['code'] === 'insufficient')).toBe(true);
  const [rows, sums] = await db.batch([
    { sql: `SELECT min(balance) AS least, sum(delta) AS sum, count(*) AS n FROM ledger`, params: [] },
    { sql: `SELECT document ->> '$.heads[0]' AS head FROM members`, params: [] },
  ]);
  expect(rows?.rows[0]).toEqual({ least: 10, sum: 10, n: 34 });
  // What ends first was spent first.
  expect(JSON.parse(String(sums?.rows[0]?.['head']))).toEqual([
    'points',
    34,
    10,
    1_000,
    [
      ['2099-12-31', null, 0, 0, 600],
      ['2100-12-31', null, 10, 600, 1_000],
    ],
  ]);
  // Asked again with the same key, nothing more is taken.
  const won = asked.findIndex(({ status }) => status === 201);
  expect((await spend(30, `k${String(won)}`)).status).toBe(201);
  const [after] = await db.batch([{ sql: `SELECT sum(delta) AS sum FROM ledger`, params: [] }]);
  expect(after?.rows[0]).toEqual({ sum: 10 });
  const { status, json } = await spend(11, 'too-much');
  expect([status, json['numbers']]).toEqual([409, { have: 10, need: 11 }]);
}, 120_000);

test('of 50 check-ins of one member at once one brings 5 points, and the others read that she was there today', async () => {
  const checkIn = async (turn: number): Promise<{ status: number; json: Record<string, unknown> }> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await fetch(`${runtime.url}/api/v1/members/m_1/check-ins`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
        body: '{}',
      });
      if (answer.status < 500)
        return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
      await new Promise((resolve) => {
        setTimeout(resolve, 5 + ((tries * 37 + turn * 13) % 97));
      });
    }
    throw new Error('nobody was served');
  };
  const asked = await Promise.all(Array.from({ length: 50 }, (_, turn) => checkIn(turn)));
  const done = asked.filter(({ status }) => status === 201);
  expect(done.map(({ json }) => json)).toMatchObject([{ points: 5, streak: 1 }]);
  const others = asked.filter(({ status }) => status !== 201);
  expect(new Set(others.map(({ status, json }) => `${status} ${String(json['code'])}`))).toEqual(
    new Set(['409 already']),
  );
  const [rows] = await db.batch([
    { sql: `SELECT count(*) AS n FROM ledger WHERE cause LIKE 'check-in:%'`, params: [] },
  ]);
  expect(rows?.rows).toEqual([{ n: 1 }]);
});
