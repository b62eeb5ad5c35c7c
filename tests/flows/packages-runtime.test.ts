/** 套餐 in the runtime it is deployed to: however many redeem the same item at the same moment, it is never more than there is. */
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
  await furnish(db, {});
  await db.batch([
    token(adminToken, ['admin', 'pos']),
    { sql: `INSERT INTO identities VALUES ('ext:pos:M1', 'm_1')`, params: [] },
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version) VALUES ('m_1', 0, 0, 0, 1)`,
      params: [],
    },
  ]);
});
afterAll(async () => runtime.stop());

async function call(path: string, body: object) {
  const answer = await fetch(`${runtime.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ store: '8005', ...body }),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

/** Whoever finds the shop too busy asks again under the same number. */
async function redeem(item: string, till: number) {
  for (let turns = 0; turns < 200; turns += 1) {
    const wish = { packageNo: 'TC1', item, redeemNo: `${item}${String(till)}` };
    const answer = await call('/packages/redeem', wish);
    if (answer.status < 500) return answer;
    // Not all at the same moment again.
    await new Promise((resolve) => {
      setTimeout(resolve, 5 + ((turns * 37 + till * 13) % 97));
    });
  }
  throw new Error('nobody was served');
}

const items = [
  { id: '洗澡', count: 10, unitPriceFen: 5_000 },
  // A gift posts nothing: there is no ledger that two of them could meet in.
  { id: '抚触', count: 10, unitPriceFen: 0 },
];

beforeAll(async () => {
  const wish = { packageNo: 'TC1', package: { id: 'P1', items }, paidFen: 60_000 };
  expect((await call('/members/m_1/packages', wish)).status).toBe(201);
});

test.each(items)(
  'of 50 redemptions at once of $id at $unitPriceFen, with 10 left, exactly 10 succeed, and asked again they answer the same',
  async ({ id, unitPriceFen }) => {
    const tills = Array.from({ length: 50 }, (_, till) => till);
    const asked = await Promise.all(tills.map((till) => redeem(id, till)));
    const done = asked.flatMap(({ status }, till) => (status === 200 ? [till] : []));
    expect(done).toHaveLength(10);
    const others = asked.filter(({ status }) => status !== 200);
    expect(others.every(({ status, json }) => status === 409 && json['code'] === 'nothing_left')).toBe(true);
    const again = await Promise.all(done.map((till) => redeem(id, till)));
    expect(again.map(({ status }) => status)).toEqual(done.map(() => 200));
    const [rows] = await db.batch([
      {
        sql: `SELECT (SELECT j.value ->> 'used' FROM packages, json_each(items) AS j WHERE j.value ->> 'id' = ?1) AS used,
          (SELECT count(*) FROM package_uses WHERE item_id = ?1) AS uses,
          (SELECT -sum(delta) FROM ledger WHERE cause LIKE 'package-used:%' || ?1 || '%') AS earned`,
        params: [id],
      },
    ]);
    // Of what is used up the rest is earned as well.
    const earned = unitPriceFen > 0 ? 10 * unitPriceFen : 10_000;
    expect(rows?.rows[0]).toEqual({ used: 10, uses: 10, earned });
  },
  120_000,
);
