/** 测试者: turns the clock, breaks things, and asks the console's own questions of Huike. */
import { Hono } from 'hono';
import * as z from 'zod';
import { Change, resetSettings, setSettings } from '../control.ts';
import { FailNext, Slow, endFaults, setFault, setSlow } from '../state/faults.ts';
import { hereOf, type Here, type SandboxApp } from '../here.ts';
import { lineOf } from '../push/account.ts';
import { checkEcho } from '../push/echo.ts';
import { offsetTime } from '../plain/time.ts';
import { lineOf as wecomLineOf } from '../wecom/line.ts';
import { isPageSigned } from '../weixin/ticket.ts';
import { expireTokens } from '../weixin/tokens.ts';
import { Refused, act } from './act.ts';

const Cron = z.object({ at: z.iso.datetime({ offset: true }) });

const Control = Change.extend({
  failNext: FailNext.optional(),
  slow: Slow.optional(),
  /** Everything as WeChat itself does it, and no failure to come; before anything else that is asked. */
  reset: z.literal(true).optional(),
  /** Ends all access tokens now. */
  expireTokens: z.boolean().optional(),
});

export const tester = new Hono<SandboxApp>();

/** Runs Huike's scheduled handler as of that instant. */
tester.post(
  '/cron',
  act(Cron, async ({ env }, { at }) => {
    const scheduledTime = new Date(at);
    const { outcome } = await env.HUIKE.scheduled({ cron: '* * * * *', scheduledTime });
    return { ok: outcome === 'ok', outcome, at: offsetTime(scheduledTime.getTime()) };
  }),
);

tester.post('/control', async (context) => {
  const changed = await change(context);
  if (!changed.ok) return changed;
  return context.json({ ok: true, ...controlOf(await hereOf(context)) });
});

const change = act(Control, async ({ db }, { reset, failNext, slow, expireTokens: isOver, ...settings }) => {
  if (reset === true) await resetSettings(db);
  if (reset === true) await endFaults(db);
  await setSettings(db, settings);
  if (failNext !== undefined) await setFault(db, failNext);
  if (slow !== undefined) await setSlow(db, slow);
  if (isOver === true) await expireTokens(db);
  return {};
});

tester.get('/control', async (context) => context.json(controlOf(await hereOf(context))));

const controlOf = ({ settings, faults }: Here) => ({ ...settings, faults });

/** The check that the console makes when the callback's address is saved. */
tester.post(
  '/check-callback',
  act(z.object({ app: z.enum(['wechat', 'wecom']).default('wechat') }), async (here, { app }) =>
    checkEcho(here, app === 'wechat' ? lineOf(here) : wecomLine(here)),
  ),
);

function wecomLine(here: Here) {
  const line = wecomLineOf(here);
  if (line === null) throw new Refused(404, 'WeCom is not set up');
  return line;
}

const Page = z.object({
  nonceStr: z.string(),
  timestamp: z.union([z.string(), z.number().transform(String)]),
  url: z.url(),
  signature: z.string(),
});

/** Whether the phone would run the JS-SDK on a page that says this of itself. */
tester.post(
  '/check-jssdk',
  act(Page, async (here, page) => ({ ok: await isPageSigned(here, page) })),
);
