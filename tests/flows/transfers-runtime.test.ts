/** 提现 in the runtime it is deployed to: keys from the environment, real queue, real database, WeChat Pay played by the test. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import { MerchantSettings } from '../../schema/index.ts';
import { putSettings } from '../../workers/db/shop/settings.ts';
import { adminToken, token } from '../api/support.ts';
import { paySettings, playPay, type PayDouble } from '../support/pay.ts';
import { payout } from '../support/payout.ts';
import { testSecret } from '../support/shop.ts';
import { until } from '../support/until.ts';

/** The machine's own clock. */
const clock = {
  get now() {
    return Date.now();
  },
};

let runtime: Runtime;
let pay: PayDouble;
beforeAll(async () => {
  pay = playPay(clock);
  runtime = await startRuntime({
    vars: { ...paySettings, SEED: testSecret, WECHAT_APP_ID: 'wx1' },
    outbound: async (request) =>
      new URL(request.url).hostname === 'api.mch.weixin.qq.com'
        ? pay.http(request)
        : Response.json({ errcode: -1, errmsg: 'system error' }),
  });
  const db = d1(await runtime.db());
  await db.batch([
    token(adminToken, ['admin']),
    { sql: `INSERT INTO identities VALUES ('openid:open-1', 'm_1')`, params: [] },
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version, document)
            VALUES ('m_1', 0, 0, 0, 1, '{"v":1,"heads":[["wallet",1,5000,5000]]}')`,
      params: [],
    },
    {
      sql: `INSERT INTO ledger (member_id, account, seq, delta, balance, credited, cause, at, overdraft, posted_at)
            VALUES ('m_1', 'wallet', 1, 5000, 5000, 5000, 'test', 0, 0, 0)`,
      params: [],
    },
  ]);
  await putSettings(db, MerchantSettings.parse({ publicUrl: 'https://shop.example', payout }));
});
afterAll(async () => runtime.stop());

const headers = { authorization: `Bearer ${adminToken}` };

async function transfer(id: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${runtime.url}/api/v1/transfers/${id}`, { headers });
  return (await answer.json()) as Record<string, unknown>;
}

/** Until the queue has come round. */
const untilIs = (id: string, state: string): Promise<void> =>
  until(async () => (await transfer(id))['state'] === state);

test('20.00 yuan go from the wallet to WeChat: asked over HTTP, paid by the queue, ended by a notification', async () => {
  const asked = await fetch(`${runtime.url}/api/v1/members/m_1/withdrawals`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': 'k1' },
    body: '{"amountFen":2000}',
  });
  expect(asked.status).toBe(201);
  const { id } = (await asked.json()) as { id: string };
  await untilIs(id, 'waiting');
  expect([...pay.bills.keys()]).toEqual([id]);
  pay.confirm(id);
  const notice = pay.notice(id);
  const told = await fetch(`${runtime.url}/hooks/wechat-pay`, {
    method: 'POST',
    headers: notice.headers,
    body: await notice.text(),
  });
  expect(told.status).toBe(204);
  await untilIs(id, 'paid');
  expect(await transfer(id)).toMatchObject({ state: 'paid', amountFen: 2_000, attempts: 1, lastError: null });
  const forged = pay.notice(id, { body: (body) => body.replace('encrypt', 'encrypted') });
  const refused = await fetch(`${runtime.url}/hooks/wechat-pay`, {
    method: 'POST',
    headers: forged.headers,
    body: await forged.text(),
  });
  expect([refused.status, await refused.json()]).toEqual([
    401,
    { code: 'FAIL', message: 'signature: mismatch' },
  ]);
});
