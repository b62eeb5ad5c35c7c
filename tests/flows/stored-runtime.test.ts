/** 花储值 in the runtime it is deployed to: however many tills spend the same card at the same moment, it never goes below zero. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { adminToken, token } from '../api/support.ts';
import { furnish, testSecret } from '../support/shop.ts';

let runtime: Runtime;
let db: Db;

/** 600 fen of principal and 400 of bonus on the card of M1. */
beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, {});
  const document = JSON.stringify({
    v: 2,
    heads: [
      ['principal', 1, 600, 600],
      ['bonus', 1, 400, 400],
    ],
  });
  const posting = (account: string, fen: number) => ({
    sql: `INSERT INTO ledger (member_id, account, seq, delta, balance, credited, cause, at, overdraft, posted_at)
          VALUES ('m_1', ?1, 1, ?2, ?2, ?2, 'recharge:pos:C1', 0, 0, 0)`,
    params: [account, fen],
  });
  await db.batch([
    token(adminToken, ['admin', 'pos']),
    { sql: `INSERT INTO identities VALUES ('ext:pos:M1', 'm_1')`, params: [] },
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version, document) VALUES ('m_1', 0, 0, 0, 1, ?1)`,
      params: [document],
    },
    posting('principal', 600),
    posting('bonus', 400),
  ]);
});
afterAll(async () => runtime.stop());

async function spend(amountFen: number, spendNo: string) {
  const answer = await fetch(`${runtime.url}/api/v1/members/m_1/stored-value/spends`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ spendNo, store: '8005', amountFen, payableFen: 100_000 }),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

/** Whoever finds the shop too busy asks again, under the same number. */
async function spendAtLast(amountFen: number, spendNo: string) {
  for (let turns = 0; turns < 200; turns += 1) {
    const answer = await spend(amountFen, spendNo);
    if (answer.status < 500) return answer;
    // Not all at the same moment again.
    await new Promise((resolve) => {
      setTimeout(resolve, 5 + ((turns * 37 + Number(spendNo.slice(1)) * 13) % 97));
    });
  }
  throw new Error('nobody was served');
}

test('of 100 tills that spend 30 of 1,000 fen at once 33 do, the others read what there is, and 10 are left', async () => {
  const asked = await Promise.all(
    Array.from({ length: 100 }, (_, till) => spendAtLast(30, `S${String(till)}`)),
  );
  expect(asked.filter(({ status }) => status === 201 || status === 200)).toHaveLength(33);
  const refused = asked.filter(({ status }) => status >= 300);
  expect(refused.every(({ status, json }) => status === 409 && json['code'] === 'insufficient')).toBe(true);
  const [rows, moves] = await db.batch([
    { sql: `SELECT min(balance) AS least, sum(delta) AS sum FROM ledger`, params: [] },
    {
      sql: `SELECT count(*) AS n, sum(principal_fen) AS principal, sum(bonus_fen) AS bonus FROM stored_moves`,
      params: [],
    },
  ]);
  expect(rows?.rows[0]).toEqual({ least: 0, sum: 10 });
  // Principal is spent first, and all of it.
  expect(moves?.rows[0]).toEqual({ n: 33, principal: 600, bonus: 390 });
  // Told again under its number, nothing more is taken.
  const won = asked.findIndex(({ status }) => status < 300);
  expect((await spend(30, `S${String(won)}`)).status).toBeLessThan(300);
  const [after] = await db.batch([{ sql: `SELECT sum(delta) AS sum FROM ledger`, params: [] }]);
  expect(after?.rows[0]).toEqual({ sum: 10 });
}, 240_000);
