/** 抢券: in the runtime it is deployed to, however many members come at the same moment, no limit is passed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { adminToken, token } from '../api/support.ts';
import { template } from '../support/builders.ts';
import { furnish, testSecret } from '../support/shop.ts';

const members = Array.from({ length: 600 }, (_, index) => `m_${String(index)}`);
let runtime: Runtime;
let db: Db;
beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, { templates: [template('百张', { stock: 100 }), template('券')] });
  await db.batch([
    token(adminToken, ['admin']),
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version) SELECT value, 0, 0, 0, 1 FROM json_each(?1)`,
      params: [JSON.stringify(members)],
    },
  ]);
});
afterAll(async () => runtime.stop());

type Answer = { readonly status: number; readonly json: Record<string, unknown> };

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${runtime.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

const made = async (given: object): Promise<string> => {
  const body = { kind: 'link', name: '抢', templateId: '券', ...given };
  return String((await call('POST', '/coupon-batches', body)).json['id']);
};

/** An answer that nobody knows yet is asked for again, as a page would be. */
async function claim(member: string, body: object): Promise<string> {
  const { status, json } = await call('POST', `/members/${member}/claims`, body);
  if (status === 503) return claim(member, body);
  return status === 201 ? 'claimed' : String(json['code']);
}

const tally = (answers: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(answers, (one) => one)].map(([answer, all]) => [answer, all.length]));

const issued = async (batchId: string): Promise<unknown> => {
  const [found] = await db.batch([
    { sql: `SELECT count(*) AS n FROM coupons WHERE batch_id = ?1`, params: [batchId] },
  ]);
  return found?.rows[0]?.['n'];
};

test('600 members come at once for 100 that the template has: 100 get one, and 500 read that they are gone', async () => {
  const batchId = await made({ templateId: '百张' });
  const answers = await Promise.all(members.map((member) => claim(member, { batchId })));
  expect(tally(answers)).toEqual({ claimed: 100, no_coupon: 500 });
  expect(await issued(batchId)).toBe(100);
});

test('600 members come at once for 100 that the batch has: 100 get one', async () => {
  const batchId = await made({ total: 100 });
  const answers = await Promise.all(members.map((member) => claim(member, { batchId })));
  expect(tally(answers)).toEqual({ claimed: 100, all_claimed: 500 });
  expect(await issued(batchId)).toBe(100);
});

test('100 members type the same printed code at once: one gets it', async () => {
  const batchId = await made({ kind: 'codes', count: 1 });
  const { json } = await call('GET', `/coupon-batches/${batchId}/codes`);
  const [{ code } = { code: '' }] = json['items'] as { code: string }[];
  const answers = await Promise.all(members.slice(0, 100).map((member) => claim(member, { code })));
  // The limit of the batch is met at the same moment as the code is taken: either is true.
  const { claimed, code_taken: taken = 0, all_claimed: gone = 0 } = tally(answers);
  expect([claimed, taken + gone]).toEqual([1, 99]);
  expect(await issued(batchId)).toBe(1);
});

test('one member who taps 50 times at once has the one that is hers', async () => {
  const batchId = await made({});
  const answers = await Promise.all(Array.from({ length: 50 }, () => claim('m_7', { batchId })));
  expect(tally(answers)).toEqual({ claimed: 1, claimed_before: 49 });
});

test('what is called off while 100 members come for it gives no coupon after that', async () => {
  const batchId = await made({});
  const coming = members.slice(0, 100).map((member) => claim(member, { batchId }));
  const { json } = await call('POST', `/coupon-batches/${batchId}/call-off`);
  const { claimed = 0, called_off: refused = 0 } = tally(await Promise.all(coming));
  expect([claimed, claimed + refused]).toEqual([json['claimed'], 100]);
  expect(await issued(batchId)).toBe(json['claimed']);
});
