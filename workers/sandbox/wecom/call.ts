/** 一次企业微信调用: the token, the trusted address and the body, checked before the endpoint is asked. */
import type { Context } from 'hono';
import type { Here, SandboxApp } from '../here.ts';
import { wordOf } from '../plain/random.ts';
import { done, refusal } from './errors.ts';

export type WecomCall = {
  readonly here: Here;
  readonly body: unknown;
  readonly query: (name: string) => string;
};

const lifeMs = 7_200_000;

/** The same token as long as it is good. */
export async function getToken(context: Context<SandboxApp>): Promise<Response> {
  const { env, req } = context;
  const { db, now } = context.get('here');
  if (!env.WECOM_CORP_ID || req.query('corpid') !== env.WECOM_CORP_ID) return refusal(40013);
  if (!env.WECOM_SECRET || req.query('corpsecret') !== env.WECOM_SECRET) return refusal(40001);
  const current = await db
    .prepare(`SELECT value, ends_at FROM tokens WHERE app = 'wecom' AND ends_at > ?`)
    .bind(now)
    .first<{ value: string; ends_at: number }>();
  const value = current?.value ?? wordOf(160);
  const endsAt = current?.ends_at ?? now + lifeMs;
  if (current === null) {
    await db.prepare(`INSERT INTO tokens VALUES (?, 'wecom', ?, ?, 0, 0)`).bind(value, now, endsAt).run();
  }
  return done({ access_token: value, expires_in: Math.floor((endsAt - now) / 1000) });
}

type Handle = (call: WecomCall) => Promise<Response>;

/** gettoken may be asked from anywhere; everything else only from a trusted address (60020). */
export function answering(method: 'GET' | 'POST', handle: Handle) {
  return async (context: Context<SandboxApp>): Promise<Response> => {
    const { req } = context;
    const here = context.get('here');
    if (req.method !== method) return refusal(method === 'GET' ? 43001 : 43002);
    const token = req.query('access_token') ?? '';
    if (token === '') return refusal(41001);
    const endsAt = await here.db
      .prepare(`SELECT ends_at FROM tokens WHERE app = 'wecom' AND value = ?`)
      .bind(token)
      .first<number>('ends_at');
    if (endsAt === null) return refusal(40014);
    if (endsAt <= here.now) return refusal(42001);
    if (!here.settings.ipAllowed) return refusal(60020);
    const body: unknown = method === 'POST' ? await req.json().catch(() => null) : null;
    return handle({ here, body, query: (name) => req.query(name) ?? '' });
  };
}
