/** 模拟的 api.weixin.qq.com: the three calls Huike makes, with the refusals and limits of the real one. */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import type { SandboxApp } from '../env.ts';
import { injected, refusal } from './errors.ts';
import { readControl, takeFault } from './faults.ts';
import { sendCustom } from './send-custom.ts';
import { sendTemplate } from './send-template.ts';
import { checkToken, issueToken } from './tokens.ts';

const TokenRequest = z.object({
  grant_type: z.string(),
  appid: z.string(),
  secret: z.string(),
  force_refresh: z.boolean().default(false),
});

export const weixin = new Hono<SandboxApp>();

weixin.use(async ({ env, req }, next) => {
  const { latencyMs } = await readControl(env.SANDBOX_DB);
  if (latencyMs > 0) await scheduler.wait(latencyMs);
  if (req.method !== 'POST') return refusal(43002);
  const fault = await takeFault(env.SANDBOX_DB);
  if (fault === null) return next();
  if (fault.status > 0) return new Response('<html>502 Bad Gateway</html>', { status: fault.status });
  return injected(fault.errcode);
});

weixin.post('/cgi-bin/stable_token', async ({ env, req }) => {
  const parsed = TokenRequest.safeParse(await bodyOf(req.raw));
  if (!parsed.success) return refusal(47001);
  const { grant_type: grantType, appid, secret, force_refresh: isForced } = parsed.data;
  if (grantType !== 'client_credential') return refusal(40002);
  if (appid !== env.WECHAT_APP_ID) return refusal(40013);
  if (secret !== env.WECHAT_APP_SECRET) return refusal(40125);
  const issued = await issueToken(env.SANDBOX_DB, isForced);
  if (issued === 'too-often') return refusal(45009);
  return Response.json({ access_token: issued.token, expires_in: issued.expiresInSeconds });
});

weixin.post('/cgi-bin/message/template/send', (context) => withToken(context, sendTemplate));
weixin.post('/cgi-bin/message/custom/send', (context) => withToken(context, sendCustom));
weixin.notFound(() => refusal(40066));

async function withToken(
  { env, req }: Context<SandboxApp>,
  send: (db: D1Database, body: unknown) => Promise<Response>,
): Promise<Response> {
  const token = req.query('access_token') ?? '';
  if (token === '') return refusal(41001);
  const state = await checkToken(env.SANDBOX_DB, token);
  switch (state) {
    case 'unknown':
      return refusal(40001);
    case 'expired':
      return refusal(42001);
    case 'valid':
      return send(env.SANDBOX_DB, await bodyOf(req.raw));
    default:
      return state satisfies never;
  }
}

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return null;
  }
}
