/** 流水: what reached Huike and what came of it, as its public API tells; and a receipt as a command that sends it again. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { SandboxEnv } from '../env.ts';
import type { SandboxApp } from '../here.ts';
import { offsetTime } from '../plain/time.ts';
import { signed, type Receipt } from './till.ts';

const rowsMax = 40;

const Event = z.looseObject({
  id: z.string(),
  source: z.string(),
  senderId: z.string(),
  type: z.string(),
  state: z.string(),
  receivedAt: z.string(),
  effects: z.record(z.string(), z.unknown()).nullish(),
});
const Page = z.object({ items: z.array(Event) });

export const journal = new Hono<SandboxApp>();

const asked = (env: SandboxEnv, path: string): Promise<Response> =>
  env.HUIKE.fetch(
    new Request(new URL(`/api/v1${path}`, env.PUBLIC_URL), {
      headers: { authorization: `Bearer ${env.API_TOKEN}` },
    }),
  );

journal.get('/journal', async ({ env, json }) => {
  const answer = await asked(env, `/events?limit=${String(rowsMax)}`);
  const page = Page.safeParse(await answer.json().catch(() => null));
  return json({ items: page.success ? page.data.items : [], next: null });
});

/** `body` as it was sent, `why` in Chinese, and `curl`: for a receipt of this till one that runs, signed anew. */
journal.get('/journal/:id', async (context) => {
  const { env } = context;
  const answer = await asked(env, `/events/${encodeURIComponent(context.req.param('id'))}`);
  const told = Event.extend({
    body: z.string().nullish(),
    why: z.string().nullish(),
    curl: z.string().nullish(),
  }).safeParse(await answer.json().catch(() => null));
  if (!told.success) return context.json({ error: 'Huike knows no such event' }, 404);
  const { source, senderId, body = null, why = null, curl = null } = told.data;
  const sent = source === env.ERP_SOURCE ? await receiptOf(env, senderId) : null;
  return context.json({ body, why, curl: sent === null ? curl : await command(env, sent) });
});

type Kept = { readonly receipt: Receipt; readonly at: number };

async function receiptOf(env: SandboxEnv, number: string): Promise<Kept | null> {
  const row = await env.SANDBOX_DB.prepare(
    'SELECT number, type, order_no AS "orderNo", data, at FROM receipts WHERE number = ?',
  )
    .bind(number)
    .first<Omit<Receipt, 'data'> & { data: string; at: number }>();
  if (row === null) return null;
  const { at, data, ...rest } = row;
  // The till wrote it.
  return { at, receipt: { ...rest, data: JSON.parse(data) as object } };
}

/** Good for five minutes, as every signature is; to the letter what was sent, so nothing counts twice. */
async function command(env: SandboxEnv, { receipt, at }: Kept): Promise<string> {
  const { url, headers, body } = await signed(env, receipt, offsetTime(at));
  const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const lines = Object.entries(headers).map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`);
  return [`curl -X POST ${quoted(url)}`, ...lines, `  --data-raw ${quoted(body)}`].join(' \\\n');
}
