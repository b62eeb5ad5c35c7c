/** What a person with a phone does (follow, say, unfollow), and what a tester does (turn the clock, break things). */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { callHuike } from './callback.ts';
import type { SandboxApp, SandboxEnv } from './env.ts';
import { deliver } from './messages.ts';
import { openWindow, personOf, setFollowing } from './people.ts';
import { offsetTime } from './time.ts';
import { Control, readControl, setControl } from './weixin/faults.ts';
import { expireTokens } from './weixin/tokens.ts';

const unavailable = '该公众号暂时无法提供服务，请稍后再试';

const Openid = z.string().min(1).max(64);
const Follow = z.object({
  openid: Openid,
  /** The parameter of the QR code that was scanned. */
  scene: z.string().min(1).max(64).optional(),
  name: z.string().max(40).optional(),
  phone: z.string().max(20).optional(),
});
const Say = z.object({
  openid: Openid,
  text: z.string().min(1).max(2000),
  /** The same message again, as WeChat does when it heard no answer. */
  times: z.int().min(1).max(3).default(1),
});
const Cron = z.object({ at: z.iso.datetime({ offset: true }) });

export const acts = new Hono<SandboxApp>();

/** A follower who scans again is not a new follower: WeChat then says SCAN, and the scene has no prefix. */
acts.post('/follow', async (context) => {
  const act = Follow.safeParse(await context.req.json().catch(() => null));
  if (!act.success) return badRequest(context, act.error);
  const { openid, scene, name, phone } = act.data;
  const { env } = context;
  const isFollowing = (await personOf(env.SANDBOX_DB, openid))?.following === 1;
  await setFollowing(env.SANDBOX_DB, { openid, name, phone, following: true });
  await openWindow(env.SANDBOX_DB, openid, 'moment');
  const ticket = scene === undefined ? {} : { Ticket: `gQ${scene}` };
  const event =
    isFollowing && scene !== undefined
      ? { Event: 'SCAN', EventKey: scene }
      : { Event: 'subscribe', EventKey: scene === undefined ? '' : `qrscene_${scene}` };
  const answer = await callHuike(env, openid, { MsgType: 'event', ...event, ...ticket });
  await deliverReply(env, openid, answer.reply);
  return context.json({ ok: answer.status === 200, ...answer });
});

acts.post('/unfollow', async (context) => {
  const act = z.object({ openid: Openid }).safeParse(await context.req.json().catch(() => null));
  if (!act.success) return badRequest(context, act.error);
  const { openid } = act.data;
  await setFollowing(context.env.SANDBOX_DB, { openid, following: false });
  const answer = await callHuike(context.env, openid, {
    MsgType: 'event',
    Event: 'unsubscribe',
    EventKey: '',
  });
  return context.json({ ok: answer.status === 200, ...answer });
});

/** Only a follower can write to the account, so whoever says something follows it. */
acts.post('/say', async (context) => {
  const act = Say.safeParse(await context.req.json().catch(() => null));
  if (!act.success) return badRequest(context, act.error);
  const { openid, text, times } = act.data;
  const { env } = context;
  await setFollowing(env.SANDBOX_DB, { openid, following: true });
  await openWindow(env.SANDBOX_DB, openid, 'message');
  const msgId = await deliver(env.SANDBOX_DB, {
    openid,
    sender: 'person',
    kind: 'text',
    text,
    data: { text },
  });
  const answer = await callHuike(env, openid, { MsgType: 'text', Content: text, MsgId: msgId }, times);
  await deliverReply(env, openid, answer.status === 200 ? answer.reply : unavailable);
  return context.json({ ok: answer.status === 200, ...answer });
});

/** Runs Huike's scheduled handler as of that instant. */
acts.post('/cron', async (context) => {
  const act = Cron.safeParse(await context.req.json().catch(() => null));
  if (!act.success) return badRequest(context, act.error);
  const scheduledTime = new Date(act.data.at);
  const { outcome } = await context.env.HUIKE.scheduled({ cron: '* * * * *', scheduledTime });
  return context.json({ ok: outcome === 'ok', outcome, at: offsetTime(scheduledTime.getTime()) });
});

acts.post('/control', async (context) => {
  const act = Control.safeParse(await context.req.json().catch(() => null));
  if (!act.success) return badRequest(context, act.error);
  await setControl(context.env.SANDBOX_DB, act.data);
  if (act.data.expireTokens === true) await expireTokens(context.env.SANDBOX_DB);
  return context.json({ ok: true, ...(await readControl(context.env.SANDBOX_DB)) });
});

async function deliverReply(env: SandboxEnv, openid: string, text: string | null): Promise<void> {
  if (text === null) return;
  await deliver(env.SANDBOX_DB, { openid, sender: 'account', kind: 'reply', text, data: { content: text } });
}

function badRequest(context: Context<SandboxApp>, error: z.ZodError): Response {
  const [issue] = error.issues;
  return context.json(
    { error: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not understood'}` },
    400,
  );
}
