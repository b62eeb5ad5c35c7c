/** 一张券一次: in the runtime it is deployed to, however many tills ask for the same coupon at the same moment. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { adminToken, token } from '../api/support.ts';
import { template } from '../support/builders.ts';
import { furnish, testSecret } from '../support/shop.ts';

let runtime: Runtime;
let db: Db;
beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, { templates: [template('券', { stacksWith: 'any' })] });
  await db.batch([
    token(adminToken, ['admin']),
    { sql: `INSERT INTO identities VALUES ('ext:pos:M1', 'm_1')`, params: [] },
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version) VALUES ('m_1', 0, 0, 0, 1)`,
      params: [],
    },
  ]);
});
afterAll(async () => runtime.stop());

type Answer = { readonly status: number; readonly json: Record<string, unknown> };

async function post(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${runtime.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

async function given(): Promise<string> {
  const { json } = await post('/members/m_1/coupons', { templateId: '券', reason: '试' });
  return String((json['items'] as { id: string }[])[0]?.id);
}

const moves = async (code: string): Promise<unknown[]> => {
  const [found] = await db.batch([
    { sql: `SELECT act FROM coupon_moves WHERE coupon_id = ?1 ORDER BY seq`, params: [code] },
  ]);
  return (found?.rows ?? []).map(({ act }) => act);
};

const all = <Value>(count: number, make: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

test('200 receipts redeem one coupon at once: one wins, and 199 read that it is used', async () => {
  const code = await given();
  const asked = await all(200, (index) =>
    post('/coupons/redeem', { code, store: '8005', orderNo: `o${String(index)}` }),
  );
  const won = asked.filter(({ status }) => status === 200);
  expect(won).toHaveLength(1);
  expect(new Set(asked.filter(({ status }) => status !== 200).map(({ json }) => json['code']))).toEqual(
    new Set(['already_used']),
  );
  expect(await moves(code)).toEqual(['granted', 'used']);
});

test('of 100 receipts that lock one coupon and then use it, only the one that has the lock does', async () => {
  const code = await given();
  const asked = await all(100, async (index) => {
    const receipt = { code, store: '8005', orderNo: `l${String(index)}` };
    const locked = await post('/coupons/lock', receipt);
    const used = await post('/coupons/redeem', receipt);
    return [locked.status, used.status].join();
  });
  expect(asked.filter((both) => both === '200,200')).toHaveLength(1);
  expect(asked.filter((both) => both === '409,409')).toHaveLength(99);
  expect(await moves(code)).toEqual(['granted', 'locked', 'used']);
});
