/** 收银台: rings up sales and returns as a till would, each a webhook signed per Standard Webhooks. */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { clockOf } from '../plain/clock.ts';
import type { SandboxEnv } from '../env.ts';
import type { SandboxApp } from '../here.ts';
import { offsetTime } from '../plain/time.ts';

/** The canonical `data`, of which only its number concerns the till; the rest is for Huike to judge. */
const Sale = z.looseObject({ orderNo: z.string().min(1) });
const Refund = z.looseObject({ refundNo: z.string().min(1), orderNo: z.string().nullish() });

/** 办会员: who she is, as the till has it. */
const Member = z.looseObject({ externalId: z.string().min(1) });

export type Receipt = {
  readonly type: 'sale.completed' | 'refund.completed' | 'member.created';
  readonly number: string;
  /** The sale it belongs to; none where a member was made. */
  readonly orderNo: string;
  readonly data: object;
};

export const till = new Hono<SandboxApp>();

till.post('/sale', async (context) => {
  const sale = Sale.safeParse(await context.req.json().catch(() => null));
  if (!sale.success) return context.json({ error: 'send the data of a sale, with its orderNo' }, 400);
  const { orderNo } = sale.data;
  return ring(context, { type: 'sale.completed', number: orderNo, orderNo, data: sale.data });
});

till.post('/refund', async (context) => {
  const refund = Refund.safeParse(await context.req.json().catch(() => null));
  if (!refund.success) return context.json({ error: 'send the data of a return, with its refundNo' }, 400);
  const { refundNo, orderNo } = refund.data;
  return ring(context, {
    type: 'refund.completed',
    number: refundNo,
    orderNo: orderNo ?? '',
    data: refund.data,
  });
});

till.post('/member', async (context) => {
  const member = Member.safeParse(await context.req.json().catch(() => null));
  if (!member.success) return context.json({ error: 'send the data of a member, with its externalId' }, 400);
  const number = `member-${member.data.externalId}`;
  return ring(context, { type: 'member.created', number, orderNo: '', data: member.data });
});

/** 试算: asked of Huike as it stands, with the key that a till would have. */
till.post('/quote', async ({ env, req }) => {
  const answer = await env.HUIKE.fetch(
    new Request(new URL('/api/v1/quotes', env.PUBLIC_URL), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${env.API_TOKEN}` },
      body: await req.text(),
    }),
  );
  return passedOn(answer);
});

const passedOn = (answer: Response): Response =>
  new Response(answer.body, {
    status: answer.status,
    headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
  });

/** `?occurredAt=` says when it happened; now, if nothing does. The answer is Huike's own. */
async function ring({ env, req }: Context<SandboxApp>, receipt: Receipt): Promise<Response> {
  const at = req.query('occurredAt') ?? offsetTime(clockOf(env));
  const { url, headers, body } = await signed(env, receipt, at);
  const answer = await env.HUIKE.fetch(new Request(url, { method: 'POST', headers, body }));
  if (answer.ok) await keep(env, receipt, at);
  return passedOn(answer);
}

/** A receipt as it goes over the line. */
export async function signed(
  env: SandboxEnv,
  { type, number, data }: Receipt,
  occurredAt: string,
): Promise<{ url: string; headers: Record<string, string>; body: string }> {
  const body = JSON.stringify({ type, id: number, occurredAt, test: false, data });
  return {
    url: new URL(`/hooks/erp/${env.ERP_SOURCE}`, env.PUBLIC_URL).href,
    headers: { 'content-type': 'application/json', ...(await signedHeaders(env, number, body)) },
    body,
  };
}

/** As it was sent first, so that it can be sent again to the letter. A till may say when in a way that is no time. */
async function keep(
  env: SandboxEnv,
  { type, number, orderNo, data }: Receipt,
  occurredAt: string,
): Promise<void> {
  const at = Date.parse(occurredAt);
  await env.SANDBOX_DB.prepare('INSERT OR IGNORE INTO receipts VALUES (?, ?, ?, ?, ?)')
    .bind(number, type, orderNo, Number.isNaN(at) ? clockOf(env) : at, JSON.stringify(data))
    .run();
}

async function signedHeaders(env: SandboxEnv, id: string, body: string): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(clockOf(env) / 1000));
  const raw = Uint8Array.from(atob(env.ERP_SECRET.replace(/^whsec_/, '')), (character) =>
    character.charCodeAt(0),
  );
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  const signature = btoa(String.fromCharCode(...new Uint8Array(mac)));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
