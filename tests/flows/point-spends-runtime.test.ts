/** 积分抵钱 in the runtime it is deployed to: however many tills pay with the same balance at the same moment, it is spent once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { adminToken, token } from '../api/support.ts';
import { furnish, testSecret } from '../support/shop.ts';

let runtime: Runtime;
let db: Db;
beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, { settings: { pointsAsMoney: { on: true } } as never });
  const lots = [
    ['2099-12-31', null, 600, 0, 600],
    ['2100-12-31', null, 400, 600, 1_000],
  ];
  const document = JSON.stringify({ v: 2, heads: [['points', 1, 1_000, 1_000, lots]] });
  await db.batch([
    token(adminToken, ['admin', 'pos']),
    { sql: `INSERT INTO identities VALUES ('ext:pos:M1', 'm_1')`, params: [] },
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version, document) VALUES ('m_1', 0, 0, 0, 1, ?1)`,
      params: [document],
    },
    {
      sql: `INSERT INTO ledger (member_id, account, seq, delta, balance, credited, cause, at, overdraft, posted_at)
        VALUES ('m_1', 'points', 1, 1000, 1000, 1000, 'sale:pos:1', 0, 0, 0)`,
      params: [],
    },
  ]);
});
afterAll(async () => runtime.stop());

async function call(path: string, body: object) {
  const answer = await fetch(`${runtime.url}/api/v1/members/m_1/point-spends${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ store: '8005', ...body }),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

/** Whoever finds the shop too busy asks again for the same receipt. */
async function callAtLast(till: number, path: string, body: object) {
  for (let turns = 0; turns < 200; turns += 1) {
    const answer = await call(path, body);
    if (answer.status < 500) return answer;
    // Not all at the same moment again.
    await new Promise((resolve) => {
      setTimeout(resolve, 5 + ((turns * 37 + till * 13) % 97));
    });
  }
  throw new Error('nobody was served');
}

const tills = Array.from({ length: 100 }, (_, till) => till);
const pay = (till: number, orderNo: string) =>
  callAtLast(till, '', { orderNo, points: 300, payableFen: 10_000 });

async function stands() {
  const [rows] = await db.batch([
    {
      sql: `SELECT min(balance) AS least, sum(delta) AS sum FROM ledger WHERE account = 'points'`,
      params: [],
    },
  ]);
  return rows?.rows[0];
}

test('of 100 receipts that 300 of 1,000 points are to pay at once 3 are paid, and the others read that 100 are left', async () => {
  const asked = await Promise.all(tills.map((till) => pay(till, `S${String(till)}`)));
  const paid = asked.flatMap(({ status }, till) => (status === 201 ? [till] : []));
  expect(paid).toHaveLength(3);
  const refused = asked.filter(({ status }) => status !== 201);
  expect(refused.every(({ status, json }) => status === 409 && json['code'] === 'insufficient')).toBe(true);
  expect(await stands()).toEqual({ least: 100, sum: 100 });
  // The same receipts again, and all at once undone and undone again: each gives its own back once.
  const again = await Promise.all(paid.map((till) => pay(till, `S${String(till)}`)));
  expect(again.map(({ status }) => status)).toEqual([201, 201, 201]);
  const undone = await Promise.all(
    [...paid, ...paid].map((till) => callAtLast(till, '/undo', { orderNo: `S${String(till)}` })),
  );
  expect(undone.every(({ status }) => status === 200)).toBe(true);
  expect(await stands()).toEqual({ least: 100, sum: 1_000 });
  // Back in the lots that they came from.
  const [head] = await db.batch([
    { sql: `SELECT document ->> '$.heads[0]' AS head FROM members`, params: [] },
  ]);
  expect(JSON.parse(String(head?.rows[0]?.['head']))[4]).toEqual([
    ['2099-12-31', null, 600, 0, 600],
    ['2100-12-31', null, 400, 600, 1_000],
  ]);
}, 120_000);

test('one receipt that 100 tills pay at once is paid once, and all read the same', async () => {
  const asked = await Promise.all(tills.map((till) => pay(till, 'one')));
  expect(new Set(asked.map(({ status, json }) => JSON.stringify([status, json])))).toEqual(
    new Set([JSON.stringify([201, { points: 300, offFen: 300, leftPoints: 700 }])]),
  );
}, 120_000);
