/** 积分抽奖 in the runtime it is deployed to: many draw at the same moment, and no prize is given twice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { adminToken, token } from '../api/support.ts';
import { furnish, testSecret } from '../support/shop.ts';

const ids = Array.from({ length: 60 }, (_, place) => `m_${String(place)}`);
const document = JSON.stringify({ v: 2, heads: [['points', 1, 150, 150, []]] });
let runtime: Runtime;
let db: Db;
beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, {});
  await db.batch([
    token(adminToken, ['admin', 'pos'], { lastUsedAt: Date.now() }),
    ...ids.flatMap((id) => [
      {
        sql: `INSERT INTO members (id, orders, spent_fen, created_at, version, document) VALUES (?1, 0, 0, 0, 1, ?2)`,
        params: [id, document],
      },
      {
        sql: `INSERT INTO ledger (member_id, account, seq, delta, balance, credited, cause, at, overdraft, posted_at)
          VALUES (?1, 'points', 1, 150, 150, 150, 'sale:pos:1', 0, 0, 0)`,
        params: [id],
      },
    ]),
  ]);
});
afterAll(async () => runtime.stop());

async function call(path: string, body: object, key: string) {
  const answer = await fetch(`${runtime.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminToken}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

/** Whoever finds the shop too busy asks again with the same key. */
async function callAtLast(path: string, body: object, key: string) {
  for (let turns = 0; turns < 200; turns += 1) {
    const answer = await call(path, body, key);
    if (answer.status < 500 && answer.json['code'] !== 'in_progress') return answer;
    await new Promise((resolve) => {
      setTimeout(resolve, 5 + ((turns * 37) % 97));
    });
  }
  throw new Error('nobody was served');
}

test('K-57: of 60 who draw at once 2, 3 and 5 win, each sent twice is drawn once, and points are 100 for each draw', async () => {
  const thing = (name: string, quota: number) => ({ kind: 'thing', name, words: name, valueFen: 100, quota });
  const prizes = [thing('一等奖', 2), thing('二等奖', 3), thing('三等奖', 5)];
  const days = { firstOn: '2020-01-01', lastOn: '2099-12-31', collectFirstOn: '2020-01-01' };
  const lottery = { name: '抽奖', points: 100, ...days, prizes, blanks: 0 };
  const { json } = await call('/lotteries', lottery, 'lottery');
  const body = { lotteryId: json['id'] };
  const draw = (id: string) => callAtLast(`/members/${id}/draws`, body, `draw-${id}`);
  const answers = await Promise.all([...ids, ...ids].map(draw));
  const drawn = new Map(
    answers.flatMap((answer) =>
      answer.status === 201 ? [[answer.json['id'], answer.json['prize']]] : [],
    ) as [string, { name: string } | null][],
  );
  const won = Map.groupBy(drawn.values(), (prize) => prize?.name ?? '');
  expect(prizes.map(({ name }) => won.get(name)?.length)).toEqual([2, 3, 5]);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused.filter(({ json: said }) => said['code'] !== 'sold_out')).toEqual([]);
  const [spent] = await db.batch([
    { sql: `SELECT count(*) AS times, sum(delta) AS points FROM ledger WHERE delta < 0`, params: [] },
  ]);
  expect(spent?.rows).toEqual([{ times: drawn.size, points: -100 * drawn.size }]);
}, 120_000);
