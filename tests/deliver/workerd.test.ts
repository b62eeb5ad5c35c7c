/** 发送, over D1 as it really is: what is counted in one statement there is counted as it is here. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import { noteReceipts } from '../../workers/db/outbox/arrivals.ts';
import { configCache } from '../../workers/db/world/config.ts';
import type { Db, Row } from '../../workers/db/db.ts';
import { statement } from '../../workers/db/db.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { deliveryOf, playWechat } from '../support/wechat.ts';

let runtime: Runtime;
let db: Db;
beforeAll(async () => {
  runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  db = d1(await runtime.db());
});
afterAll(() => runtime.stop());

const clock = { now: 1_795_330_800_000 };
const rows = async (sql: string): Promise<readonly Row[]> =>
  (await db.batch([statement(sql)]))[0]?.rows ?? [];

test('of 8 messages to somebody with 5 in one window and 1 in another, two drains at once send 6', async () => {
  await db.batch([
    statement(
      `INSERT INTO fan_windows VALUES ('oMa', 'said', 1795330900000, 5), ('oMa', 'clicked', 1795330850000, 1)`,
    ),
    ...Array.from({ length: 8 }, (_, index) =>
      statement(
        `INSERT INTO outbox (cause, kind, openid, payload, state, due_at, attempts, created_at)
         VALUES (?1, 'chat', 'oMa', '{"text":"您好"}', 'pending', 0, 0, 0)`,
        `c${String(index)}`,
      ),
    ),
  ]);
  let number = 0;
  const wechat = playWechat(({ path }) => {
    if (!path.endsWith('custom/send')) return undefined;
    number += 1;
    return { errcode: 0, errmsg: 'ok', msgid: number };
  });
  const delivery = deliveryOf({ engine: { db, config: configCache(db) } as never, clock }, wechat);
  const counts = await Promise.all([drain(delivery, 4, clock.now), drain(delivery, 4, clock.now)]);
  expect(counts).toEqual([4, 4]);
  expect(await rows(`SELECT act, messages_left AS "left" FROM fan_windows ORDER BY act`)).toEqual([
    { act: 'clicked', left: 0 },
    { act: 'said', left: 0 },
  ]);
  expect(await rows(`SELECT state, count(*) AS n FROM outbox GROUP BY state ORDER BY state`)).toEqual([
    { state: 'parked', n: 2 },
    { state: 'sent', n: 6 },
  ]);
});

test('a receipt finds its message, and what did not arrive is due again with its reason', async () => {
  const [sent] = await rows(`SELECT seq, receipt FROM outbox WHERE state = 'sent' ORDER BY seq LIMIT 1`);
  const receipt = String(sent?.['receipt']);
  await db.batch(noteReceipts([{ receipt, arrival: 'blocked', why: '微信回执：blocked' }], clock.now));
  expect(await rows(`SELECT state, attempts, passed_over FROM outbox WHERE receipt = '${receipt}'`)).toEqual([
    {
      state: 'pending',
      attempts: 0,
      passed_over: '[{"channel":"wechat-service","why":"微信回执：blocked","isTried":true}]',
    },
  ]);
});
