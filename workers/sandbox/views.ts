/** What can be read: the keys for integrators, delivered messages, receipts, and a member's wallet through Huike's API. */
import { Hono } from 'hono';
import type { SandboxApp, SandboxEnv } from './env.ts';
import { listMessages } from './messages.ts';
import { listPeople, personOf } from './people.ts';
import { offsetTime } from './time.ts';

const messagesMax = 200;
const receiptsMax = 30;

type ReceiptRow = { number: string; type: string; order_no: string; at: number; data: string };

export const views = new Hono<SandboxApp>();

views.get('/credentials', ({ env, json }) =>
  json({
    apiToken: env.API_TOKEN,
    erp: {
      source: env.ERP_SOURCE,
      url: new URL(`/hooks/erp/${env.ERP_SOURCE}`, env.PUBLIC_URL).href,
      secret: env.ERP_SECRET,
    },
    wechat: {
      appId: env.WECHAT_APP_ID,
      token: env.WECHAT_TOKEN,
      encodingAESKey: env.WECHAT_ENCODING_AES_KEY,
      originalId: env.WECHAT_ORIGINAL_ID,
    },
  }),
);

/** What the simulated WeChat has delivered, newest first; without an openid, to anybody. */
views.get('/messages', async ({ env, req, json }) => {
  const openid = req.query('openid') ?? null;
  const items = await listMessages(env.SANDBOX_DB, { openid, sender: 'account', limit: messagesMax });
  return json({ items, next: null });
});

views.get('/people', async ({ env, json }) => json({ items: await listPeople(env.SANDBOX_DB), next: null }));

views.get('/receipts', async ({ env, json }) => {
  const { results } = await env.SANDBOX_DB.prepare('SELECT * FROM receipts ORDER BY at DESC LIMIT ?')
    .bind(receiptsMax)
    .all<ReceiptRow>();
  const items = results.map(({ number, type, order_no: orderNo, at, data }) => {
    const parsed: unknown = JSON.parse(data);
    return { number, type, orderNo, at: offsetTime(at), data: parsed };
  });
  return json({ items, next: null });
});

/** What is on one phone's screen: the chat and, with `?wallet=1`, what Huike's public API says of its owner. */
views.get('/phone', async ({ env, req, json }) => {
  const openid = req.query('openid') ?? '';
  const person = await personOf(env.SANDBOX_DB, openid);
  const [chat, wallet] = await Promise.all([
    listMessages(env.SANDBOX_DB, { openid, sender: null, limit: messagesMax }),
    req.query('wallet') === '1' ? walletOf(env, person?.phone ?? null) : null,
  ]);
  return json({ person, chat, wallet });
});

async function walletOf(env: SandboxEnv, phone: string | null) {
  const found = phone === null ? null : await readApi(env, `/members?phone=${encodeURIComponent(phone)}`);
  const id = itemsOf(found).map(idOf)[0] ?? null;
  if (id === null) return { member: null, coupons: [], points: [], money: [] };
  const path = `/members/${encodeURIComponent(id)}`;
  const [member, coupons, points, money] = await Promise.all([
    readApi(env, path),
    readApi(env, `${path}/coupons`),
    readApi(env, `${path}/ledger?account=points`),
    readApi(env, `${path}/ledger?account=wallet`),
  ]);
  return { member, coupons: itemsOf(coupons), points: itemsOf(points), money: itemsOf(money) };
}

/** The token stays on this side; the page never sees it. Null is whatever was not answered with 200. */
async function readApi(env: SandboxEnv, path: string): Promise<unknown> {
  const request = new Request(new URL(`/api/v1${path}`, env.PUBLIC_URL), {
    headers: { authorization: `Bearer ${env.API_TOKEN}` },
  });
  const response = await env.HUIKE.fetch(request);
  const body: unknown = await response.json().catch(() => null);
  return response.ok ? body : null;
}

function itemsOf(list: unknown): readonly unknown[] {
  return isRecord(list) && Array.isArray(list['items']) ? list['items'] : [];
}

function idOf(item: unknown): string | null {
  return isRecord(item) && typeof item['id'] === 'string' ? item['id'] : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
